"""The description of a resource (storey 2): the triples that answer for its IRI.

It is the symmetric concise bounded description, and the parts: the values of the properties
that the shapes mark as whole and part, so that a record comes whole.
Source: https://www.w3.org/submissions/CBD/
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.dataset.snapshot import Snapshot
from kg.errors import NotFound
from kg.rdf.namespaces import (
    DC,
    DCTERMS,
    FOAF,
    RDF,
    RDFS,
    SCHEMA,
    SCHEMAS,
    SH,
    SKOS,
    SKOSXL,
)
from kg.rdf.terms import Node

LABELS = (
    f"{SKOS}prefLabel",
    f"{RDFS}label",
    f"{DCTERMS}title",
    f"{DC}title",
    f"{SCHEMA}name",
    f"{SCHEMAS}name",
    f"{FOAF}name",
    f"{SKOSXL}literalForm",
    f"{SH}name",
)


@dataclass(frozen=True, slots=True)
class Description:
    """What the snapshot says about a resource.

    `quads` are about the resource and its parts, each subject's together, the resource first;
    `incoming` are those that point at it from elsewhere. No quad is in both.
    """

    iri: str
    quads: tuple[Quad, ...]
    incoming: tuple[Quad, ...]


def describe(snapshot: Snapshot, iri: str) -> Description:
    """Return the description of the resource that the IRI names.

    The description of a document with hash IRIs is that of all of them; the description of a
    named graph holds the graph.
    Raises: NotFound when the snapshot describes no such IRI.
    """
    quads = tuple(dict.fromkeys(_outgoing(snapshot, iri)))
    if not quads:
        raise NotFound(iri)
    inside = {quad.subject for quad in quads}
    pointing = snapshot.by_object.get(f"<{iri}>", ())
    incoming = tuple(quad for quad in pointing if quad.subject not in inside)
    return Description(iri, quads, incoming)


def _outgoing(snapshot: Snapshot, iri: str) -> Iterator[Quad]:
    roots: list[Node] = [NamedNode(iri)]
    if iri in snapshot.documents:
        roots.extend(NamedNode(subject) for subject in snapshot.documents[iri])
    yield from _whole(snapshot, roots)
    yield from snapshot.by_graph.get(f"<{iri}>", ())


def _whole(snapshot: Snapshot, roots: Sequence[Node]) -> Iterator[Quad]:
    """Yield the quads of the roots, each followed by its parts and blank nodes, depth first."""
    waiting = list(reversed(roots))
    seen: set[Node] = set()
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        quads = snapshot.about(subject)
        yield from quads
        waiting.extend(reversed(list(parts(snapshot, quads))))


def parts(snapshot: Snapshot, quads: Iterable[Quad]) -> Iterator[Node]:
    """Yield the objects that belong to the descriptions of the quads' subjects."""
    for quad in quads:
        whole = BlankNode | NamedNode if quad.predicate.value in snapshot.parts else BlankNode
        if isinstance(quad.object, whole):
            yield quad.object


def types(snapshot: Snapshot, term: Node) -> tuple[str, ...]:
    """Return the IRIs of the classes that the term is declared an instance of."""
    found = snapshot.objects(term, f"{RDF}type")
    return tuple(class_.value for class_ in found if isinstance(class_, NamedNode))


def label(snapshot: Snapshot, term: Node, languages: Sequence[str] = ("en",)) -> Literal | None:
    """Return the term's label in the first of the languages that has one, or any, or None.

    A label without a language comes after the wanted ones; in one language `LABELS` decides.
    """
    found = [
        (_rank(value, languages), place, value.value, value)
        for place, predicate in enumerate(LABELS)
        for value in snapshot.objects(term, predicate)
        if isinstance(value, Literal)
    ]
    return min(found, key=lambda one: one[:3])[3] if found else None


def _rank(literal: Literal, languages: Sequence[str]) -> int:
    language = (literal.language or "").lower()
    wanted = [*(tag.lower() for tag in languages), ""]
    matching = [
        i for i, tag in enumerate(wanted) if language == tag or language.startswith(f"{tag}-")
    ]
    return matching[0] if matching else len(wanted)


def readable(snapshot: Snapshot, iri: str) -> str:
    """Return what to call the IRI where it has no label.

    That is its prefixed name, else its last part where it is one of ours, else the whole IRI.
    """
    last = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    return snapshot.prefixes.shrink(iri) or (last if iri.startswith(snapshot.base) else "") or iri
