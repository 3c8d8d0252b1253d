"""Lists of the instances of a class (storey 2), indexed once, so that narrowing them costs little.

What can be chosen comes from a stored query that says so (`#+ show: list`, docs/lists.md), and
where there is none, from the properties that have few values.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.dataset.panels import LIST
from kg.dataset.snapshot import Snapshot, instances, subclasses
from kg.dataset.tables import Table, Tables
from kg.rdf.namespaces import LABELS, RDF, XSD
from kg.rdf.terms import Term, text_of

# distinct values that can be chosen from: more are a list of their own
CHOICES = 100

NUMBERS = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))

# of a class with more instances nothing is indexed but their names
LARGE = 20_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that members can be chosen by; `members` has a bit for the place of each of them."""

    term: Term
    members: int


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of members: `name` is its parameter in URLs, `property` its IRI, or "".

    `values` are those of members by their places; `choices` by how URLs write them, none where
    the values are too many to choose from.
    """

    name: str
    property: str
    values: Mapping[int, tuple[Term, ...]]
    choices: Mapping[str, Choice]


@dataclass(frozen=True, slots=True)
class Listing:
    """The instances of a class and what is known of them.

    `table` holds what a stored query found, None where columns are from the data itself. It has no
    member where there is no such class. A list of what points at the resource `to` by the property
    `by` is of no class.
    """

    class_: str
    members: Sequence[str]
    columns: tuple[Column, ...]
    table: Table | None = None
    to: str = ""
    by: str = ""

    def column(self, name: str) -> Column | None:
        """Return the column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def chosen(self, wanted: Mapping[str, str]) -> int:
        """Return the members that have all these values, a bit for each; values as in URLs."""
        found = (1 << len(self.members)) - 1
        for name, value in wanted.items():
            column = self.column(name)
            choice = column.choices.get(value) if column else None
            found &= choice.members if choice else 0
        return found


def places(members: int) -> list[int]:
    """Return the places whose bits are set, in order.

    >>> places(0b1010)
    [1, 3]
    """
    return [place for place, bit in enumerate(reversed(f"{members:b}")) if bit == "1"]


def table_of(tables: Tables, class_: str) -> Table | None:
    """Return what a stored query found for the list of the class, or None."""
    found = (t for t in tables.tables if t.panel.place == LIST and class_ in t.panel.about)
    return next(found, None)


def listing_of(snapshot: Snapshot, tables: Tables, class_: str) -> Listing:
    """Return the list of a class's instances, in the order of their IRIs."""
    members = instances(snapshot, class_)
    table = table_of(tables, class_)
    if table is not None:
        columns = _from_table(snapshot, table, members)
    elif len(members) <= LARGE:
        columns = _from_data(snapshot, members, subclasses(snapshot, class_))
    else:
        columns = ()
    return Listing(class_, members, columns, table)


def links_of(snapshot: Snapshot, to: str, by: str) -> Listing:
    """Return the list of the resources that point at another by a property."""
    pointing = snapshot.by_object.get(f"<{to}>", ())
    found = {
        quad.subject.value
        for quad in pointing
        if quad.predicate.value == by and isinstance(quad.subject, NamedNode)
    }
    members = tuple(sorted(found))
    columns = _from_data(snapshot, members, None) if len(members) <= LARGE else ()
    return Listing("", members, columns, to=to, by=by)


def in_url(snapshot: Snapshot, term: Term) -> str:
    """Return how a URL writes a value: IRIs without the base, literals without their datatype."""
    return text_of(term).removeprefix(snapshot.base)


def _from_table(snapshot: Snapshot, table: Table, members: Sequence[str]) -> tuple[Column, ...]:
    rows = [table.rows.get(f"<{iri}>", ()) for iri in members]
    columns = []
    for at, name in enumerate(table.columns):
        values: dict[int, tuple[Term, ...]] = {}
        for place, row in enumerate(rows):
            if found := dict.fromkeys(term for cells in row if (term := cells[at]) is not None):
                values[place] = tuple(found)
        if values:
            columns.append(Column(name, "", values, _choices(snapshot, values)))
    return tuple(columns)


def _from_data(
    snapshot: Snapshot, members: Sequence[str], below: frozenset[str] | None
) -> tuple[Column, ...]:
    by_property: dict[str, dict[int, tuple[Term, ...]]] = {}
    for place, iri in enumerate(members):
        for predicate, terms in _properties(snapshot, below, iri):
            by_property.setdefault(predicate, {})[place] = terms
    # what most members have comes first
    common = sorted(by_property.items(), key=lambda item: (-len(item[1]), item[0]))
    found = (
        Column(_parameter(snapshot, iri), iri, values, _choices(snapshot, values))
        for iri, values in common
    )
    return tuple(column for column in found if column.choices or _is_short(column))


def _properties(
    snapshot: Snapshot, below: frozenset[str] | None, iri: str
) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """Yield the properties of a member with their values, labels and blank nodes left out.

    Of its types, those are values that are `below` the class of the list, None for all.
    """
    by_property: dict[str, dict[Term, None]] = {}
    for quad in snapshot.about(NamedNode(iri)):
        predicate, value = quad.predicate.value, quad.object
        other_type = below is not None and text_of(value) not in below
        unwanted = predicate in LABELS or (predicate == f"{RDF}type" and other_type)
        if unwanted or isinstance(value, BlankNode | Triple):
            continue
        by_property.setdefault(predicate, {})[value] = None
    yield from ((predicate, tuple(values)) for predicate, values in by_property.items())


def _is_short(column: Column) -> bool:
    """Whether each member has at most one value, and no text: numbers and dates to sort by."""
    return all(
        len(terms) == 1 and isinstance(terms[0], Literal) and len(terms[0].value) < 40
        for terms in column.values.values()
    )


def _choices(snapshot: Snapshot, values: Mapping[int, Sequence[Term]]) -> dict[str, Choice]:
    """Return what can be chosen: at least two values, which on the average two members have.

    Numbers are to sort by: they say how much, and not what.
    """
    counts = Counter(term for terms in values.values() for term in terms)
    if all(isinstance(term, Literal) and term.datatype.value in NUMBERS for term in counts):
        return {}
    if not 2 <= len(counts) <= min(CHOICES, max(2, sum(counts.values()) // 2)):
        return {}
    bits = dict.fromkeys(counts, 0)
    for place, terms in values.items():
        for term in terms:
            bits[term] |= 1 << place
    return {in_url(snapshot, term): Choice(term, members) for term, members in bits.items()}


def _parameter(snapshot: Snapshot, iri: str) -> str:
    """Return what URLs call a property: its prefixed name, else its IRI."""
    return snapshot.prefixes.shrink(iri) or iri
