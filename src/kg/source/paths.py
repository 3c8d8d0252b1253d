"""SHACL property paths (storey 1): which statement leads to a value.

Source: https://www.w3.org/TR/shacl/#property-paths
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.rdf.namespaces import RDF, SH
from kg.source.places import OBJECT, SUBJECT
from kg.source.statements import Statement, Statements


class Hop(NamedTuple):
    """A statement, and which of its terms the path comes to: subject or object."""

    statement: Statement
    term: int


@dataclass(frozen=True, slots=True)
class Step:
    """One property, an IRI as N-Triples writes it, from subject to object or the other way."""

    predicate: str
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other."""

    parts: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of the paths."""

    parts: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A path some times: `optional` also never, `again` also more than once."""

    part: "Path"
    optional: bool
    again: bool


Path = Step | Sequence | Alternative | Repeated
# the nodes that a path leads to, with the last statement on the way; none where it has no length
Ends = dict[str, Hop | None]


def read_path(node: str, shapes: Statements, *, inverse: bool = False) -> Path:
    """Return the path that a node of the shapes describes, or its inverse.

    The shapes have been used by the engine, so that their paths are well-formed.
    """
    said = {one.quad.predicate.value: str(one.quad.object) for one in shapes.about(node)}

    def parts(head: str) -> tuple[Path, ...]:
        return tuple(read_path(item, shapes, inverse=inverse) for item in _items(head, shapes))

    if f"{RDF}first" in said:
        return Sequence(parts(node)[:: -1 if inverse else 1])
    if f"{SH}inversePath" in said:
        return read_path(said[f"{SH}inversePath"], shapes, inverse=not inverse)
    if f"{SH}alternativePath" in said:
        return Alternative(parts(said[f"{SH}alternativePath"]))
    for name, optional, again in (
        ("zeroOrMorePath", True, True),
        ("oneOrMorePath", False, True),
        ("zeroOrOnePath", True, False),
    ):
        if SH + name in said:
            return Repeated(read_path(said[SH + name], shapes, inverse=inverse), optional, again)
    return Step(node, inverse)


def _items(head: str, shapes: Statements) -> Iterator[str]:
    while said := {one.quad.predicate.value: str(one.quad.object) for one in shapes.about(head)}:
        yield said[f"{RDF}first"]
        head = said[f"{RDF}rest"]


def ends(path: Path, node: str, data: Statements) -> Ends:
    """Return the nodes that a path leads to from a node, each with the last statement to it."""
    match path:
        case Step(predicate, inverse):
            return _one_step(predicate, node, data, inverse=inverse)
        case Sequence(parts):
            reached: Ends = {node: None}
            for part in parts:
                reached = _further(part, reached, data)
            return reached
        case Alternative(parts):
            return {end: hop for part in parts[::-1] for end, hop in ends(part, node, data).items()}
        case Repeated():
            return _repeated(path, node, data)


def _one_step(predicate: str, node: str, data: Statements, *, inverse: bool) -> Ends:
    found: Ends = {}
    for one in data.naming(node) if inverse else data.about(node):
        if str(one.quad.predicate) == predicate:
            end = one.quad.subject if inverse else one.quad.object
            found.setdefault(str(end), Hop(one, SUBJECT if inverse else OBJECT))
    return found


def _further(path: Path, reached: Ends, data: Statements) -> Ends:
    found: Ends = {}
    for node, before in reached.items():
        for end, hop in ends(path, node, data).items():
            found.setdefault(end, hop or before)
    return found


def _repeated(path: Repeated, node: str, data: Statements) -> Ends:
    found: Ends = {node: None} if path.optional else {}
    new = ends(path.part, node, data)
    while new:
        new = {end: hop for end, hop in new.items() if end not in found}
        found |= new
        new = _further(path.part, new, data) if path.again else {}
    return found
