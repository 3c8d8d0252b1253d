"""Indexes over quads (storey 2): what a snapshot looks things up by, made once and merged.

Knows no snapshot: these are functions from quads to mappings.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.namespaces import DASH, SH
from kg.rdf.terms import Node, reading_order, text_of


def index_by(quads: Iterable[Quad], part: str) -> dict[str, tuple[Quad, ...]]:
    """Return the quads by that part of theirs, as N-Triples writes it; literals have no place."""
    index: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        term = getattr(quad, part)
        if not isinstance(term, Literal):
            index[str(term)].append(quad)
    return {term: tuple(found) for term, found in index.items()}


def documents_in(quads: Iterable[Quad], base: str) -> dict[str, tuple[str, ...]]:
    """Return the subjects with a fragment under the base, by the IRI of their document."""
    iris = dict.fromkeys(q.subject.value for q in quads if isinstance(q.subject, NamedNode))
    documents: dict[str, list[str]] = defaultdict(list)
    for iri in iris:
        if "#" in iri and iri.startswith(base):
            documents[iri.partition("#")[0]].append(iri)
    return {document: tuple(found) for document, found in documents.items()}


def shapes_by_class(quads: Iterable[Quad]) -> dict[str, tuple[Node, ...]]:
    """Return the node shapes that target a class, by its IRI."""
    found: dict[str, list[Node]] = defaultdict(list)
    for quad in quads:
        if quad.predicate.value == f"{SH}targetClass":
            found[text_of(quad.object)].append(quad.subject)
    return {class_: tuple(dict.fromkeys(shapes)) for class_, shapes in found.items()}


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


def joined(
    documents: Mapping[str, tuple[str, ...]], more: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the members of the documents of both; a document may have some in each."""
    joined = {name: dict.fromkeys((*documents.get(name, ()), *more[name])) for name in more}
    return {**documents, **{name: tuple(members) for name, members in joined.items()}}


def merged(quads: Sequence[Quad], more: Sequence[Quad]) -> tuple[Quad, ...]:
    """Return both in reading order; the places of the few are looked up among the many."""
    merged: list[Quad] = []
    start = 0
    for quad in more:
        place = bisect(quads, reading_order(quad), lo=start, key=reading_order)
        merged.extend(quads[start:place])
        merged.append(quad)
        start = place
    return (*merged, *quads[start:])


def merged_index(
    index: Mapping[str, Sequence[Quad]], more: Mapping[str, Sequence[Quad]]
) -> dict[str, Sequence[Quad]]:
    """Return the index with more quads; only the rows that they are in are made anew."""
    changed = {term: merged(index.get(term, ()), found) for term, found in more.items()}
    return {**index, **changed}
