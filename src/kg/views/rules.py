"""What the shapes of a class ask of its instances (storey 3), a row for each property."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import RDF, SH
from kg.rdf.terms import Node, Term, text_of
from kg.views.layout import LAST
from kg.views.pages import Value
from kg.views.values import value_of

# parameters that say what a value must be, and how many items of a list are shown
KINDS = ("class", "datatype", "node", "nodeKind", "hasValue")
LISTED = 6


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """What the shapes of a class ask of one property.

    `least` is sh:minCount, "0" without one, `most` sh:maxCount, "∞" without one; `kinds` are the
    classes, datatypes or values that it takes.
    """

    name: Value
    least: str
    most: str
    kinds: tuple[Value, ...]


def rules_of(snapshot: Snapshot, class_: str) -> tuple[PropertyRule, ...]:
    """Return what the shapes that target a class ask, in their order; paths of one step only."""
    shapes = (
        (_order(snapshot, shape), shape, path)
        for node_shape in snapshot.shapes_of.get(class_, ())
        for shape in snapshot.objects(node_shape, f"{SH}property")
        if not isinstance(shape, Literal)
        for path in snapshot.objects(shape, f"{SH}path")
    )
    rules: dict[str, PropertyRule] = {}
    for _, shape, path in sorted(shapes, key=lambda one: one[0]):
        if isinstance(path, NamedNode):
            rule = _rule(snapshot, shape, path)
            before = rules.get(path.value)
            rules[path.value] = _both(before, rule) if before else rule
    return tuple(rules.values())


def _both(one: PropertyRule, other: PropertyRule) -> PropertyRule:
    """Return what two shapes ask of the same property together."""
    return PropertyRule(
        one.name,
        max(one.least, other.least, key=_size),
        min(one.most, other.most, key=_size),
        tuple(dict.fromkeys((*one.kinds, *other.kinds))),
    )


def _size(number: str) -> float:
    return int(number) if number.isascii() and number.isdigit() else LAST


def shapes_of(snapshot: Snapshot, class_: str) -> tuple[Value, ...]:
    """Return the shapes that target a class, as links."""
    return tuple(value_of(snapshot, shape) for shape in snapshot.shapes_of.get(class_, ()))


def _rule(snapshot: Snapshot, shape: Node, path: NamedNode) -> PropertyRule:
    return PropertyRule(
        name=value_of(snapshot, path),
        least=_first(snapshot, shape, "minCount") or "0",
        most=_first(snapshot, shape, "maxCount") or "∞",
        kinds=tuple(dict.fromkeys(_kinds(snapshot, shape))),
    )


def _kinds(snapshot: Snapshot, shape: Node) -> Iterator[Value]:
    for name in KINDS:
        for term in snapshot.objects(shape, f"{SH}{name}"):
            if not isinstance(term, BlankNode):
                yield value_of(snapshot, term)
    for head in snapshot.objects(shape, f"{SH}in"):
        items = list(items_of(snapshot, head))
        yield from (value_of(snapshot, item) for item in items[:LISTED])
        if len(items) > LISTED:
            yield Value("…")
    for name in ("or", "xone"):
        for head in snapshot.objects(shape, f"{SH}{name}"):
            for item in items_of(snapshot, head):
                if not isinstance(item, Literal):
                    yield from _kinds(snapshot, item)


def items_of(snapshot: Snapshot, head: Term) -> Iterator[Term]:
    """Yield the items of an RDF list; one that leads back to itself ends there."""
    seen: set[Term] = set()
    while not isinstance(head, Literal) and head not in seen:
        seen.add(head)
        first = snapshot.objects(head, f"{RDF}first")
        if not first:
            return
        yield first[0]
        head = next(iter(snapshot.objects(head, f"{RDF}rest")), head)


def _first(snapshot: Snapshot, shape: Node, name: str) -> str:
    return next((text_of(term) for term in snapshot.objects(shape, f"{SH}{name}")), "")


def _order(snapshot: Snapshot, shape: Node) -> tuple[float, str]:
    try:
        return float(_first(snapshot, shape, "order") or LAST), str(shape)
    except ValueError:
        return LAST, str(shape)
