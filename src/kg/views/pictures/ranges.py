"""Ranges (storey 3): rival values of one measure on one axis.

A value is a point; between a lowest and a highest value is a bar; a side without a bound is an
arrow that leaves the bar: "at least" and "up to" commit to one side only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from kg.views.pages import Value
from kg.views.pictures.axis import Tick, figure, numbers
from kg.views.pictures.lettering import fitted
from kg.views.pictures.picture import NARROW, WIDE, Entry, Picture, drawing
from kg.views.pictures.svg import at, element, group, linked, percent

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


def ranges_of(ranges: Sequence[Range], prefix: str, title: str) -> Picture:
    """Return the ranges in their order, one axis for each unit.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it.
    """
    entries = tuple(Entry(one.name, (Value(in_words(one)), *one.notes)) for one in ranges)
    shown = [one for one in ranges if _numbers(one)][:MOST]
    axes = [tuple(of) for _, of in groupby(sorted(shown, key=_unit), key=_unit)]
    if not axes:
        return Picture("ranges", Markup(""), entries, len(ranges))
    height = sum(TOP + HIGH * len(axis) + BETWEEN for axis in axes)
    drawn = [
        drawing(width_class, prefix, title, ("100%", height), _axes(axes, room))
        for width_class, room in (("narrow", NARROW), ("wide", WIDE))
    ]
    return Picture("ranges", Markup("").join(drawn), entries, len(ranges) - len(shown))


def in_words(one: Range) -> str:
    """Return the numbers of a range in figures.

    >>> in_words(Range(Value("a"), None, 1000, None))
    '≥ 1,000'
    """
    low, high, unit = one.lowest, one.highest, f" {one.unit.text}" if one.unit else ""
    if one.value is not None and low == high == one.value:
        return figure(one.value) + unit
    said = [] if one.value is None else [figure(one.value)]
    if low is not None and high is not None:
        said.append(figure(low) if low == high else f"{figure(low)} to {figure(high)}")
    elif low is not None and low != one.value:
        said.append(f"≥ {figure(low)}")
    elif high is not None and high != one.value:
        said.append(f"≤ {figure(high)}")
    elif low is not None or high is not None:
        said = [f"{'≥' if high is None else '≤'} {said[0]}"]
    return "; ".join(said) + unit


def _unit(one: Range) -> str:
    return one.unit.iri or one.unit.text if one.unit else ""


def _numbers(one: Range) -> list[float]:
    return [n for n in (one.lowest, one.value, one.highest) if n is not None]


def _axes(axes: Sequence[tuple[Range, ...]], room: float) -> list[Markup]:
    drawn, top = [], 0.0
    for axis in axes:
        found = [number for one in axis for number in _numbers(one)]
        # numbers far from zero need no zero: they are points, not lengths
        least = min(found) if min(found) > max(found) * 0.5 else min(0.0, *found)
        ticks = numbers(least, max(found), 4 if room < WIDE else 7)
        foot = top + TOP + HIGH * len(axis)
        drawn.append(_grid(ticks, top, foot))
        drawn += [_range(one, ticks, top + TOP + row * HIGH, room) for row, one in enumerate(axis)]
        top = foot + BETWEEN
    return drawn


def _grid(ticks: Sequence[Tick], top: float, foot: float) -> Markup:
    drawn = []
    for tick in ticks:
        x = percent(_share(tick.at, ticks))
        drawn.append(element("line", x1=x, x2=x, y1=top + TOP - 8, y2=foot))
        drawn.append(element("text", tick.text, x=x, y=top + SIZE, text_anchor="middle"))
    return group(*drawn, class_="grid")


def _share(number: float, ticks: Sequence[Tick]) -> float:
    part = (number - ticks[0].at) / (ticks[-1].at - ticks[0].at)
    return END + part * (1 - 2 * END)


def _range(one: Range, ticks: Sequence[Tick], top: float, room: float) -> Markup:
    wording = f" ({one.notes[-1].text[:40]})" if one.notes else ""
    said = f"{in_words(one)}{wording}"
    text = fitted(f"{said} · {one.name.text}", SIZE, room * (1 - END) - 4)
    first = _share(_numbers(one)[0], ticks)
    # words begin where there is room for them
    words = element("text", text, x=percent(END / 2), y=top + SIZE)
    marks = _marks(one, ticks, top + SIZE + 14)
    title = f"{one.name.text[:200]}: {said}"
    return (
        linked(one.name, words, *marks, title=title, class_="node range") if first >= 0 else words
    )


def _marks(one: Range, ticks: Sequence[Tick], middle: float) -> list[Markup]:
    found = _numbers(one)
    first, last = _share(found[0], ticks), _share(found[-1], ticks)
    drawn = []
    if first != last:
        drawn.append(
            element(
                "rect",
                x=percent(first),
                y=middle - BAR / 2,
                width=percent(last - first),
                height=BAR,
                rx=2,
                class_="perhaps",
            )
        )
    open_below = one.lowest is None and one.highest is not None
    open_above = one.highest is None and one.lowest is not None
    if open_above:
        drawn.append(
            at(percent(last), middle, element("path", d="M0 0H34m-8-6 8 6-8 6", class_="open"))
        )
    if open_below:
        drawn.append(
            at(percent(first), middle, element("path", d="M0 0H-34m8-6-8 6 8 6", class_="open"))
        )
    for number in dict.fromkeys(found):
        exact = number == one.value
        mark = (
            element("circle", r=6, class_="day")
            if exact
            else element("path", d="M0-8V8", class_="bound")
        )
        drawn.append(at(percent(_share(number, ticks)), middle, mark))
    return drawn
