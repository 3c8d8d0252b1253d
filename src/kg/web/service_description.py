"""What the endpoint says of itself (storey 4), about the URL under which it was asked.

Source: https://www.w3.org/TR/sparql11-service-description/
"""

from pyoxigraph import serialize

from kg.dataset.service import graph_sizes, service
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import W3C, Format, statements
from kg.rdf.namespaces import SD, VOID
from kg.views.representation import Representation, representation


def service_description(snapshot: Snapshot, endpoint: str, format_: Format) -> Representation:
    """Return the description of the endpoint at that URL."""
    triples = service(snapshot, endpoint, graph_sizes(snapshot))
    prefixes = {"sd": SD, "void": VOID, "formats": W3C}
    body = serialize(statements(triples, format_), format=format_.engine, prefixes=prefixes)
    assert body is not None
    return representation(body, format_.media_type)
