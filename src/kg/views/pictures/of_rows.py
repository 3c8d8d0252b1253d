"""Pictures out of rows of values (storey 3): which columns each kind reads.

docs/panels.md says the same for those who write queries.
"""

from collections.abc import Sequence

from kg.views.pages import Value
from kg.views.pictures.axis import day_of
from kg.views.pictures.chain import chain_of, steps_of
from kg.views.pictures.chart import Bar, chart_of
from kg.views.pictures.geometry import point_of
from kg.views.pictures.graph import Relation, graph_of
from kg.views.pictures.map import map_of
from kg.views.pictures.picture import Picture
from kg.views.pictures.points import Place
from kg.views.pictures.ranges import Range, ranges_of
from kg.views.pictures.timeline import Span, timeline_of
from kg.views.pictures.tree import tree_of
from kg.views.trees import MARKS, trees

Cells = tuple[Value | None, ...]


def picture_of(
    kind: str, rows: Sequence[Cells], prefix: str, title: str, language: str = "en"
) -> Picture | None:
    """Return the picture of that kind which rows make, or None where they make none.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it;
    `language` is that of its own words, such as the names of countries.
    """
    if kind == "map":
        places = [place for row in rows if (place := _place(row))]
        return map_of(places, prefix, title, language) if places else None
    if kind == "timeline":
        spans = [span for row in rows if (span := _span(row))]
        return timeline_of(spans, prefix, title) if spans else None
    if kind == "ranges":
        ranges = [one for row in rows if (one := _range(row))]
        return ranges_of(ranges, prefix, title, language) if ranges else None
    if kind == "chart":
        bars = [bar for row in rows if (bar := _bar(row))]
        return chart_of(bars, prefix, title, language) if bars else None
    return _of_relations(kind, rows, prefix, title, language)


def _of_relations(
    kind: str, rows: Sequence[Cells], prefix: str, title: str, language: str
) -> Picture | None:
    if kind == "chain":
        steps = steps_of(rows)
        return chain_of(steps, prefix, title, language) if steps else None
    if kind == "tree":
        branches = trees(_padded(row, 3) for row in rows)
        return tree_of(branches, prefix, title, language) if branches else None
    if kind == "graph":
        relations = [one for row in rows if (one := _relation(row))]
        return graph_of(relations, prefix, title, language) if relations else None
    return None


def number_in(cell: Value | None) -> float | None:
    """Return the number that a cell holds, None where it holds none."""
    try:
        found = float(cell.text) if cell and not cell.iri else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < 1e300 else None


def _padded(row: Cells, length: int) -> Cells:
    return row + (None,) * (length - len(row))


def _place(row: Cells) -> Place | None:
    name, point, *notes = _padded(row, 2)
    where = point_of(point.text) if name and point else None
    if not (name and where):
        return None
    count = number_in(notes[0]) if notes else None
    return Place(name, *where, count, tuple(filter(None, notes)))


def _span(row: Cells) -> Span | None:
    name, time, *bounds = _padded(row, 6)[:6]
    if not name:
        return None
    days = [
        day_of(bound.text, last=place % 2 == 1) if bound else None
        for place, bound in enumerate(bounds)
    ]
    return Span(name, time.text if time else "", *days)


def _range(row: Cells) -> Range | None:
    name, value, lowest, highest, unit, *notes = _padded(row, 5)
    numbers = number_in(value), number_in(lowest), number_in(highest)
    if not name or numbers == (None, None, None):
        return None
    return Range(name, *numbers, unit, tuple(filter(None, notes)))


def _relation(row: Cells) -> Relation | None:
    source, name, target, mark = _padded(row, 4)[:4]
    kind = mark.text if mark and mark.text in MARKS else ""
    return Relation(source, target, name, kind) if source and target else None


def _bar(row: Cells) -> Bar | None:
    name, size = _padded(row, 2)[:2]
    number = number_in(size)
    return Bar(name, number) if name and number is not None else None
