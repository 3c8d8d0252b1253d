"""Relations in an answer (storey 3): which columns say what leads to what, and triples as such."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import OWL, RDF
from kg.rdf.terms import Term
from kg.views.pages import Value
from kg.views.pictures.graph import Relation
from kg.views.trees import MARKS
from kg.views.values import value_of

# classes whose instances are properties, and what columns of properties are called
PROPERTY = frozenset(
    {f"{RDF}Property", *(f"{OWL}{kind}Property" for kind in ("Object", "Datatype", "Annotation"))}
)
NAMES = frozenset({"p", "property", "predicate"})
# triples of an answer that are looked at
READ = 2000

Binding = Mapping[str, Any]
Cells = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Linking:
    """Which columns of an answer relate things.

    With a column of properties, `name`, the first of `things` is related by it to the last, and
    `mark` may say for what; without one, each thing of a row is related to the next.
    """

    things: tuple[int, ...]
    name: int | None = None
    mark: int | None = None


def is_property_of(snapshot: Snapshot) -> Callable[[str], bool]:
    """Return a function that tells whether the data set declares an IRI to be a property."""

    def is_property(iri: str) -> bool:
        kinds = snapshot.objects(NamedNode(iri), f"{RDF}type")
        return any(isinstance(kind, NamedNode) and kind.value in PROPERTY for kind in kinds)

    return is_property


def linking(
    columns: Sequence[str], bindings: Sequence[Binding], is_property: Callable[[str], bool]
) -> Linking | None:
    """Return the columns that relate things, or None where there are none.

    Things are IRIs or blank nodes throughout; beside a column of properties some may be texts.
    """
    cells = [[row[name] for row in bindings if name in row] for name in columns]
    names = [
        place
        for place, column in enumerate(cells)
        if column and _are_properties(columns[place], column, is_property)
    ]
    things = [
        place
        for place, column in enumerate(cells)
        if place not in names and column and all(map(_is_thing, column))
    ]
    if not names:
        return Linking(tuple(things)) if len(things) > 1 else None
    name = names[0]
    before = [place for place in things if place < name]
    after = [p for p, column in enumerate(cells) if p > name and any(map(_is_thing, column))]
    if not (before and after):
        return None
    marks = (
        p for p, column in enumerate(cells) if p > name and column and all(map(_is_mark, column))
    )
    return Linking((before[0], after[0]), name, next(marks, None))


def _is_thing(cell: Binding) -> bool:
    return cell["type"] in ("uri", "bnode")


def _is_mark(cell: Binding) -> bool:
    return cell["type"] == "literal" and cell["value"] in MARKS


def _are_properties(
    name: str, column: Sequence[Binding], is_property: Callable[[str], bool]
) -> bool:
    if any(cell["type"] != "uri" for cell in column):
        return False
    named = name.lower() in NAMES
    return named or all(map(is_property, {cell["value"] for cell in column}))


def told_apart(cells: Cells, row: Binding, columns: Sequence[str]) -> Cells:
    """Return the cells of a row; blank nodes, which look alike, get names of their own."""
    found = []
    for cell, column in zip(cells, columns, strict=True):
        term = row.get(column)
        blank = cell and term and term["type"] == "bnode"
        found.append(replace(cell, iri=f"_:{term['value']}") if cell and term and blank else cell)
    return tuple(found)


def related(rows: Iterable[Cells], by: Linking) -> tuple[Relation, ...]:
    """Return the relations of rows, each once."""
    found: dict[Relation, None] = {}
    for row in rows:
        for source, target in pairwise(by.things):
            low, high = row[source], row[target]
            name = row[by.name] if by.name is not None else None
            if low and high and (low.iri and high.iri):
                found.setdefault(Relation(low, high, name, _mark(row, by)))
    return tuple(found)


def _mark(row: Cells, by: Linking) -> str:
    cell = row[by.mark] if by.mark is not None else None
    return cell.text if cell else ""


def tree_rows(rows: Iterable[Cells], by: Linking) -> list[Cells]:
    """Return rows as trees have them: a node, how it hangs on another, and that.

    With a column of properties the first thing hangs on the last; without one, each thing of a
    row on the one before, as in Wikidata's query service.
    """
    found: dict[Cells, None] = {}
    for row in rows:
        if by.name is not None:
            low, high = by.things
            cell = row[by.mark] if by.mark is not None else None
            found.setdefault((row[low], row[by.name], row[high], cell))
        else:
            for above, below in pairwise(by.things):
                found.setdefault((row[below], None, row[above]))
    return list(found)


def triples_in(turtle: bytes) -> list[Triple]:
    """Return the first triples of an answer in Turtle.

    Engines may write what no parser takes, such as an IRI with a space: those before it are found.
    """
    found: list[Triple] = []
    with suppress(SyntaxError):
        found.extend(quad.triple for quad in islice(parse(turtle, RdfFormat.TURTLE), READ))
    return found


def graph_of_triples(
    snapshot: Snapshot, triples: Sequence[Triple]
) -> tuple[tuple[Relation, ...], tuple[tuple[Value, str], ...]]:
    """Return what relates things in a graph, and of each thing its class, which is no relation."""
    relations, notes = [], []
    for triple in triples:
        if isinstance(triple.subject, Triple) or not isinstance(
            triple.object, NamedNode | BlankNode
        ):
            continue
        source, target = (_value(snapshot, term) for term in (triple.subject, triple.object))
        if triple.predicate.value == f"{RDF}type":
            notes.append((source, target.text))
        else:
            name = value_of(snapshot, triple.predicate)
            relations.append(Relation(source, target, name))
    return tuple(dict.fromkeys(relations)), tuple(notes)


def tree_of_triples(snapshot: Snapshot, triples: Sequence[Triple]) -> list[Cells]:
    """Return rows of a tree in which what is said of a thing hangs on it."""
    return [
        (
            _value(snapshot, triple.object),
            value_of(snapshot, triple.predicate),
            _value(snapshot, triple.subject),
        )
        for triple in triples
    ]


def _value(snapshot: Snapshot, term: Term) -> Value:
    found = value_of(snapshot, term)
    if isinstance(term, BlankNode):
        return replace(found, iri=f"_:{term.value}")
    if isinstance(term, Literal):
        return replace(found, datatype="")
    return found
