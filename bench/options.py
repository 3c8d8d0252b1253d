"""What a run is asked for, by all suites."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Rounds of each case and server, seconds and connections of load in each; sizes of data in
    triples for documents, and documents that are asked for in each size; sizes of data for queries.
    """

    rounds: int = 5
    seconds: int = 3
    connections: int = 8
    sizes: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    documents: int = 200
    query_sizes: tuple[int, ...] = (10_000, 100_000)
