"""The port between a SPARQL request and whatever answers it (storey 3)."""

import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from time import sleep
from typing import Protocol

from kg.rdf.formats import Format, ResultFormat


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """One query, the format its answer is wanted in, and what it may cost.

    `default_graphs` and `named_graphs` are the protocol's dataset, which overrides FROM and
    FROM NAMED in the query; both empty means the query's own. `seconds` is wall time, `bytes`
    the size of the answer, `rows` the number of its solutions or triples; `gone` says whether the
    client has left, and may be asked at any time.
    Source: https://www.w3.org/TR/sparql11-protocol/#dataset
    """

    query: str
    format: Format | ResultFormat
    seconds: float
    bytes: int
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    rows: int = sys.maxsize
    gone: Callable[[], bool] = field(default=lambda: False, compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer in the format that was asked for.

    A large `body` may be a file's: then it is in memory where it is read, and nowhere else.
    """

    body: bytes | memoryview
    media_type: str

    @property
    def whole(self) -> bytes:
        """The body, in memory."""
        return bytes(self.body)


@dataclass(frozen=True, slots=True)
class Until:
    """Go on when the file can be read, or these seconds are over; `file` is None for no file."""

    seconds: float
    file: int | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """Go on at once, but the next step takes a while: an event loop leaves it to a thread."""


Steps = Generator[Until | Aside, None, Answer]


class Store(Protocol):
    """Answers SPARQL queries over one snapshot; safe to call from any thread."""

    def answer(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query.

        Raises: QueryError when it is the query's fault, StoreUnavailable when it is the store's.
        """
        ...

    def steps(self, request: SparqlRequest) -> Steps:
        """Yield what is waited for on the way to the answer, and return it; see `answer`.

        So nobody has to hold a thread for it. Whoever closes the steps ends the query.
        """
        ...

    def close(self) -> None:
        """Give back processes, files and memory; the store answers nothing any more."""
        ...


def answer_of(steps: Steps) -> Answer:
    """Return the answer at the end of the steps, waiting in this thread."""
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            answer: Answer = end.value
            return answer
        if isinstance(step, Until):
            sleep(step.seconds) if step.file is None else wait([step.file], step.seconds)


def at_a_stretch(answer: Callable[[SparqlRequest], Answer], request: SparqlRequest) -> Steps:
    """Yield the one step of a store that waits by itself."""
    yield Aside()
    return answer(request)
