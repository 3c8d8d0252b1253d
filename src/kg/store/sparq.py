"""The second engine (storey 3): sparq, memory-mapped, beside pyoxigraph in the same process.

It is optional and new. It holds the default graph only: it maps twelve files for each named
graph, so that a folder of some thousand files could not be opened. It cannot be interrupted, and
large products end its process, so that it runs in workers only.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse_query_results, serialize

from kg.errors import ProjectError, ResultTooLarge, StoreUnavailable
from kg.rdf.formats import CSV, JSON, ResultFormat
from kg.store.base import Answer, SparqlRequest
from kg.store.embedded import EmbeddedStore, refuse, used
from kg.store.routing import PYOXIGRAPH, SPARQ, engine_for, within_sparq
from kg.store.rows import require_rows
from kg.store.writing import csv_of_json, written

if TYPE_CHECKING:
    import sparq

    from kg.dataset.snapshot import Snapshot

AUTO = "auto"
ENGINES = (AUTO, PYOXIGRAPH, SPARQ)

# what the package is called where it is installed from
PACKAGE = "sparq-rdf"


@dataclass(frozen=True, slots=True)
class TwoEngines:
    """A pyoxigraph store and the same default graph in sparq.

    `always` sends to sparq whatever it can answer, and else each query to the engine that is
    right and fast for it.
    """

    reference: EmbeddedStore
    graph: "sparq.Graph"
    always: bool = False

    def answer(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query; see `Store.answer`."""
        refuse(request.query)
        return self.evaluated(request)

    def evaluated(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query that was not refused."""
        if not self._takes(request):
            return self.reference.evaluated(request)
        try:
            found = self.graph.query_json(self._prologue(request.query) + request.query)
        except (ValueError, RuntimeError):
            # a fault that the reference tells better, or a function that it alone has
            return self.reference.evaluated(request)
        return _written(found.encode(), request)

    def close(self) -> None:
        """Do nothing: the engines go with their last references."""

    def _prologue(self, query: str) -> str:
        """Return the base and the prefixes that the query may leave out, declared."""
        declared = used(self.reference.prefixes, query).items()
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in declared)
        return f"BASE <{self.reference.base}>\n{prefixes}"

    def _takes(self, request: SparqlRequest) -> bool:
        own = not request.default_graphs and not request.named_graphs
        if not own or not isinstance(request.format, ResultFormat):
            return False
        if self.always:
            return within_sparq(request.query)
        return engine_for(request.query) == SPARQ


def chosen_engine(name: str) -> str:
    """Return the engine of the setting `store.engine`; "auto" is pyoxigraph where sparq is not.

    Raises: ProjectError when there is no such engine, or it is not installed.
    """
    if name not in ENGINES:
        raise ProjectError(f"store.engine: {name!r} is not known. Use {', '.join(ENGINES)}.")
    if name == PYOXIGRAPH or find_spec("sparq"):
        return name
    if name == AUTO:
        return PYOXIGRAPH
    raise ProjectError(
        f"store.engine: sparq is not installed. Run `pip install {PACKAGE}`, or use auto."
    )


def write_for_sparq(snapshot: "Snapshot", store: Path, engine: str) -> None:
    """Write the default graph beside the store on disk, for `open_engines`.

    Does nothing for pyoxigraph alone, nor where "auto" finds that sparq cannot read the data.
    Raises: StoreUnavailable where sparq was chosen and cannot.
    """
    if engine == PYOXIGRAPH:
        return
    from sparq import Graph

    lines = store.with_suffix(".nt")
    try:
        serialize(snapshot.union(), lines, RdfFormat.N_TRIPLES)
        Graph.load(lines, "ntriples").save(_beside(store))
    except (ValueError, RuntimeError) as error:
        if engine == SPARQ:
            raise StoreUnavailable(f"sparq cannot read the data: {error}") from error
    finally:
        lines.unlink(missing_ok=True)


def open_engines(reference: EmbeddedStore, store: Path, engine: str) -> EmbeddedStore | TwoEngines:
    """Return the reference, with sparq beside it where `write_for_sparq` has written for it."""
    if not _beside(store).exists():
        return reference
    from sparq import Graph

    return TwoEngines(reference, Graph.open(_beside(store)), always=engine == SPARQ)


def _beside(store: Path) -> Path:
    return store.with_suffix(".sparq")


def _written(found: bytes, request: SparqlRequest) -> Answer:
    """Return the answer that sparq gave in JSON, in the format that is wanted."""
    if request.format is CSV and b'"bindings"' in found:
        body = csv_of_json(found, request)
        return Answer(body, request.format.media_type)
    if request.format is not JSON:
        results = parse_query_results(found, JSON.engine)
        return Answer(written(results, request, {}), request.format.media_type)
    if len(found) > request.bytes:
        raise ResultTooLarge(request.bytes)
    require_rows(found, JSON, request.rows)
    return Answer(found, request.format.media_type)
