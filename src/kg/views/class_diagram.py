"""The diagram of a vocabulary (storey 3): its classes, what is above them, and what relates them.

What relates classes is said by domains and ranges, by shapes, and where neither says anything by
the data themselves.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.dataset.description import types
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import OWL, RDF, RDFS, XSD
from kg.rdf.terms import Node, Term
from kg.views.language import say
from kg.views.pages import Value
from kg.views.pictures.graph import Relation, graph_of
from kg.views.pictures.picture import Entry, Picture
from kg.views.rules import items_of, rules_of
from kg.views.values import value_of

SCHEMA = ("http://schema.org/", "https://schema.org/")
DOMAINS = (f"{RDFS}domain", *(f"{one}domainIncludes" for one in SCHEMA))
RANGES = (f"{RDFS}range", *(f"{one}rangeIncludes" for one in SCHEMA))
# subjects of the data that are looked at, and relations that are taken from them
READ, TAKEN = 2_000, 60
# what stands before a class of another vocabulary, in the box of one below it
ABOVE = "\N{SUBSET OF}"

# a class, a property or "" for what is above, another class
Link = tuple[str, str, str]


def class_diagram(
    snapshot: Snapshot,
    classes: Sequence[str],
    properties: Sequence[str],
    anchors: Mapping[str, str],
) -> Picture | None:
    """Return the diagram of declared classes, or of those that the data use; None without any.

    `classes` and `properties` are IRIs; `anchors` are the ids of terms that stand on the page, by
    their IRIs: boxes lead to them.
    """
    above = list(_above(snapshot, classes))
    declared = list(dict.fromkeys((*_said(snapshot, properties), *_asked(snapshot, classes))))
    links = [*above, *declared] if declared else [*above, *_of_data(snapshot)]
    # classes of others, of which nothing more is known, stand in the boxes of those below them
    known = {*classes, *(end for one, name, other in links if name for end in (one, other))}
    outer = [link for link in links if link[2] not in known]
    relations = [_relation(snapshot, link, anchors) for link in links if link[2] in known]
    entries = tuple(_entry(_relation(snapshot, link, anchors)) for link in links)
    if not entries:
        return None
    notes = [
        (one.source, f"{ABOVE} {one.target.text}")
        for one in (_relation(snapshot, link, anchors) for link in outer)
    ]
    title = say(snapshot, "Classes and what relates them")
    language = snapshot.languages[0]
    return replace(graph_of(relations, "kg-diagram", title, language, notes=notes), entries=entries)


def _entry(one: Relation) -> Entry:
    return Entry(one.source, tuple(filter(None, (one.name, one.target))))


def _above(snapshot: Snapshot, classes: Iterable[str]) -> Iterator[Link]:
    for class_ in classes:
        for other in snapshot.objects(NamedNode(class_), f"{RDFS}subClassOf"):
            if isinstance(other, NamedNode) and other.value not in (class_, f"{OWL}Thing"):
                yield class_, "", other.value


def _said(snapshot: Snapshot, properties: Iterable[str]) -> Iterator[Link]:
    """Yield what domains and ranges say."""
    for property_ in properties:
        node = NamedNode(property_)
        for domain in _classes(snapshot, node, DOMAINS):
            for range_ in _classes(snapshot, node, RANGES):
                yield domain, property_, range_


def _classes(snapshot: Snapshot, node: Node, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for term in snapshot.objects(node, name):
            yield from (one for one in _members(snapshot, term) if _is_class(snapshot, one))


def _members(snapshot: Snapshot, term: Term) -> Iterator[str]:
    """Yield the class, or the classes of which one is the union."""
    if isinstance(term, NamedNode):
        yield term.value
    elif isinstance(term, BlankNode):
        for head in snapshot.objects(term, f"{OWL}unionOf"):
            yield from (one.value for one in items_of(snapshot, head) if isinstance(one, NamedNode))


def _is_class(snapshot: Snapshot, iri: str) -> bool:
    """Tell whether an IRI may be a class of things: datatypes and literals are none."""
    kinds = types(snapshot, NamedNode(iri))
    literal = iri.startswith(XSD) or iri in (f"{RDFS}Literal", f"{RDF}langString")
    return not literal and f"{RDFS}Datatype" not in kinds


def _asked(snapshot: Snapshot, classes: Iterable[str]) -> Iterator[Link]:
    """Yield what shapes ask the values of properties to be."""
    known = set(classes)
    for class_ in classes:
        for rule in rules_of(snapshot, class_):
            for kind in rule.kinds:
                if kind.iri in known and rule.name.iri:
                    yield class_, rule.name.iri, kind.iri


def _of_data(snapshot: Snapshot) -> list[Link]:
    """Return which classes the data relate by which properties, the most used first."""
    counts: Counter[Link] = Counter()
    for quads, weight in _looked_at(snapshot):
        sources = types(snapshot, quads[0].subject)
        for quad in quads:
            if isinstance(quad.object, Literal) or quad.predicate.value == f"{RDF}type":
                continue
            if sources and snapshot.in_union(quad) and isinstance(quad.object, NamedNode):
                for target in types(snapshot, quad.object):
                    for source in sources:
                        counts[source, quad.predicate.value, target] += weight
    ranked = sorted(counts, key=lambda link: (-counts[link], link))
    return sorted(ranked[:TAKEN])


def _looked_at(snapshot: Snapshot) -> Iterator[tuple[Sequence[Quad], int]]:
    """Yield the quads of each subject and 1, or where these are many, those of some instances of
    each class, from all over the data, and how many instances each stands for.
    """
    if len(snapshot.by_subject) <= READ:
        yield from ((quads, 1) for quads in snapshot.by_subject.values())
        return
    classes = snapshot.uses.members
    for members in classes.values():
        step = ceil(len(members) * len(classes) / READ)
        yield from ((snapshot.about(NamedNode(iri)), step) for iri in members[::step])


def _relation(snapshot: Snapshot, link: Link, anchors: Mapping[str, str]) -> Relation:
    source, name, target = link
    ends = (_class(snapshot, source, anchors), _class(snapshot, target, anchors))
    if not name:
        return Relation(*ends, None, "sub")
    return Relation(*ends, _class(snapshot, name, anchors))


def _class(snapshot: Snapshot, iri: str, anchors: Mapping[str, str]) -> Value:
    value = value_of(snapshot, NamedNode(iri))
    return replace(value, href=f"#{anchors[iri]}") if iri in anchors else value
