"""The computed description of the data set (storey 2): VoID, DCAT and the service, in one graph.

Nothing in it is written by hand: what people say of the data set is copied from the data, the
rest is counted. It is no part of what it describes: not in the default graph, the dumps, the id.
"""

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad, Triple

from kg.dataset.counting import count
from kg.dataset.dcat import dcat
from kg.dataset.dumps import Dump
from kg.dataset.frame import frame
from kg.dataset.service import graph_sizes, service
from kg.dataset.snapshot import DESCRIPTION, Snapshot, with_quads
from kg.dataset.void import void
from kg.rdf.namespaces import DCAT, SPDX

# who asks for the data set wants to know where its files are, and whether they came whole
PARTS = (f"{DCAT}distribution", f"{SPDX}checksum")


def catalogue(
    snapshot: Snapshot, dumps: Sequence[Dump], versions: Iterable[Triple] = ()
) -> tuple[Quad, ...]:
    """Return the description of a snapshot, its dumps and its `versions`, in one named graph."""
    place = frame(snapshot)
    said = {*void(place, count(snapshot), dumps), *dcat(place, dumps), *versions}
    endpoint = f"{snapshot.base}sparql"
    # the graph counts itself: its size does not depend on the number that says it
    sizes = {**graph_sizes(snapshot), place.graph: 0}
    sizes[place.graph] = len({*said, *service(snapshot, endpoint, sizes)})
    said.update(service(snapshot, endpoint, sizes))
    graph = NamedNode(place.graph)
    return tuple(Quad(t.subject, t.predicate, t.object, graph) for t in said)


def with_description(
    snapshot: Snapshot, dumps: Sequence[Dump] = (), versions: Iterable[Triple] = ()
) -> Snapshot:
    """Return the snapshot with its computed description, in the role "description".

    `versions` is what is said of those that were published before.
    """
    return with_quads(snapshot, catalogue(snapshot, dumps, versions), DESCRIPTION, PARTS)
