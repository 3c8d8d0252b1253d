"""Bar charts (storey 3): things and numbers, each with its number written out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from kg.views.pages import Value
from kg.views.pictures.axis import figure
from kg.views.pictures.lettering import fitted, width
from kg.views.pictures.picture import NARROW, WIDE, Entry, Picture, drawing
from kg.views.pictures.svg import at, element, linked, percent, text_at

# bars that are drawn; the list has all
MOST = 40
SIZE, GAP, BAR = 13, 8, 12
# a row with its name beside the bar, and one with the name above
BESIDE, ABOVE = 28, 42
# the share of the width that names have beside their bars
NAMES = 0.34


@dataclass(frozen=True, slots=True)
class Bar:
    """A thing and its number, which is written as `text`."""

    name: Value
    size: float
    text: str = ""


def chart_of(bars: Sequence[Bar], prefix: str, title: str, language: str = "en") -> Picture:
    """Return the chart of these bars in their order; all begin at zero.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it;
    numbers are written as in `language`.
    """
    bars = [replace(bar, text=figure(bar.size, language)) for bar in bars]
    entries = tuple(Entry(bar.name, (Value(bar.text),)) for bar in bars)
    shown = bars[:MOST]
    if not shown:
        return Picture("chart", Markup(""), entries)
    low, high = min(0.0, *(bar.size for bar in shown)), max(0.0, *(bar.size for bar in shown))
    bounds = (low, high if high > low else low + 1)
    drawn = [
        drawing("narrow", prefix, title, ("100%", ABOVE * len(shown)), _above(shown, bounds)),
        drawing("wide", prefix, title, ("100%", BESIDE * len(shown)), _beside(shown, bounds)),
    ]
    return Picture("chart", Markup("").join(drawn), entries, len(bars) - len(shown))


def _above(bars: Sequence[Bar], bounds: tuple[float, float]) -> list[Markup]:
    drawn = []
    for row, bar in enumerate(bars):
        top = row * ABOVE
        name = text_at(fitted(bar.name.text, SIZE, NARROW), 0, top + SIZE)
        marks = _marks(bar, bounds, (0.0, 1 - _number(bars) / NARROW), top + SIZE + 8)
        drawn.append(linked(bar.name, name, *marks, title=_title(bar), class_="node bar"))
    return drawn


def _beside(bars: Sequence[Bar], bounds: tuple[float, float]) -> list[Markup]:
    drawn = []
    for row, bar in enumerate(bars):
        middle = row * BESIDE + BESIDE / 2
        text = fitted(bar.name.text, SIZE, WIDE * NAMES - GAP)
        marks = _marks(bar, bounds, (NAMES, 1 - _number(bars) / WIDE), middle - BAR / 2)
        name = at(percent(NAMES), 0, text_at(text, -GAP, middle + SIZE * 0.35, "end"))
        drawn.append(linked(bar.name, name, *marks, title=_title(bar), class_="node bar"))
    return drawn


def _marks(
    bar: Bar, bounds: tuple[float, float], room: tuple[float, float], top: float
) -> list[Markup]:
    """Return the bar and its number in a room, two shares of the width."""
    zero, end = (_share(number, bounds, room) for number in (0.0, bar.size))
    first, last = min(zero, end), max(zero, end)
    number = text_at(bar.text, GAP, top + BAR / 2 + SIZE * 0.35, class_="number")
    return [
        element(
            "rect",
            x=percent(first),
            y=top,
            width=percent(max(last - first, 0.002)),
            height=BAR,
            rx=2,
            class_="surely",
        ),
        at(percent(last), 0, number),
    ]


def _share(number: float, bounds: tuple[float, float], room: tuple[float, float]) -> float:
    part = (number - bounds[0]) / (bounds[1] - bounds[0])
    return room[0] + part * (room[1] - room[0])


def _number(bars: Sequence[Bar]) -> float:
    return max(width(bar.text, SIZE) for bar in bars) + GAP + 2


def _title(bar: Bar) -> str:
    return f"{bar.name.text[:200]}: {bar.text}"
