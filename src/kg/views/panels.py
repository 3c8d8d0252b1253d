"""Panels (storey 3): what stored queries found about a resource or the whole, as pages show it.

A cell that is an IRI is shown by its label, in the reader's language, and linked. docs/panels.md
says which columns each view reads.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from kg.dataset.description import preferred, rank, types
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Row, Table, Tables
from kg.views.compose import property_of
from kg.views.layout import Field, fields
from kg.views.pages import Value
from kg.views.pictures.of_rows import picture_of
from kg.views.pictures.picture import Picture
from kg.views.pictures.tree import broad_tree_of, tree_of
from kg.views.trees import Branch, Cells, trees
from kg.views.values import value_of

# rows that a page shows; the query has all of them
SHOWN = 500


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """What one stored query found, under a heading.

    `id` is the panel's anchor; `place` and `view` are as in `kg.dataset.panels.Panel`; `query` is
    the URL that opens the query, about this resource, on the query page. `names` are the variables,
    `heads` what to call them; `this` is the IRI of the resource, "" on the overview. `rows` are
    the first of `total`, with a value or None for each variable; `groups` are the same rows as a
    list says them, those with one first value together, without it; `trees` are made of them
    where the view is one, on the overview each with its picture; `picture` is that of all rows
    where the view is drawn.
    """

    id: str
    place: str
    view: str
    title: Value
    note: Value | None
    query: str
    names: tuple[str, ...]
    heads: tuple[Value, ...]
    rows: tuple[Cells, ...]
    total: int
    groups: tuple[tuple[Value | None, tuple[Cells, ...]], ...]
    this: str
    trees: tuple[tuple[Branch, Picture | None], ...] = ()
    picture: Picture | None = None


def panels_about(snapshot: Snapshot, tables: Tables, node: NamedNode) -> tuple[ShownPanel, ...]:
    """Return the panels on the page of a resource, in their order; none is empty."""
    found = tables.about(node, types(snapshot, node))
    return tuple(shown(snapshot, table, rows, node.value) for table, rows in found)


def panels_of_overview(snapshot: Snapshot, tables: Tables) -> tuple[ShownPanel, ...]:
    """Return the panels on the overview, in their order; none is empty."""
    return tuple(shown(snapshot, table, rows, "") for table, rows in tables.of_overview())


def shown(snapshot: Snapshot, table: Table, rows: Sequence[Row], this: str) -> ShownPanel:
    """Return rows of a table as pages show them, about the resource `this`, or "" for none."""
    panel, name = table.panel, table.query.name
    asked = {"name": name, "this": this} if this else {"name": name}
    wanted = in_one_language(snapshot, rows)
    layout = fields(snapshot, types(snapshot, NamedNode(this))) if this else {}
    cells = tuple(_cells(snapshot, layout, row) for row in wanted[:SHOWN])
    names, heads, cells = _filled(table.columns, heads_of(snapshot, table), cells)
    title = said(snapshot, panel.titles) or Value("")
    anchor = "panel-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    found, picture = _drawn(snapshot, panel.view, cells, anchor, title.text, this)
    return ShownPanel(
        id=anchor,
        place=panel.place,
        view=panel.view,
        title=title,
        note=said(snapshot, panel.notes),
        query=f"/sparql?{urlencode(asked)}",
        names=names,
        heads=heads,
        rows=cells,
        total=len(wanted),
        groups=_grouped(_listed(panel.view, cells)),
        this=this,
        trees=found,
        picture=picture,
    )


def _drawn(
    snapshot: Snapshot, view: str, cells: Sequence[Cells], anchor: str, title: str, this: str
) -> tuple[tuple[tuple[Branch, Picture | None], ...], Picture | None]:
    """Return the trees that rows make, and the picture of all of them, or None."""
    if view != "tree":
        return (), _picture(snapshot, view, cells, anchor, title)
    # rows that are too short make no tree
    whole = [row for row in cells if len(row) >= 3]
    if this:
        return _place(snapshot, whole, anchor, title, this)
    return _trees(snapshot, whole, anchor), None


def _trees(
    snapshot: Snapshot, cells: Sequence[Cells], anchor: str
) -> tuple[tuple[Branch, Picture], ...]:
    """Return the trees of the overview, each with its picture."""
    return tuple(
        (root, broad_tree_of(root, f"{anchor}-{number}", root.node.text, snapshot.languages[0]))
        for number, root in enumerate(trees(cells))
    )


def _place(
    snapshot: Snapshot, cells: Sequence[Cells], anchor: str, title: str, this: str
) -> tuple[tuple[tuple[Branch, None], ...], Picture | None]:
    """Return the trees with a resource in them, and one picture of them.

    Where all else hangs on the resource, and it on each of the roots, it is in the middle.
    """
    found, language = trees(cells, once=True), snapshot.languages[0]
    if not found:
        return (), None
    named = [root.children[0] for root in found if len(root.children) == 1]
    branches, above = list(found), []
    if [one.node.iri for one in named] == [this] * len(found):
        branches = [replace(named[0], kind=None, mark="")]
        above = [
            replace(one, node=root.node, children=(), size=0, again=False)
            for root, one in zip(found, named, strict=True)
        ]
    picture = tree_of(branches, anchor, title, language, this=this, above=above)
    return tuple((root, None) for root in found), picture


def _picture(
    snapshot: Snapshot, view: str, cells: Sequence[Cells], anchor: str, title: str
) -> Picture | None:
    # one bar says no more than its words
    if len(cells) < 2 and view != "map":
        return None
    return picture_of(view, cells, anchor, title, snapshot.languages[0])


def _cells(snapshot: Snapshot, layout: Mapping[str, Field], row: Row) -> Cells:
    """Return a row as values; a property of the resource is called as its shapes call it."""
    return tuple(
        None
        if term is None
        else property_of(snapshot, layout, term.value)
        if isinstance(term, NamedNode) and term.value in layout
        else value_of(snapshot, term)
        for term in row
    )


def _filled(
    names: Sequence[str], heads: Sequence[Value], cells: Sequence[Cells]
) -> tuple[tuple[str, ...], tuple[Value, ...], tuple[Cells, ...]]:
    """Return columns and rows without the columns at the end that are empty in all rows."""
    used = max((place + 1 for row in cells for place, cell in enumerate(row) if cell), default=0)
    return tuple(names[:used]), tuple(heads[:used]), tuple(row[:used] for row in cells)


def in_one_language(snapshot: Snapshot, rows: Sequence[Row]) -> list[Row]:
    """Return the rows without those that others say in a language that readers rather want.

    Rows say the same where they differ only in texts that have a language.
    """
    ranks = {row: tuple(_rank(snapshot, term) for term in row) for row in rows}
    alike = sorted(rows, key=_without_texts)
    best = {
        key: min(ranks[row] for row in group) for key, group in groupby(alike, key=_without_texts)
    }
    return [row for row in rows if ranks[row] == best[_without_texts(row)]]


def _without_texts(row: Row) -> tuple[str, ...]:
    return tuple("@" if isinstance(t, Literal) and t.language else str(t) for t in row)


def _rank(snapshot: Snapshot, term: object) -> int:
    return rank(snapshot, term) if isinstance(term, Literal) and term.language else 0


def _listed(view: str, cells: Sequence[Cells]) -> tuple[Cells, ...]:
    """Return what the list of a picture says; it draws more than words say well."""
    if view == "timeline":
        return tuple(dict.fromkeys(row[:2] for row in cells))
    if view == "map":
        return tuple((*row[:1], *row[2:]) for row in cells)
    return tuple(cells)


def _grouped(rows: Sequence[Cells]) -> tuple[tuple[Value | None, tuple[Cells, ...]], ...]:
    found: dict[Value | None, list[Cells]] = {}
    for first, *others in rows:
        found.setdefault(first, []).append(tuple(others))
    return tuple((first, tuple(group)) for first, group in found.items())


def heads_of(snapshot: Snapshot, table: Table) -> tuple[Value, ...]:
    """Return what to call the columns: as the header says, else as the variables say."""
    line = said(snapshot, table.panel.columns)
    heads = [replace(line, text=one.strip()) for one in line.text.split(",")] if line else []
    return (*heads, *(Value(_words(name)) for name in table.columns[len(heads) :]))


def _words(name: str) -> str:
    """Return a variable's name as words.

    >>> _words("takenFrom")
    'taken from'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", name).lower()


def said(snapshot: Snapshot, texts: Sequence[Literal]) -> Value | None:
    """Return the text of a header that the reader reads best, or None where there is none."""
    text = preferred(snapshot, texts)
    return Value(text.value, text.language or "") if text else None
