"""The rows that pages show (storey 2): what stored queries found, once for a publication.

Pages are drawn from these values and never ask a store, so that a page is the same wherever and
whenever it is made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.dataset.panels import ABOVE, LIST, Panel
from kg.dataset.queries import StoredQuery
from kg.dataset.snapshot import Snapshot, subclasses
from kg.rdf.namespaces import RDFS
from kg.rdf.terms import Node, Term

# the variable whose values are the resources on whose pages rows are shown
THIS = "this"

Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What one stored query found, by where it is shown.

    `columns` are its variables without `?this`; a row has a term or None for each of them.
    `rows` has them by the term that `?this` is, as N-Triples writes it; those of the overview
    are at "". `classes` are those on whose pages they are shown, subclasses included.
    """

    query: StoredQuery
    panel: Panel
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[Row, ...]]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a publication, in the order in which pages show them.

    `failures` say in one line each which query is shown nowhere, and why.
    """

    tables: tuple[Table, ...] = ()
    failures: tuple[str, ...] = ()

    def about(
        self, term: Node, classes: tuple[str, ...]
    ) -> Iterator[tuple[Table, tuple[Row, ...]]]:
        """Yield each table with the rows to be shown on the page of a resource of these classes."""
        for table in self.tables:
            rows = table.rows.get(str(term), ())
            of_list = table.panel.place in (LIST, ABOVE)
            if rows and not of_list and not table.classes.isdisjoint((*classes, f"{RDFS}Resource")):
                yield table, rows

    def of_overview(self) -> Iterator[tuple[Table, tuple[Row, ...]]]:
        """Yield each table with the rows to be shown on the overview."""
        for table in self.tables:
            rows = table.rows.get("", ())
            if rows and table.panel.overview:
                yield table, rows


def to_be_shown(snapshot: Snapshot) -> list[tuple[StoredQuery, Panel]]:
    """Return the stored queries whose rows are shown somewhere, in the order of pages."""
    found = [(query, query.panel) for query in snapshot.queries if query.panel]
    return sorted(found, key=lambda one: (one[1].order, one[0].name))


def shown_on(snapshot: Snapshot, panel: Panel) -> frozenset[str]:
    """Return the IRIs of the classes on whose pages the panel is, subclasses included."""
    return frozenset[str]().union(*(subclasses(snapshot, class_) for class_ in panel.about))
