"""Work that blocks, a few pieces at a time (storey 4).

Queries and validations have threads of their own, so that however many wait, the threads that
answer for IRIs and pages are free. Clients take turns, whatever each of them sends; and what
takes long makes room, so that short work goes on beside it.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

from kg.errors import StoreUnavailable, TooManyRequests

Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")

# requests that may wait for each one that is served
WAITING = 32

# seconds after which work counts as long
LONG = 1.0


@dataclass(slots=True)
class Waiting:
    """One request that waits: `turn` is set when it may go on, or has to leave, `refused`."""

    turn: asyncio.Event = field(default_factory=asyncio.Event)
    refused: bool = False


class Turns:
    """Lets `at_once` calls run, and as many long ones beside them; for one event loop.

    Those that wait stand in a row for each client, and the rows take turns.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._short = self._long = 0
        # whose turn is next stands first
        self._rows: dict[str, deque[Waiting]] = {}
        self._threads = CapacityLimiter(2 * at_once)

    async def run(
        self,
        client: str,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        """Return the function's result, computed in a thread when the client's turn has come.

        Raises: StoreUnavailable when too many wait already, TooManyRequests when this client is
        the one who has most that wait.
        """
        await self._enter(client)
        is_long = False
        try:
            call = to_thread.run_sync(lambda: function(*args, **kwargs), limiter=self._threads)
            task = asyncio.ensure_future(call)
            done, _ = await asyncio.wait({task}, timeout=LONG)
            if not done:
                is_long = True
                self._count(short=-1, long=1)
            return await task
        finally:
            self._count(long=-1) if is_long else self._count(short=-1)

    async def _enter(self, client: str) -> None:
        if sum(map(len, self._rows.values())) >= WAITING * self._at_once:
            self._make_room(client)
        waiting = Waiting()
        self._rows.setdefault(client, deque()).append(waiting)
        self._count()
        await waiting.turn.wait()
        if waiting.refused:
            raise TooManyRequests("You have too many requests waiting. Send fewer at a time.")

    def _make_room(self, client: str) -> None:
        """Send away the last of the longest row, where that is fairer than to refuse the client."""
        longest = max(self._rows, key=lambda name: len(self._rows[name]))
        if len(self._rows[longest]) <= len(self._rows.get(client, ())) + 1:
            raise StoreUnavailable("Too many requests are waiting. Try again in a moment.")
        last = self._rows[longest].pop()
        last.refused = True
        last.turn.set()

    def _count(self, short: int = 0, long: int = 0) -> None:
        """Take note of what began, grew long or ended, and let in those for whom there is room."""
        self._short += short
        self._long += long
        while self._rows and self._short + max(0, self._long - self._at_once) < self._at_once:
            client = next(iter(self._rows))
            row = self._rows.pop(client)
            row.popleft().turn.set()
            self._short += 1
            if row:
                self._rows[client] = row


def turns(at_once: int) -> Turns:
    """Return turns for that many calls at once."""
    return Turns(at_once)
