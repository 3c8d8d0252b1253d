"""The embedded store (storey 3): pyoxigraph in this process, without deadlines.

For `kg query`, for tests, and inside the worker processes. The engine cannot be interrupted
and deeply nested input ends its process, so that a server uses `kg.store.worker`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from kg.errors import QueryError, QueryRefused, StoreUnavailable, UpdateRefused
from kg.rdf.formats import N_QUADS
from kg.rdf.sparql_service import uses_service
from kg.rdf.sparql_text import query_form
from kg.store.base import Answer, SparqlRequest, Steps, at_a_stretch
from kg.store.syntax import ROOM, syntax_error
from kg.store.writing import written

if TYPE_CHECKING:
    # a worker has no snapshot, and all that it imports would make its start longer
    from kg.dataset.snapshot import Snapshot

# quads that each worker holds in memory: to read so many takes it a quarter of a second
SMALL = 50_000


@dataclass(frozen=True, slots=True)
class EmbeddedStore:
    """A pyoxigraph store and what queries on it may leave out: prefixes and the base IRI."""

    engine: Store
    prefixes: dict[str, str]
    base: str

    def answer(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query; see `Store.answer`."""
        refuse(request.query)
        return self.evaluated(request)

    def evaluated(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query that was not refused."""
        results = self._results(request)
        return Answer(written(results, request, self.prefixes), request.format.media_type)

    def steps(self, request: SparqlRequest) -> Steps:
        """Yield the one step that an answer takes; see `Store.steps`."""
        return at_a_stretch(self.answer, request)

    def close(self) -> None:
        """Do nothing: the engine goes with its last reference."""

    def _results(self, request: SparqlRequest) -> QuerySolutions | QueryBoolean | QueryTriples:
        default_graph, named_graphs = _dataset(request)
        try:
            return self.engine.query(
                request.query + ROOM,
                base_iri=self.base,
                prefixes=used(self.prefixes, request.query),
                default_graph=default_graph,
                named_graphs=named_graphs,
            )
        except SyntaxError as error:
            raise syntax_error(str(error), request.query, self.prefixes) from error
        except OSError as error:
            raise StoreUnavailable(f"The store cannot be read: {error}") from error
        except (ValueError, RuntimeError) as error:
            raise QueryError(f"The query cannot be evaluated: {error}") from error


def used(prefixes: Mapping[str, str], query: str) -> dict[str, str]:
    """Return the prefixes that may be used in a query: to declare one takes the engine a while."""
    return {name: iri for name, iri in prefixes.items() if f"{name}:" in query}


def open_in_memory(snapshot: "Snapshot") -> EmbeddedStore:
    """Return a store that holds the snapshot in memory."""
    engine = Store()
    engine.bulk_extend(stored_quads(snapshot))
    return EmbeddedStore(engine, dict(snapshot.prefixes.pairs), snapshot.base)


def write_to_disk(snapshot: "Snapshot", directory: Path) -> None:
    """Write the snapshot where `open_on_disk` finds it; the directory must be empty."""
    engine = Store(str(directory))
    engine.bulk_extend(stored_quads(snapshot))
    engine.optimize()
    engine.flush()
    if len(engine) <= SMALL:
        engine.dump(str(_small(directory)), N_QUADS.engine)


def open_on_disk(directory: Path, prefixes: dict[str, str], base: str) -> EmbeddedStore:
    """Return a store that reads what was written to the directory, and never writes there.

    Little data is read into memory, where a look-up takes less than half the time.
    """
    if not _small(directory).exists():
        return EmbeddedStore(Store.read_only(str(directory)), prefixes, base)
    engine = Store()
    engine.bulk_load(path=str(_small(directory)))
    return EmbeddedStore(engine, prefixes, base)


def _small(directory: Path) -> Path:
    """Return where the same data is written once more if it is little."""
    return directory.with_suffix(f".{N_QUADS.extension}")


def stored_quads(snapshot: "Snapshot") -> Iterator[Quad]:
    """Yield the snapshot's quads, then the union of data and ontology as the default graph."""
    yield from snapshot.quads
    for quad in snapshot.quads:
        if snapshot.in_union(quad):
            yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def refuse(query: str, *, federation: bool = False) -> None:
    """Raise unless the text is a query that this endpoint evaluates; SERVICE only where allowed.

    Raises: UpdateRefused for an update, QueryRefused for a call to another endpoint.
    """
    if query_form(query) == "UPDATE":
        raise UpdateRefused(
            "This endpoint answers queries. Its data changes by files, not by SPARQL Update."
        )
    if not federation and uses_service(query):
        raise QueryRefused(
            "SERVICE is refused: nothing is fetched because a query names it. "
            "Send the parts to each endpoint and join the answers yourself."
        )


def _dataset(request: SparqlRequest) -> tuple[list[Any] | None, list[Any] | None]:
    """Return the default and named graphs of the protocol's dataset, or None for the query's."""
    if not request.default_graphs and not request.named_graphs:
        return None, None
    try:
        default = [NamedNode(iri) for iri in request.default_graphs]
        return default, [NamedNode(iri) for iri in request.named_graphs]
    except ValueError as error:
        raise QueryError(f"A graph is named by an absolute IRI: {error}") from error
