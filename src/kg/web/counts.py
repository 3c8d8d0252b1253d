"""What requests are counted by (storey 4): numbers in memory that forked processes share.

Each process adds to numbers of its own, so that none waits for another, and whichever is asked
tells the sums of all. They outlast a process.
"""

from bisect import bisect_left
from mmap import mmap
from types import MappingProxyType

# first parts of paths that are told apart; all else is the data's own IRIs and their documents
KINDS = (
    "resource", "sparql", "validate", "queries", "reconcile", "search", "list", "graph-store",
    "version", "static", "health", "metrics",
)  # fmt: skip
PLACES = MappingProxyType({kind: place for place, kind in enumerate(KINDS)})

# statuses that are told apart, and 0 for whatever else there may be
STATUSES = (
    200, 204, 206, 302, 303, 304, 307, 308, 400, 403, 404, 405, 406, 408, 410, 412, 413, 415, 416,
    429, 431, 499, 500, 502, 503, 504, 0,
)  # fmt: skip
STATUS_PLACES = MappingProxyType({status: place for place, status in enumerate(STATUSES)})

# seconds up to which answers are counted
BOUNDS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0)

# numbers of one kind: of each status, up to each bound and beyond, all seconds, all bytes
TIMES = len(STATUSES)
SECONDS = TIMES + len(BOUNDS) + 1
BYTES = SECONDS + 1
NUMBERS = BYTES + 1
OF_A_PROCESS = NUMBERS * len(KINDS)

# processes that have numbers of their own; later ones go on with those of the first
SHARES = 64


class Counts:
    """The numbers of all processes, made before any of them is forked."""

    def __init__(self) -> None:
        self._numbers = memoryview(mmap(-1, SHARES * OF_A_PROCESS * 8)).cast("d")
        self._own = 0

    def belong_to(self, process: int) -> None:
        """Count for the process of that number from now on."""
        self._own = process % SHARES * OF_A_PROCESS

    def add(self, path: str, status: int, seconds: float, size: int) -> None:
        """Count one request by its path, and how it was answered."""
        numbers = self._numbers
        kind = PLACES.get(path[1:].partition("/")[0], 0)
        first = self._own + kind * NUMBERS
        numbers[first + STATUS_PLACES.get(status, TIMES - 1)] += 1
        numbers[first + TIMES + bisect_left(BOUNDS, seconds)] += 1
        numbers[first + SECONDS] += seconds
        numbers[first + BYTES] += size

    def of(self, kind: str) -> tuple[float, ...]:
        """Return the numbers of a kind, of all processes together."""
        first = PLACES[kind] * NUMBERS
        shares = range(first, SHARES * OF_A_PROCESS, OF_A_PROCESS)
        return tuple(
            sum(self._numbers[share + place] for share in shares) for place in range(NUMBERS)
        )
