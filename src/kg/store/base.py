"""The port between a SPARQL request and whatever answers it (storey 3)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from kg.rdf.formats import Format, ResultFormat


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """One query, the format its answer is wanted in, and what it may cost.

    `default_graphs` and `named_graphs` are the protocol's dataset, which overrides FROM and
    FROM NAMED in the query; both empty means the query's own. `seconds` is wall time, `bytes`
    the size of the answer; `gone` says whether the client has left, and may be asked at any time.
    Source: https://www.w3.org/TR/sparql11-protocol/#dataset
    """

    query: str
    format: Format | ResultFormat
    seconds: float
    bytes: int
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    gone: Callable[[], bool] = field(default=lambda: False, compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer in the format that was asked for; nothing lazy is in it."""

    body: bytes
    media_type: str


class Store(Protocol):
    """Answers SPARQL queries over one snapshot; safe to call from any thread."""

    def answer(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query.

        Raises: QueryError when it is the query's fault, StoreUnavailable when it is the store's.
        """
        ...

    def close(self) -> None:
        """Give back processes, files and memory; the store answers nothing any more."""
        ...
