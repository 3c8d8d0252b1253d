"""In which order and under which names a page shows properties (storey 3): as the shapes say.

Source: https://www.w3.org/TR/shacl/#nonValidation
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.dataset.description import rank
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import RDFS, SH
from kg.rdf.terms import Node, text_of

LAST = float("inf")


@dataclass(frozen=True, slots=True)
class Field:
    """How one property is shown: `order` as in `sh:order`, `name` as the reader reads it, or None.

    `group` is the property group that it is in, or None.
    """

    order: float
    name: Literal | None
    group: NamedNode | BlankNode | None = None


def fields(snapshot: Snapshot, types: Iterable[str]) -> Mapping[str, Field]:
    """Return the fields that the shapes of these classes, and of all above them, declare."""
    found: dict[str, Field] = {}
    for class_ in _with_superclasses(snapshot, types):
        for node_shape in snapshot.shapes_of.get(class_, ()):
            for path, field in _fields_of(snapshot, node_shape):
                found.setdefault(path, field)
    return found


def _fields_of(snapshot: Snapshot, node_shape: Node) -> Iterator[tuple[str, Field]]:
    for shape in snapshot.objects(node_shape, f"{SH}property"):
        if isinstance(shape, Literal):
            continue
        for path in snapshot.objects(shape, f"{SH}path"):
            if isinstance(path, NamedNode):
                group = _group(snapshot, shape)
                yield path.value, Field(order_of(snapshot, shape), _name(snapshot, shape), group)


def _group(snapshot: Snapshot, shape: Node) -> NamedNode | BlankNode | None:
    found = snapshot.objects(shape, f"{SH}group")
    return next((one for one in found if isinstance(one, NamedNode | BlankNode)), None)


def order_of(snapshot: Snapshot, shape: Node) -> float:
    """Return the `sh:order` of a shape or of a group of properties, infinite where it has none."""
    for value in snapshot.objects(shape, f"{SH}order"):
        try:
            return float(text_of(value))
        except ValueError:
            continue
    return LAST


def _name(snapshot: Snapshot, shape: Node) -> Literal | None:
    names = [o for o in snapshot.objects(shape, f"{SH}name") if isinstance(o, Literal)]
    return min(names, key=lambda o: (rank(snapshot, o), o.value), default=None)


def _with_superclasses(snapshot: Snapshot, types: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(types))
    for class_ in found:
        above = snapshot.objects(NamedNode(class_), f"{RDFS}subClassOf")
        found.extend(o.value for o in above if isinstance(o, NamedNode) and o.value not in found)
    return found
