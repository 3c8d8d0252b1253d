"""Views of an answer (storey 3): which pictures fit its columns, and which one is shown.

A comment in the query, as Wikidata's query service has it, says which view comes first.
Source: https://www.wikidata.org/wiki/Wikidata:SPARQL_query_service/Wikidata_Query_Help/Result_Views
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import XSD
from kg.source.checks.times import EDTF, implied
from kg.views.language import marked
from kg.views.pages import QueryPage, Value, ViewLink
from kg.views.pictures.geometry import point_of
from kg.views.pictures.of_rows import Cells, number_in, picture_of

# the views beside the table, in the order of their links
DRAWN = MappingProxyType(
    {"map": marked("Map"), "timeline": marked("Timeline"), "chart": marked("Chart")}
)
WIKIDATA = MappingProxyType(
    {"table": "table", "map": "map", "timeline": "timeline", "barchart": "chart"}
)
COMMENT = re.compile(r"^[ \t]*#[ \t]*defaultView[ \t]*:[ \t]*(\w+)", re.IGNORECASE | re.MULTILINE)

WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
DATES = frozenset(f"{XSD}{name}" for name in ("date", "dateTime", "gYear", "gYearMonth"))
NUMBERS = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float", "int"))

Binding = Mapping[str, Any]
# which columns a view reads, in its order
Columns = tuple[int, ...]


def with_views(
    page: QueryPage, snapshot: Snapshot, bindings: Sequence[Binding], wanted: str
) -> QueryPage:
    """Return a page of rows with links to the views that fit, and the picture of the one shown.

    `bindings` are the rows as SPARQL's JSON has them; `wanted` is the view in the URL, or "".
    """
    shown = bindings[: len(page.rows)]
    fitting = fitting_views(page.columns, shown)
    view = next(
        (v for v in (wanted, default_view(page.query)) if v in (*fitting, "table")), "table"
    )
    names = [("table", marked("Table")), *((name, DRAWN[name]) for name in fitting)]
    links = tuple(
        ViewLink(words, f"/sparql?{urlencode({'query': page.query, 'view': name})}", name == view)
        for name, words in names
    )
    picture = None
    if view != "table":
        rows = _rows(page, shown, fitting[view], view)
        picture = picture_of(view, rows, "kg-view", page.query[:80], snapshot.languages[0])
    return replace(
        page,
        view=view,
        views=links if fitting else (),
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
    datatype = cell.get("datatype")
    return datatype in DATES or (datatype == EDTF and implied(cell["value"]) is not None)


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
