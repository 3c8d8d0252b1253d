"""Group what a snapshot says (storey 3): what is shown on a page, not how it looks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.dataset.addresses import links_path
from kg.dataset.description import Description, label, rank, types
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import RDF
from kg.rdf.terms import Node, Term
from kg.views.layout import LAST, Field, fields, order_of
from kg.views.pages import Group, Section, Value
from kg.views.values import value_of

NIL = NamedNode(f"{RDF}nil")

# how deep parts are shown inside each other, and how much of a list
DEPTH, LIST_ITEMS = 12, 1000

# resources that point here, of one property, before the others are a list of their own
INCOMING = 50


@dataclass(slots=True)
class Room:
    """What one page may still show whole: some parts, and each blank node once."""

    parts: int = 1000
    shown: set[Node] = field(default_factory=set)

    def take(self, term: Node) -> bool:
        """Whether the part is to be shown whole here; then it has taken its place."""
        if self.parts == 0 or term in self.shown:
            return False
        self.parts -= 1
        if isinstance(term, BlankNode):
            self.shown.add(term)
        return True


def groups_of(
    snapshot: Snapshot,
    subject: Node,
    room: Room | None = None,
    inside: tuple[Node, ...] = (),
    quads: Sequence[Quad] | None = None,
) -> tuple[Group, ...]:
    """Return the statements about a subject, grouped by property in the order of its shapes.

    `quads` are the statements to be shown, None for all. Parts and blank nodes are shown whole in
    their place, as far as there is `room`; `inside` are those around the subject. The items of
    an RDF list stand for the list.
    """
    room = room or Room()
    layout = fields(snapshot, types(snapshot, subject))
    by_property: dict[str, list[Term]] = defaultdict(list)
    for quad in snapshot.about(subject) if quads is None else quads:
        by_property[quad.predicate.value].append(quad.object)
    # the type stands beside the heading, and means little to readers inside a part
    by_property.pop(f"{RDF}type", None)
    ordered = sorted(by_property.items(), key=lambda item: _place(layout, item[0]))
    inside = (*inside, subject)
    return tuple(
        Group(
            property_of(snapshot, layout, iri),
            tuple(
                _nested(snapshot, iri, term, room, inside)
                for term in _items(snapshot, dict.fromkeys(terms))
            ),
        )
        for iri, terms in ordered
    )


def _items(snapshot: Snapshot, terms: Iterable[Term]) -> Iterator[Term]:
    """Yield the terms in reading order, with the items of each list in its place."""
    for term in sorted(terms, key=lambda term: _sort_key(snapshot, term)):
        seen: set[Term] = set()
        while isinstance(term, BlankNode) and term not in seen and len(seen) < LIST_ITEMS:
            first = snapshot.objects(term, f"{RDF}first")
            if not first:
                break
            yield first[0]
            seen.add(term)
            # a list is walked by its cells, which the loop variable stands for
            term = next(iter(snapshot.objects(term, f"{RDF}rest")), NIL)  # noqa: PLW2901
        if not seen:
            yield term


def _place(layout: Mapping[str, Field], iri: str) -> tuple[float, str]:
    known = layout.get(iri)
    return (known.order if known else LAST, iri)


def sections_of(
    snapshot: Snapshot, node: NamedNode, groups: Sequence[Group]
) -> tuple[Section, ...]:
    """Return the properties of a resource by the property groups of its shapes.

    Groups stand in their `sh:order`; properties in none come last.
    Source: https://www.w3.org/TR/shacl/#group
    """
    layout = fields(snapshot, types(snapshot, node))
    found: dict[Node | None, list[Group]] = defaultdict(list)
    for group in groups:
        known = layout.get(group.name.iri)
        found[known.group if known else None].append(group)
    names = {one: value_of(snapshot, one) if one else None for one in found}
    order = sorted(
        found,
        key=lambda one: (one is None, order_of(snapshot, one) if one else LAST, str(one)),
    )
    return tuple(Section(names[one], tuple(found[one])) for one in order)


def property_of(snapshot: Snapshot, layout: Mapping[str, Field], iri: str) -> Value:
    """Return a property as its shapes call it, or by a label that the reader rather reads."""
    known, named = layout.get(iri), label(snapshot, NamedNode(iri))
    value = value_of(snapshot, NamedNode(iri))
    name = known.name if known else None
    if name is None or (named and rank(snapshot, named) < rank(snapshot, name)):
        return value
    return replace(value, text=name.value, lang=name.language or "", labelled=True)


def _nested(
    snapshot: Snapshot, property_: str, term: Term, room: Room, inside: tuple[Node, ...]
) -> Value:
    value = value_of(snapshot, term)
    if isinstance(term, Literal | Triple) or term in inside or len(inside) >= DEPTH:
        return value
    is_part = isinstance(term, BlankNode) or property_ in snapshot.parts
    if not is_part or not room.take(term):
        return value
    return replace(value, groups=groups_of(snapshot, term, room, inside))


def _sort_key(snapshot: Snapshot, term: Term) -> tuple[int, int, str]:
    if isinstance(term, Literal):
        return (0, rank(snapshot, term) if term.language else 0, str(term))
    return (1, 0, str(term))


def incoming_of(snapshot: Snapshot, description: Description) -> tuple[Group, ...]:
    """Return what points at the resource; a part without a name stands for its whole.

    Of many the first are shown, with a link to the list of all. How many there are is not counted
    where the document has several pages.
    """
    by_property: dict[str, list[Node]] = defaultdict(list)
    for quad in description.incoming:
        by_property[quad.predicate.value].append(quad.subject)
    found = []
    for iri, subjects in sorted(by_property.items()):
        layout = fields(snapshot, types(snapshot, subjects[0]))
        values = dict.fromkeys(value_of(snapshot, _whole(snapshot, s)) for s in subjects)
        paged = description.pages > 1
        link = links_path(description.iri, iri) if paged or len(values) > INCOMING else ""
        name, some = property_of(snapshot, layout, iri), tuple(values)[:INCOMING]
        found.append(Group(name, some, 0 if paged else len(values), link))
    return tuple(found)


def records_of(snapshot: Snapshot, node: NamedNode) -> tuple[Value, ...]:
    """Return the graphs that give the resource a type, as far as anything is said of them."""
    typed = (q.graph_name for q in snapshot.about(node) if q.predicate.value == f"{RDF}type")
    graphs = (graph for graph in dict.fromkeys(typed) if isinstance(graph, NamedNode))
    return tuple(
        replace(value_of(snapshot, graph), groups=groups_of(snapshot, graph))
        for graph in graphs
        if snapshot.about(graph) and graph != node
    )


def _whole(snapshot: Snapshot, node: Node) -> Node:
    """Return the nearest resource with a label that the node is a part of, or the node itself."""
    seen = [node]
    for part in seen:
        if not isinstance(part, Triple) and label(snapshot, part):
            return part
        pointing = snapshot.by_object.get(str(part), ())
        wholes = (q.subject for q in pointing if q.predicate.value in snapshot.parts)
        seen.extend(whole for whole in wholes if whole not in seen)
    return node
