"""Work that blocks, a few pieces at a time (storey 4).

Queries and validations have threads of their own, so that however many wait, the threads that
answer for IRIs and pages are free. Clients take turns, whatever each of them sends; what takes
long makes room, so that short work goes on beside it; and clients whose work took long leave one
place to the others for a while.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

from kg.errors import StoreUnavailable, TooManyRequests
from kg.store.base import Answer, Aside, Steps, Until

Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")

# requests that may wait for each one that is served
WAITING = 32

# clients that are remembered for work that took long
REMEMBERED = 10_000

# seconds after which work counts as long: so long may short work wait behind it
LONG = 0.2

# seconds for which a client whose work took long leaves one place to others
SLOW = 60.0


@dataclass(slots=True)
class Waiting:
    """One request that waits: `turn` is set when it may go on, or has to leave, `refused`."""

    turn: asyncio.Event = field(default_factory=asyncio.Event)
    refused: bool = False


@dataclass(slots=True)
class Work:
    """What runs, and whether it has run for long."""

    is_long: bool = False


class Turns:
    """Lets `at_once` calls run, and as many long ones beside them; for one event loop.

    Those that wait stand in a row for each client, and the rows take turns. The last place is for
    clients whose work has been short for a while.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._short = self._long = 0
        # whose turn is next stands first
        self._rows: dict[str, deque[Waiting]] = {}
        # clients whose work took long, and until when that counts: who is free first stands first
        self._slow: dict[str, float] = {}
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
        async with self._turn(client):
            call = partial(function, *args, **kwargs)
            return await to_thread.run_sync(call, limiter=self._threads)

    async def answer(self, client: str, steps: Steps) -> Answer:
        """Return the answer at the end of a store's steps, taken when the client's turn has come.

        They take a thread only where they say so. Raises what `run` raises.
        """
        async with self._turn(client):
            return await at_end(steps, self._threads)

    @asynccontextmanager
    async def _turn(self, client: str) -> AsyncIterator[None]:
        await self._enter(client)
        work = Work()

        def grow() -> None:
            work.is_long = True
            self._remember(client)
            self._count(short=-1, long=1)

        timer = asyncio.get_running_loop().call_later(LONG, grow)
        try:
            yield
        finally:
            timer.cancel()
            if work.is_long:
                self._remember(client)
            self._count(long=-1) if work.is_long else self._count(short=-1)

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
        while (client := self._next()) is not None:
            row = self._rows.pop(client)
            row.popleft().turn.set()
            self._short += 1
            if row:
                self._rows[client] = row

    def _next(self) -> str | None:
        """Return whose turn it is, None where there is no room for any of those who wait."""
        if self._short + max(0, self._long - self._at_once) >= self._at_once:
            return None
        if self._short + self._long < 2 * self._at_once - 1:
            return next(iter(self._rows), None)
        now = monotonic()
        return next((one for one in self._rows if self._slow.get(one, now) <= now), None)

    def _remember(self, client: str) -> None:
        """Take note that a client's work takes long, and forget who did so long ago."""
        self._slow.pop(client, None)
        now = monotonic()
        self._slow[client] = now + SLOW
        for one in tuple(self._slow):
            if self._slow[one] > now and len(self._slow) <= REMEMBERED:
                return
            del self._slow[one]


def turns(at_once: int) -> Turns:
    """Return turns for that many calls at once."""
    return Turns(at_once)


async def at_end(steps: Steps, threads: CapacityLimiter | None = None) -> Answer:
    """Return the answer at the end of a store's steps, at once; `threads` are for those aside."""
    with closing(steps):
        taken = _next(steps)
        while not isinstance(taken, Answer):
            if isinstance(taken, Until):
                await _until(taken)
                taken = _next(steps)
            else:
                taken = await to_thread.run_sync(_next, steps, limiter=threads)
        return taken


def _next(steps: Steps) -> Until | Aside | Answer:
    """Return the next step, or the answer: a StopIteration cannot cross from thread to thread."""
    try:
        return next(steps)
    except StopIteration as end:
        answer: Answer = end.value
        return answer


async def _until(step: Until) -> None:
    """Return when the step may go on."""
    if step.file is None:
        await asyncio.sleep(step.seconds)
        return
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    timer = loop.call_later(step.seconds, ready.set)
    loop.add_reader(step.file, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(step.file)
        timer.cancel()
