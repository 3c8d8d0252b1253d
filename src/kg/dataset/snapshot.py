"""The snapshot (storey 2): the immutable RDF dataset that everything is answered from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from pyoxigraph import Quad, Triple

from kg.dataset.canonical import canonical_lines, snapshot_id
from kg.dataset.executables import described
from kg.dataset.indexing import (
    documents_in,
    index_by,
    joined,
    merged,
    merged_index,
    part_properties,
    shapes_by_class,
)
from kg.dataset.languages import in_order, languages_of
from kg.dataset.queries import StoredQuery
from kg.dataset.uses import Uses, closed, uses_of
from kg.rdf.namespaces import Prefixes
from kg.rdf.terms import Node, Term, graph_of, reading_order
from kg.source.loading import Source
from kg.source.report import Report

# the role of graphs that are computed from the others
DESCRIPTION = "description"

# the roles of graphs whose union is the default graph
UNION = ("data", "ontology")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An RDF dataset that never changes, indexed for dereferencing.

    `id` is the SHA-256 of the canonical N-Quads (RDFC-1.0), 64 hex digits; where `canonical` is
    false, of N-Quads with the blank nodes' labels from the files. `quads` are sorted and unique.
    `roles` says of each graph whether it is "data", "ontology", "shapes", "queries" or
    "description"; the default graph is the union of the first two, the others are reached by
    graph name only. A description is computed from the rest: it is added by `with_quads`, and
    the id is not of it. `triples` is the size of the union. `parts` are the properties whose
    values belong to the description of their subject; `documents` are the IRIs that carry
    fragments, such as an ontology with hash IRIs, each with the subjects that are its own.
    `shapes_of` are the node shapes that target a class, by its IRI: a class has few shapes among
    any number of instances. `languages` are those of labels and texts, the reader's first.
    `uses` says what classes and properties are used for.
    `root` is the path before those of its documents, "" where it is the present state; `named` is
    by what links to other pages name it, "" where it is no published version.
    """

    id: str
    canonical: bool
    base: str
    quads: Sequence[Quad]
    roles: Mapping[str, str]
    triples: int
    prefixes: Prefixes
    parts: frozenset[str]
    documents: Mapping[str, tuple[str, ...]]
    queries: tuple[StoredQuery, ...]
    report: Report
    files: int
    by_subject: Mapping[str, Sequence[Quad]]
    by_object: Mapping[str, Sequence[Quad]]
    by_graph: Mapping[str, Sequence[Quad]]
    shapes_of: Mapping[str, tuple[Node, ...]]
    languages: tuple[str, ...]
    uses: Uses
    root: str = ""
    named: str = ""

    def describes(self, iri: str) -> bool:
        """Whether the IRI is the subject of a triple, or the name of a graph."""
        return f"<{iri}>" in self.by_subject or f"<{iri}>" in self.by_graph

    def about(self, term: Node) -> Sequence[Quad]:
        """Return the quads whose subject the term is, sorted."""
        return self.by_subject.get(str(term), ())

    def objects(self, term: Node, predicate: str) -> tuple[Term, ...]:
        """Return the objects of the subject's triples with this predicate IRI, each once."""
        found = (q.object for q in self.about(term) if q.predicate.value == predicate)
        return tuple(dict.fromkeys(found))

    def in_union(self, quad: Quad) -> bool:
        """Whether the quad's triple is in the default graph."""
        return self.roles.get(graph_of(quad)) in UNION

    def union(self) -> Iterator[Triple]:
        """Yield the triples of the default graph, each once, in reading order."""
        # in that order the same triple in two graphs stands side by side
        inside = (quad.triple for quad in self.quads if self.in_union(quad))
        return (triple for triple, _ in groupby(inside))

    def in_role(self, role: str) -> Iterator[Quad]:
        """Yield the quads of the graphs in that role, without a look at the others."""
        own = (graph for graph, found in self.roles.items() if found == role)
        names = (name for graph in own for name in (f"<{graph}>", f"_:{graph}"))
        return chain.from_iterable(self.by_graph.get(name, ()) for name in names)


def build(source: Source, report: Report, queries: Sequence[StoredQuery] = ()) -> Snapshot:
    """Return the snapshot of a source that was validated."""
    asked = described(queries, source.base)
    quads = {*source.quads("data", "ontology", "shapes"), *asked}
    snapshot = of_quads(quads, _roles(source, asked), source.base, source.prefixes)
    return replace(snapshot, queries=tuple(queries), report=report, files=len(source.files))


def of_quads(
    quads: Iterable[Quad], roles: Mapping[str, str], base: str, prefixes: Prefixes
) -> Snapshot:
    """Return the snapshot of quads whose graphs have these roles, without queries and report."""
    quads = tuple(sorted(set(quads), key=reading_order))

    def in_union(quad: Quad) -> bool:
        return roles[graph_of(quad)] in UNION

    inside = {quad.triple for quad in quads if in_union(quad)}
    lines, canonical = canonical_lines(quads)
    shapes = (quad for quad in quads if roles[graph_of(quad)] == "shapes")
    by_subject = index_by(quads, "subject")
    return Snapshot(
        id=snapshot_id(lines),
        canonical=canonical,
        base=base,
        quads=quads,
        roles=roles,
        triples=len(inside),
        prefixes=prefixes,
        parts=part_properties(shapes),
        documents=documents_in(quads, base),
        queries=(),
        report=Report((), 0),
        files=0,
        by_subject=by_subject,
        by_object=index_by(quads, "object"),
        by_graph=index_by(quads, "graph_name"),
        shapes_of=shapes_by_class(quads),
        languages=in_order((), languages_of(quads)),
        uses=uses_of(by_subject.values(), in_union),
    )


def with_quads(
    snapshot: Snapshot, quads: Iterable[Quad], role: str, parts: Iterable[str] = ()
) -> Snapshot:
    """Return the snapshot with more quads, whose graphs are in that role, and more parts.

    For what is computed from the snapshot: its id and the number of its triples stay. Graphs
    that the snapshot has already keep their role. Its cost is that of the quads that are added.
    """
    new = {quad for quad in quads if quad not in snapshot.about(quad.subject)}
    more = sorted(new, key=reading_order)
    return replace(
        snapshot,
        quads=merged(snapshot.quads, more),
        parts=snapshot.parts.union(parts),
        roles={**{graph_of(quad): role for quad in more}, **snapshot.roles},
        documents=joined(snapshot.documents, documents_in(more, snapshot.base)),
        by_subject=merged_index(snapshot.by_subject, index_by(more, "subject")),
        by_object=merged_index(snapshot.by_object, index_by(more, "object")),
        by_graph=merged_index(snapshot.by_graph, index_by(more, "graph_name")),
    )


def _roles(source: Source, asked: Iterable[Quad]) -> dict[str, str]:
    """Return the role of each graph; what is shapes in one file is not data by another."""
    roles = {graph_of(quad): "queries" for quad in asked}
    for role in ("shapes", "data", "ontology"):
        for quad in source.quads(role):
            roles.setdefault(graph_of(quad), role)
    return roles


def instances(snapshot: Snapshot, class_: str) -> Sequence[str]:
    """Return the IRIs of the class's instances in the default graph, sorted.

    Instances of its subclasses count as well.
    """
    return snapshot.uses.members.get(class_, ())


def subclasses(snapshot: Snapshot, class_: str) -> frozenset[str]:
    """Return the class and everything that is declared a subclass of it, at any depth."""
    return closed(snapshot.uses.below, class_)
