"""What the SPARQL endpoint is (storey 2): its formats and graphs, from the table and the snapshot.

Source: https://www.w3.org/TR/sparql11-service-description/
"""

from collections.abc import Iterator, Mapping

from pyoxigraph import Triple

from kg.dataset.frame import fragment
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import FORMATS, RESULT_FORMATS
from kg.rdf.namespaces import RDF, SD, VOID
from kg.rdf.terms import about, integer


def service(snapshot: Snapshot, endpoint: str, graphs: Mapping[str, int]) -> Iterator[Triple]:
    """Yield the description of the endpoint at that URL; `graphs` has the size of each by its IRI.

    No feature is claimed: the default graph is the union of data and ontology, which is not
    what `sd:UnionDefaultGraph` means, and the endpoint calls nobody.
    """
    dataset = f"{endpoint}#dataset"
    default = f"{endpoint}#default-graph"
    yield from about(
        endpoint,
        (f"{RDF}type", f"{SD}Service"),
        (f"{SD}endpoint", endpoint),
        (f"{SD}supportedLanguage", f"{SD}SPARQL11Query"),
        *((f"{SD}resultFormat", result.iri) for result in (*FORMATS, *RESULT_FORMATS)),
        (f"{SD}defaultDataset", dataset),
    )
    yield from about(dataset, (f"{RDF}type", f"{SD}Dataset"), (f"{SD}defaultGraph", default))
    yield from _graph(default, snapshot.triples)
    for name, triples in graphs.items():
        key = _key(snapshot, name)
        named, graph = (fragment(endpoint, kind, key) for kind in ("named", "graph"))
        yield from about(dataset, (f"{SD}namedGraph", named))
        yield from about(
            named, (f"{RDF}type", f"{SD}NamedGraph"), (f"{SD}name", name), (f"{SD}graph", graph)
        )
        yield from _graph(graph, triples)


def graph_sizes(snapshot: Snapshot) -> dict[str, int]:
    """Return the number of triples in each graph that has an IRI, sorted by the IRI."""
    iris = (name for name in snapshot.by_graph if name.startswith("<"))
    return {name[1:-1]: len(snapshot.by_graph[name]) for name in sorted(iris)}


def _graph(iri: str, triples: int) -> Iterator[Triple]:
    return about(iri, (f"{RDF}type", f"{SD}Graph"), (f"{VOID}triples", integer(triples)))


def _key(snapshot: Snapshot, name: str) -> str:
    """Return the path of a graph that is named after a file; any other by its IRI, in brackets."""
    local = name.removeprefix(f"{snapshot.base}graph/")
    return f"<{name}>" if ":" in local else local
