"""What the parts of a computed description share (storey 2): who is described, and names for parts.

A part of the description, such as one distribution or the count of one class, is named with a
fragment of the graph that holds it: nobody asks for such a part alone, and its document is the
graph, which answers for itself.
"""

import hashlib
import re
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.dataset.snapshot import DESCRIPTION, Snapshot, instances
from kg.rdf.namespaces import DCAT, VOID
from kg.rdf.terms import graph_of

# what a fragment can hold as it is
PLAIN = re.compile(r"[A-Za-z0-9._~:/-]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """A snapshot that is being described: its data set, and the graph for the description."""

    snapshot: Snapshot
    dataset: str
    graph: str

    @property
    def base(self) -> str:
        """The base IRI of the data set."""
        return self.snapshot.base

    def part(self, kind: str, key: str) -> str:
        """Return the IRI of a part of the description."""
        return fragment(self.graph, kind, key)

    def named(self, kind: str, iri: str) -> str:
        """Return the IRI of the part that is about an IRI, readable where a prefix shortens it."""
        return self.part(kind, self.snapshot.prefixes.shrink(iri) or f"<{iri}>")


def frame(snapshot: Snapshot) -> Frame:
    """Return what a description of the snapshot starts from, or was started from.

    Its graph is `{base}graph/description`, the data set without an IRI `{base}dataset`; where
    the data has these names for something else, others are taken.
    """
    graph = description_graph(snapshot) or f"{snapshot.base}graph/description"
    while snapshot.roles.get(graph, DESCRIPTION) != DESCRIPTION or _taken(snapshot, graph):
        graph = f"{graph}-computed"
    described = data_set(snapshot)
    default = f"{snapshot.base}dataset"
    if _taken(snapshot, default):
        default = f"{graph}#dataset"
    return Frame(snapshot, described.value if described else default, graph)


def _taken(snapshot: Snapshot, iri: str) -> bool:
    """Whether anything but a computed description is about the IRI."""
    about = snapshot.about(NamedNode(iri))
    return any(snapshot.roles[graph_of(quad)] != DESCRIPTION for quad in about)


def data_set(snapshot: Snapshot) -> NamedNode | None:
    """Return the IRI of the data set that the snapshot's data describes, or None."""
    for class_ in (f"{VOID}Dataset", f"{DCAT}Dataset"):
        found = instances(snapshot, class_)
        if found:
            return NamedNode(found[0])
    return None


def described_data_set(snapshot: Snapshot) -> str:
    """Return the IRI of the data set where the snapshot says anything about it, else ""."""
    dataset = frame(snapshot).dataset
    return dataset if snapshot.describes(dataset) else ""


def description_graph(snapshot: Snapshot) -> str | None:
    """Return the IRI of the graph that holds the computed description, or None without one."""
    return next((name for name, role in snapshot.roles.items() if role == DESCRIPTION), None)


def fragment(document: str, kind: str, key: str) -> str:
    """Return the IRI of a part of a document; a key that no fragment can hold gives its digest.

    >>> fragment("http://example.org/doc", "class", "ex:City")
    'http://example.org/doc#class-ex:City'
    """
    plain = key if PLAIN.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{document}#{kind}-{plain}"
