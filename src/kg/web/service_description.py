"""What the endpoint says of itself (storey 4): computed from the format table and the snapshot.

Source: https://www.w3.org/TR/sparql11-service-description/
"""

from pyoxigraph import Literal, NamedNode, Triple, serialize

from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import FORMATS, RESULT_FORMATS, W3C, Format, statements
from kg.rdf.namespaces import RDF, SD, VOID, XSD
from kg.views.representation import Representation, representation


def service_description(snapshot: Snapshot, endpoint: str, format_: Format) -> Representation:
    """Return the description of the endpoint at that URL."""
    service = NamedNode(endpoint)
    dataset = NamedNode(f"{endpoint}#dataset")
    default = NamedNode(f"{endpoint}#default-graph")
    triples = [
        Triple(service, NamedNode(f"{RDF}type"), NamedNode(f"{SD}Service")),
        Triple(service, NamedNode(f"{SD}endpoint"), service),
        Triple(service, NamedNode(f"{SD}supportedLanguage"), NamedNode(f"{SD}SPARQL11Query")),
        Triple(service, NamedNode(f"{SD}defaultDataset"), dataset),
        Triple(dataset, NamedNode(f"{RDF}type"), NamedNode(f"{SD}Dataset")),
        Triple(dataset, NamedNode(f"{SD}defaultGraph"), default),
        Triple(default, NamedNode(f"{RDF}type"), NamedNode(f"{SD}Graph")),
        Triple(default, NamedNode(f"{VOID}triples"), _integer(snapshot.triples)),
        *(
            Triple(service, NamedNode(f"{SD}resultFormat"), NamedNode(result.iri))
            for result in (*FORMATS, *RESULT_FORMATS)
        ),
    ]
    prefixes = {"sd": SD, "void": VOID, "formats": W3C}
    body = serialize(statements(triples, format_), format=format_.engine, prefixes=prefixes)
    assert body is not None
    return representation(body, format_.media_type)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(f"{XSD}integer"))
