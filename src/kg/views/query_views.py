"""Views of an answer (storey 3): which pictures fit its columns, and which one is shown.

A comment in the query, as Wikidata's query service has it, says which view comes first.
Source: https://www.wikidata.org/wiki/Wikidata:SPARQL_query_service/Wikidata_Query_Help/Result_Views
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import XSD
from kg.source.checks.times import EDTF, implied
from kg.views.language import marked
from kg.views.pages import QueryPage, Value, ViewLink
from kg.views.pictures.geometry import point_of
from kg.views.pictures.graph import graph_of
from kg.views.pictures.of_rows import Cells, number_in, picture_of
from kg.views.pictures.picture import Picture
from kg.views.relations import (
    Binding,
    graph_of_triples,
    is_property_of,
    linking,
    related,
    told_apart,
    tree_of_triples,
    tree_rows,
    triples_in,
)

# what views are called in links
DRAWN = MappingProxyType(
    {
        "table": marked("Table"),
        "text": marked("Text"),
        "map": marked("Map"),
        "timeline": marked("Timeline"),
        "chart": marked("Chart"),
        "graph": marked("Graph"),
        "tree": marked("Tree"),
    }
)
WIKIDATA = MappingProxyType(
    {name: name for name in ("table", "map", "timeline", "graph", "tree")} | {"barchart": "chart"}
)
# of the ids in a picture
PREFIX = "kg-view"
COMMENT = re.compile(r"^[ \t]*#[ \t]*defaultView[ \t]*:[ \t]*(\w+)", re.IGNORECASE | re.MULTILINE)

WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
DATES = frozenset(f"{XSD}{name}" for name in ("date", "dateTime", "gYear", "gYearMonth"))
NUMBERS = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float", "int"))

# characters of a date that is drawn
LONGEST = 100

# which columns a view reads, in its order
Columns = tuple[int, ...]


def with_views(
    page: QueryPage,
    snapshot: Snapshot,
    bindings: Sequence[Binding],
    wanted: str,
    here: str,
) -> QueryPage:
    """Return a page of rows with links to the views that fit, and the picture of the one shown.

    `bindings` are the rows as SPARQL's JSON has them; `wanted` is the view in the URL, or "";
    `here` is the URL of the page.
    """
    shown = bindings[: len(page.rows)]
    fitting = fitting_views(page.columns, shown)
    by = linking(page.columns, shown, is_property_of(snapshot))
    names = (*fitting, *(("graph", "tree") if by else ()))
    view = _chosen(page.query, wanted, ("table", *names))
    picture, title, language = None, page.query[:80], snapshot.languages[0]
    if view in fitting:
        rows = _rows(page, shown, fitting[view], view)
        picture = picture_of(view, rows, PREFIX, title, language)
    elif by and view != "table":
        apart = [
            told_apart(cells, row, page.columns)
            for cells, row in zip(page.rows, shown, strict=True)
        ]
        if view == "graph":
            picture = graph_of(related(apart, by), PREFIX, title, language)
        else:
            picture = picture_of("tree", tree_rows(apart, by), PREFIX, title, language)
    return _with(page, ("table", *names) if names else (), view, picture, here)


def with_views_of_graph(
    page: QueryPage, snapshot: Snapshot, turtle: bytes, wanted: str, here: str
) -> QueryPage:
    """Return the page of a graph with links to its views, and the picture of the one shown."""
    triples = triples_in(turtle)
    if not triples:
        return page
    relations, notes = graph_of_triples(snapshot, triples)
    names = ("text", *(("graph",) if relations else ()), "tree")
    view = _chosen(page.query, wanted, names)
    picture, title, language = None, page.query[:80], snapshot.languages[0]
    if view == "graph":
        picture = graph_of(relations, PREFIX, title, language, notes=notes)
    elif view == "tree":
        rows = tree_of_triples(snapshot, triples)
        picture = picture_of("tree", rows, PREFIX, title, language)
    return _with(page, names, view, picture, here)


def _chosen(query: str, wanted: str, names: Sequence[str]) -> str:
    """Return the view to be shown: that of the URL, else of the comment, else the first."""
    return next((v for v in (wanted, default_view(query)) if v in names), names[0])


def _with(
    page: QueryPage, names: Sequence[str], view: str, picture: Picture | None, here: str
) -> QueryPage:
    links = tuple(
        ViewLink(DRAWN[name], f"{here}{'&' if '?' in here else '?'}view={name}", name == view)
        for name in names
    )
    return replace(
        page,
        view=view,
        views=links,
        svg=picture.svg if picture else "",
        left_out=picture.left_out if picture else 0,
    )


def default_view(query: str) -> str:
    r"""Return the view that a comment in the query asks for, by Wikidata's names, else "".

    >>> default_view("#defaultView:BarChart\nSELECT * {}")
    'chart'
    """
    found = COMMENT.search(query)
    return WIKIDATA.get(found[1].lower(), "") if found else ""


def fitting_views(columns: Sequence[str], bindings: Sequence[Binding]) -> dict[str, Columns]:
    """Return the views that fit the types of the columns, with the columns that each reads."""
    cells = [[row[name] for row in bindings if name in row] for name in columns]
    found: dict[str, Columns] = {}
    points = [n for n, column in enumerate(cells) if _all(column, _is_point)]
    dates = [n for n, column in enumerate(cells) if _all(column, _is_date)]
    numbers = [n for n, column in enumerate(cells) if _all(column, _is_number)]
    degrees = {name.lower(): n for n, name in enumerate(columns) if n in numbers}
    latitude = next((degrees[one] for one in ("lat", "latitude") if one in degrees), None)
    longitude = next(
        (degrees[o] for o in ("long", "lon", "lng", "longitude") if o in degrees), None
    )
    name = _naming(cells, {*points, *dates, *numbers})
    if points:
        found["map"] = (points[0] if name is None else name, points[0], *numbers[:1])
    elif longitude is not None and latitude is not None:
        found["map"] = (latitude if name is None else name, longitude, latitude)
    if dates:
        found["timeline"] = (dates[0] if name is None else name, *dates[:2])
    if numbers and name is not None:
        found["chart"] = (name, numbers[0])
    return found


def _all(column: Sequence[Binding], is_one: Any) -> bool:
    return bool(column) and all(map(is_one, column))


def _is_point(cell: Binding) -> bool:
    return cell.get("datatype") == WKT and point_of(cell["value"]) is not None


def _is_date(cell: Binding) -> bool:
    datatype, text = cell.get("datatype"), cell["value"]
    # what dates imply is remembered, and a query may make texts of any length
    edtf = datatype == EDTF and len(text) <= LONGEST
    return datatype in DATES or (edtf and implied(text) is not None)


def _is_number(cell: Binding) -> bool:
    return cell.get("datatype") in NUMBERS and number_in(Value(cell["value"])) is not None


def _naming(cells: Sequence[Sequence[Binding]], others: set[int]) -> int | None:
    """Return the column that names things: the first of IRIs, else the first of texts."""
    free = [n for n, column in enumerate(cells) if n not in others and column]
    of_iris = [n for n in free if all(cell["type"] == "uri" for cell in cells[n])]
    return next(iter([*of_iris, *free]), None)


def _rows(page: QueryPage, bindings: Sequence[Binding], columns: Columns, view: str) -> list[Cells]:
    rows = []
    for cells, row in zip(page.rows, bindings, strict=True):
        name, first, *more = (cells[n] for n in columns)
        if view == "timeline":
            given = [row.get(page.columns[n]) for n in columns[1:]]
            rows.append((name, first, *_bounds([cell for cell in given if cell])))
        elif view == "map" and first and more[:1] and not point_of(first.text):
            north = more[0].text if more[0] else ""
            rows.append((name, Value(f"POINT({first.text} {north})")))
        else:
            rows.append((name, first, *more))
    return rows


def _bounds(given: Sequence[Binding]) -> tuple[Value | None, ...]:
    """Return the four bounds of one date, or of two that are a begin and an end."""
    sides = [_day_bounds(cell) for cell in given]
    if not sides:
        return (None,) * 4
    bounds = (*sides[0][:2], *sides[-1][2:])
    return tuple(Value(bound) if bound else None for bound in bounds)


def _day_bounds(cell: Binding) -> tuple[str | None, ...]:
    if cell.get("datatype") == EDTF:
        return implied(cell["value"]) or (None,) * 4
    # a month or a year without more: its first and its last day
    return (cell["value"][:10],) * 4
