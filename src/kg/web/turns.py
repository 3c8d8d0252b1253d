"""Work that blocks, a few pieces at a time (storey 4).

Queries and validations have threads of their own, so that however many wait, the threads that
answer for IRIs and pages are free.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

from kg.errors import StoreUnavailable

Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")

# requests that may wait for each one that is served
WAITING = 16


@dataclass(frozen=True, slots=True)
class Turns:
    """Lets a fixed number of calls run at once, and a bounded number wait."""

    limiter: CapacityLimiter

    async def run(
        self,
        function: Callable[Parameters, Result],
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Result:
        """Return the function's result, computed in a thread when its turn has come.

        Raises: StoreUnavailable when too many wait already.
        """
        state = self.limiter.statistics()
        if state.tasks_waiting >= WAITING * self.limiter.total_tokens:
            raise StoreUnavailable("Too many requests are waiting. Try again in a moment.")
        return await to_thread.run_sync(lambda: function(*args, **kwargs), limiter=self.limiter)


def turns(at_once: int) -> Turns:
    """Return turns for that many calls at once."""
    return Turns(CapacityLimiter(at_once))
