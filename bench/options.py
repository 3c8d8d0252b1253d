"""What a run is asked for, by all suites."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Rounds of each case and server at most, seconds and connections of load in each; sizes of
    data in triples for documents, and documents that are asked for in each size; sizes of data for
    queries and for validation, engines of kg; minutes of all suites together, and the monotonic
    second after which this suite begins no round.
    """

    rounds: int = 3
    seconds: int = 1
    connections: int = 8
    sizes: tuple[int, ...] = (10_000, 100_000)
    documents: int = 100
    query_sizes: tuple[int, ...] = (100_000,)
    validation_sizes: tuple[int, ...] = (10_000, 100_000)
    engines: tuple[str, ...] = ("auto",)
    minutes: float = 25
    ends: float = float("inf")


def rounds(options: Options) -> Iterator[int]:
    """Yield the numbers of rounds: the first, and more while they are likely to end in time."""
    begun = time.monotonic()
    for number in range(options.rounds):
        yield number
        now = time.monotonic()
        sys.stderr.write(f"  round {number + 1} of at most {options.rounds}: {now - begun:.0f} s\n")
        if now + (now - begun) / (number + 1) > options.ends:
            return
