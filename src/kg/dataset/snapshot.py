"""The snapshot (storey 2): the immutable RDF dataset that everything is answered from."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.dataset.canonical import canonical_lines, snapshot_id
from kg.dataset.executables import described
from kg.dataset.languages import in_order, languages_of
from kg.dataset.queries import StoredQuery
from kg.rdf.namespaces import DASH, RDF, RDFS, SH, Prefixes
from kg.rdf.terms import Node, Term, graph_of, reading_order, text_of
from kg.source.loading import Source
from kg.source.report import Report

# the role of graphs that are computed from the others
DESCRIPTION = "description"


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
    """

    id: str
    canonical: bool
    base: str
    quads: tuple[Quad, ...]
    roles: Mapping[str, str]
    triples: int
    prefixes: Prefixes
    parts: frozenset[str]
    documents: Mapping[str, tuple[str, ...]]
    queries: tuple[StoredQuery, ...]
    report: Report
    files: int
    by_subject: Mapping[str, tuple[Quad, ...]]
    by_object: Mapping[str, tuple[Quad, ...]]
    by_graph: Mapping[str, tuple[Quad, ...]]
    shapes_of: Mapping[str, tuple[Node, ...]]
    languages: tuple[str, ...]

    def describes(self, iri: str) -> bool:
        """Whether the IRI is the subject of a triple, or the name of a graph."""
        return f"<{iri}>" in self.by_subject or f"<{iri}>" in self.by_graph

    def about(self, term: Node) -> tuple[Quad, ...]:
        """Return the quads whose subject the term is, sorted."""
        return self.by_subject.get(str(term), ())

    def objects(self, term: Node, predicate: str) -> tuple[Term, ...]:
        """Return the objects of the subject's triples with this predicate IRI, each once."""
        found = (q.object for q in self.about(term) if q.predicate.value == predicate)
        return tuple(dict.fromkeys(found))

    def in_union(self, quad: Quad) -> bool:
        """Whether the quad's triple is in the default graph."""
        return self.roles.get(graph_of(quad)) in ("data", "ontology")

    def union(self) -> Iterator[Triple]:
        """Yield the triples of the default graph, each once, in reading order."""
        # in that order the same triple in two graphs stands side by side
        inside = (quad.triple for quad in self.quads if self.in_union(quad))
        return (triple for triple, _ in groupby(inside))

    def in_role(self, role: str) -> Iterator[Quad]:
        """Yield the quads of the graphs in that role."""
        return (quad for quad in self.quads if self.roles.get(graph_of(quad)) == role)


def build(source: Source, report: Report, queries: Sequence[StoredQuery] = ()) -> Snapshot:
    """Return the snapshot of a source that was validated."""
    asked = described(queries, source.base)
    quads = sorted({*source.quads("data", "ontology", "shapes"), *asked}, key=reading_order)
    roles = _roles(source, asked)
    inside = {quad.triple for quad in quads if roles[graph_of(quad)] in ("data", "ontology")}
    lines, canonical = canonical_lines(quads)
    return Snapshot(
        id=snapshot_id(lines),
        canonical=canonical,
        base=source.base,
        quads=tuple(quads),
        roles=roles,
        triples=len(inside),
        prefixes=source.prefixes,
        parts=part_properties(source.quads("shapes")),
        documents=_documents(quads, source.base),
        queries=tuple(queries),
        report=report,
        files=len(source.files),
        by_subject=_index(quads, "subject"),
        by_object=_index(quads, "object"),
        by_graph=_index(quads, "graph_name"),
        shapes_of=_shapes_of(quads),
        languages=in_order((), languages_of(quads)),
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
        quads=_merged(snapshot.quads, more),
        parts=snapshot.parts.union(parts),
        roles={**{graph_of(quad): role for quad in more}, **snapshot.roles},
        documents=_joined(snapshot.documents, _documents(more, snapshot.base)),
        by_subject=_merged_index(snapshot.by_subject, _index(more, "subject")),
        by_object=_merged_index(snapshot.by_object, _index(more, "object")),
        by_graph=_merged_index(snapshot.by_graph, _index(more, "graph_name")),
    )


def _joined(
    documents: Mapping[str, tuple[str, ...]], more: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the members of the documents of both; a document may have some in each."""
    joined = {name: dict.fromkeys((*documents.get(name, ()), *more[name])) for name in more}
    return {**documents, **{name: tuple(members) for name, members in joined.items()}}


def _merged(quads: Sequence[Quad], more: Sequence[Quad]) -> tuple[Quad, ...]:
    """Return both in reading order; the places of the few are looked up among the many."""
    merged: list[Quad] = []
    start = 0
    for quad in more:
        place = bisect(quads, reading_order(quad), lo=start, key=reading_order)
        merged.extend(quads[start:place])
        merged.append(quad)
        start = place
    return (*merged, *quads[start:])


def _merged_index(
    index: Mapping[str, tuple[Quad, ...]], more: Mapping[str, tuple[Quad, ...]]
) -> dict[str, tuple[Quad, ...]]:
    changed = {term: _merged(index.get(term, ()), found) for term, found in more.items()}
    return {**index, **changed}


def _shapes_of(quads: Iterable[Quad]) -> dict[str, tuple[Node, ...]]:
    found: dict[str, list[Node]] = defaultdict(list)
    for quad in quads:
        if quad.predicate.value == f"{SH}targetClass":
            found[text_of(quad.object)].append(quad.subject)
    return {class_: tuple(dict.fromkeys(shapes)) for class_, shapes in found.items()}


def _roles(source: Source, asked: Iterable[Quad]) -> dict[str, str]:
    """Return the role of each graph; what is shapes in one file is not data by another."""
    roles = {graph_of(quad): "queries" for quad in asked}
    for role in ("shapes", "data", "ontology"):
        for quad in source.quads(role):
            roles.setdefault(graph_of(quad), role)
    return roles


def part_properties(shapes: Iterable[Quad]) -> frozenset[str]:
    """Return the paths of the property shapes that say `dash:composite true`.

    Their values are parts of the focus node, so that its description holds theirs.
    Source: https://datashapes.org/dash#composite
    """
    quads = tuple(shapes)
    composite = {
        q.subject
        for q in quads
        if q.predicate.value == f"{DASH}composite" and text_of(q.object) == "true"
    }
    return frozenset(
        q.object.value
        for q in quads
        if q.subject in composite
        and q.predicate.value == f"{SH}path"
        and isinstance(q.object, NamedNode)
    )


def instances(snapshot: Snapshot, class_: str) -> tuple[str, ...]:
    """Return the IRIs of the class's instances in the default graph, sorted.

    Instances of its subclasses count as well.
    """
    classes = subclasses(snapshot, class_)
    found = {
        q.subject.value
        for name in classes
        for q in snapshot.by_object.get(f"<{name}>", ())
        if q.predicate.value == f"{RDF}type"
        and snapshot.in_union(q)
        and isinstance(q.subject, NamedNode)
    }
    return tuple(sorted(found))


def subclasses(snapshot: Snapshot, class_: str) -> frozenset[str]:
    """Return the class and everything that is declared a subclass of it, at any depth."""
    found = {class_}
    waiting = [class_]
    while waiting:
        name = waiting.pop()
        for quad in snapshot.by_object.get(f"<{name}>", ()):
            below = text_of(quad.subject)
            if quad.predicate.value == f"{RDFS}subClassOf" and below not in found:
                found.add(below)
                waiting.append(below)
    return frozenset(found)


def _documents(quads: Iterable[Quad], base: str) -> dict[str, tuple[str, ...]]:
    """Return the subjects with a fragment under the base, by the IRI of their document."""
    iris = dict.fromkeys(q.subject.value for q in quads if isinstance(q.subject, NamedNode))
    documents: dict[str, list[str]] = defaultdict(list)
    for iri in iris:
        if "#" in iri and iri.startswith(base):
            documents[iri.partition("#")[0]].append(iri)
    return {document: tuple(found) for document, found in documents.items()}


def _index(quads: Iterable[Quad], part: str) -> dict[str, tuple[Quad, ...]]:
    index: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        term = getattr(quad, part)
        if not isinstance(term, Literal):
            index[str(term)].append(quad)
    return {term: tuple(found) for term, found in index.items()}
