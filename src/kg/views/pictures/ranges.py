"""Ranges (storey 3): rival values of one measure on one axis.

A value is a point; between a lowest and a highest value is a bar; a side without a bound is an
arrow that leaves the bar: "at least" and "up to" commit to one side only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from kg.views.language import direction
from kg.views.pages import Value
from kg.views.pictures.axis import Tick, figure, numbers
from kg.views.pictures.lettering import fitted, width
from kg.views.pictures.picture import NARROW, WIDE, Entry, Picture, drawing
from kg.views.pictures.svg import at, element, group, linked, percent, text_at

# ranges that are drawn; the list has all
MOST = 60
SIZE, TOP, HIGH, BAR = 13, 28, 46, 8
# the space between two measures, and at both ends of an axis
BETWEEN, END = 18, 0.05


@dataclass(frozen=True, slots=True)
class Range:
    """A thing and how much it says: a value, bounds, or both; None where it commits to none.

    Those of one `unit` share an axis; `notes` are shown in the list, the last one as wording.
    """

    name: Value
    value: float | None
    lowest: float | None
    highest: float | None
    unit: Value | None = None
    notes: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class _Axis:
    """The lines of an axis, the pixels that it surely has, and its language."""

    ticks: tuple[Tick, ...]
    room: float
    language: str

    def share(self, number: float) -> float:
        first, last = self.ticks[0], self.ticks[-1]
        # half of the words at both ends must have room
        end = max(END, *(width(tick.text, SIZE) / 2 / self.room for tick in (first, last)))
        return end + (number - first.at) / (last.at - first.at) * (1 - 2 * end)


def ranges_of(ranges: Sequence[Range], prefix: str, title: str, language: str = "en") -> Picture:
    """Return the ranges in their order, one axis for each unit.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it;
    numbers are written as in `language`.
    """
    entries = tuple(Entry(one.name, (Value(in_words(one, language)), *one.notes)) for one in ranges)
    shown = [one for one in ranges if _numbers(one)][:MOST]
    axes = [tuple(of) for _, of in groupby(sorted(shown, key=_unit), key=_unit)]
    if not axes:
        return Picture("ranges", Markup(""), entries, len(ranges))
    height = sum(TOP + HIGH * len(axis) + BETWEEN for axis in axes)
    drawn = [
        drawing(width_class, prefix, title, ("100%", height), _axes(axes, room, language))
        for width_class, room in (("narrow", NARROW), ("wide", WIDE))
    ]
    return Picture("ranges", Markup("").join(drawn), entries, len(ranges) - len(shown))


def in_words(one: Range, language: str = "en") -> str:
    """Return the numbers of a range in figures.

    >>> in_words(Range(Value("a"), None, 1000, None))
    '≥ 1,000'
    """
    value, low, high = (
        None if number is None else figure(number, language)
        for number in (one.value, one.lowest, one.highest)
    )
    unit = f" {one.unit.text}" if one.unit else ""
    if value is not None and low == high == value:
        return value + unit
    said = [] if value is None else [value]
    if low is not None and high is not None:
        said.append(low if low == high else f"{low} \N{EN DASH} {high}")
    elif low is not None and low != value:
        said.append(f"≥ {low}")
    elif high is not None and high != value:
        said.append(f"≤ {high}")
    elif low is not None or high is not None:
        said = [f"{'≥' if high is None else '≤'} {said[0]}"]
    return "; ".join(said) + unit


def _unit(one: Range) -> str:
    return one.unit.iri or one.unit.text if one.unit else ""


def _numbers(one: Range) -> list[float]:
    return [n for n in (one.lowest, one.value, one.highest) if n is not None]


def _axes(axes: Sequence[tuple[Range, ...]], room: float, language: str) -> list[Markup]:
    drawn, top = [], 0.0
    for of in axes:
        found = [number for one in of for number in _numbers(one)]
        # numbers far from zero need no zero: they are points, not lengths
        least = min(found) if min(found) > max(found) * 0.5 else min(0.0, *found)
        ticks = numbers(least, max(found), 3 if room < WIDE else 7, language)
        axis, foot = _Axis(ticks, room, language), top + TOP + HIGH * len(of)
        drawn.append(_grid(axis, top, foot))
        drawn += [_range(one, axis, top + TOP + row * HIGH) for row, one in enumerate(of)]
        top = foot + BETWEEN
    return drawn


def _grid(axis: _Axis, top: float, foot: float) -> Markup:
    drawn = []
    for tick in axis.ticks:
        x = percent(axis.share(tick.at))
        drawn.append(element("line", x1=x, x2=x, y1=top + TOP - 8, y2=foot))
        drawn.append(element("text", tick.text, x=x, y=top + SIZE, text_anchor="middle"))
    return group(*drawn, class_="grid")


def _range(one: Range, axis: _Axis, top: float) -> Markup:
    wording = f" ({one.notes[-1].text[:40]})" if one.notes else ""
    said = f"{in_words(one, axis.language)}{wording}"
    right = direction(axis.language) == "rtl"
    text = fitted(f"{said} · {one.name.text}", SIZE, axis.room * (1 - END) - 4)
    place = (percent(1 - END / 2), "end") if right else (percent(END / 2), "start")
    named = text_at(text, place[0], top + SIZE, place[1])
    title = f"{one.name.text[:200]}: {said}"
    marks = _marks(one, axis, top + SIZE + 14)
    return linked(one.name, named, *marks, title=title, class_="node range")


def _marks(one: Range, axis: _Axis, middle: float) -> list[Markup]:
    found = _numbers(one)
    first, last = axis.share(found[0]), axis.share(found[-1])
    drawn = []
    if first != last:
        drawn.append(_bar(first, last, middle))
    if one.highest is None and one.lowest is not None:
        drawn.append(_mark(last, middle, "open", "M0 0H34m-8-6 8 6-8 6"))
    if one.lowest is None and one.highest is not None:
        drawn.append(_mark(first, middle, "open", "M0 0H-34m8-6-8 6 8 6"))
    for number in dict.fromkeys(found):
        if number == one.value:
            dot = element("circle", r=6, class_="day")
            drawn.append(at(percent(axis.share(number)), middle, dot))
        else:
            drawn.append(_mark(axis.share(number), middle, "bound", "M0-8V8"))
    return drawn


def _bar(first: float, last: float, middle: float) -> Markup:
    x, width = percent(first), percent(last - first)
    y = middle - BAR / 2
    return element("rect", x=x, y=y, width=width, height=BAR, rx=2, class_="perhaps")


def _mark(share: float, middle: float, class_: str, path: str) -> Markup:
    return at(percent(share), middle, element("path", d=path, class_=class_))
