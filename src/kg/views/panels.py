"""Panels (storey 3): what stored queries found about a resource or the whole, as pages show it.

A cell that is an IRI is shown by its label, in the reader's language, and linked. docs/panels.md
says which columns each view reads.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from kg.dataset.description import preferred, types
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Row, Table, Tables
from kg.views.pages import Value
from kg.views.values import value_of

# rows that a page shows; the query has all of them
SHOWN = 500


Cells = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """What one stored query found, under a heading.

    `id` is the panel's anchor; `view` one of `kg.dataset.panels.VIEWS`; `query` the URL that
    opens the query, about this resource, on the query page. `names` are the variables, `heads` what
    to call them; `rows` are the first of `total`, with a value or None for each of them.
    """

    id: str
    view: str
    title: Value
    note: Value | None
    query: str
    names: tuple[str, ...]
    heads: tuple[Value, ...]
    rows: tuple[Cells, ...]
    total: int
    groups: tuple[tuple[Value | None, tuple[Cells, ...]], ...]


def panels_about(snapshot: Snapshot, tables: Tables, node: NamedNode) -> tuple[ShownPanel, ...]:
    """Return the panels on the page of a resource, in their order; none is empty."""
    found = tables.about(node, types(snapshot, node))
    return tuple(_shown(snapshot, table, rows, node.value) for table, rows in found)


def panels_of_overview(snapshot: Snapshot, tables: Tables) -> tuple[ShownPanel, ...]:
    """Return the panels on the overview, in their order; none is empty."""
    return tuple(_shown(snapshot, table, rows, "") for table, rows in tables.of_overview())


def _shown(snapshot: Snapshot, table: Table, rows: Sequence[Row], this: str) -> ShownPanel:
    panel, name = table.panel, table.query.name
    asked = {"name": name, "this": this} if this else {"name": name}
    note = preferred(panel.notes)
    cells = tuple(
        tuple(None if term is None else value_of(snapshot, term) for term in row)
        for row in rows[:SHOWN]
    )
    return ShownPanel(
        id="panel-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"),
        view=panel.view,
        title=_said(preferred(panel.titles)),
        note=_said(note) if note else None,
        query=f"/sparql?{urlencode(asked)}",
        names=table.columns,
        heads=_heads(table),
        rows=cells,
        total=len(rows),
        groups=_grouped(cells),
    )


def _grouped(rows: Sequence[Cells]) -> tuple[tuple[Value | None, tuple[Cells, ...]], ...]:
    found: dict[Value | None, list[Cells]] = {}
    for first, *others in rows:
        found.setdefault(first, []).append(tuple(others))
    return tuple((first, tuple(group)) for first, group in found.items())


def _heads(table: Table) -> tuple[Value, ...]:
    """Return what to call the columns: as the header says, else as the variables say."""
    said = preferred(table.panel.columns)
    given = [one.strip() for one in said.value.split(",")] if said else []
    heads = [Value(one, said.language or "") for one in given] if said else []
    return (*heads, *(Value(_words(name)) for name in table.columns[len(heads) :]))


def _words(name: str) -> str:
    """Return a variable's name as words.

    >>> _words("takenFrom")
    'taken from'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", name).lower()


def _said(literal: Literal | None) -> Value:
    return Value(literal.value, literal.language or "") if literal else Value("")
