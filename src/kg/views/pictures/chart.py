"""Bar charts (storey 3): things and numbers, each with its number written out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from kg.views.language import direction
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


@dataclass(frozen=True, slots=True)
class _Frame:
    """The bounds that bars have in common, pixels for a number, and whether they grow leftwards."""

    low: float
    high: float
    number: float
    right: bool

    @property
    def sign(self) -> int:
        """The direction along x in which bars grow."""
        return -1 if self.right else 1

    @property
    def start(self) -> str:
        """The anchor of a text that grows as bars do."""
        return "end" if self.right else "start"

    @property
    def end(self) -> str:
        """The other anchor."""
        return "start" if self.right else "end"

    def along(self, share: float) -> str:
        return percent(1 - share if self.right else share)

    def share(self, number: float, room: tuple[float, float]) -> float:
        part = (number - self.low) / (self.high - self.low)
        return room[0] + part * (room[1] - room[0])


def chart_of(bars: Sequence[Bar], prefix: str, title: str, language: str = "en") -> Picture:
    """Return the chart of these bars in their order; all begin at zero.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it;
    numbers are written as in `language`, and bars grow from the side where it begins.
    """
    bars = [replace(bar, text=figure(bar.size, language)) for bar in bars]
    entries = tuple(Entry(bar.name, (Value(bar.text),)) for bar in bars)
    shown = bars[:MOST]
    if not shown:
        return Picture("chart", Markup(""), entries)
    low, high = min(0.0, *(bar.size for bar in shown)), max(0.0, *(bar.size for bar in shown))
    bounds = (low, high if high > low else low + 1)
    frame = _Frame(*bounds, _number(shown), direction(language) == "rtl")
    drawn = [
        drawing("narrow", prefix, title, ("100%", ABOVE * len(shown)), _above(shown, frame)),
        drawing("wide", prefix, title, ("100%", BESIDE * len(shown)), _beside(shown, frame)),
    ]
    return Picture("chart", Markup("").join(drawn), entries, len(bars) - len(shown))


def _above(bars: Sequence[Bar], frame: _Frame) -> list[Markup]:
    drawn = []
    for row, bar in enumerate(bars):
        top = row * ABOVE
        text = text_at(fitted(bar.name.text, SIZE, NARROW), 0, top + SIZE, frame.start)
        marks = _marks(bar, frame, (0.0, 1 - frame.number / NARROW), top + SIZE + 8)
        name = at(frame.along(0), 0, text)
        drawn.append(linked(bar.name, name, *marks, title=_title(bar), class_="node bar"))
    return drawn


def _beside(bars: Sequence[Bar], frame: _Frame) -> list[Markup]:
    drawn = []
    for row, bar in enumerate(bars):
        middle = row * BESIDE + BESIDE / 2
        text = fitted(bar.name.text, SIZE, WIDE * NAMES - GAP)
        marks = _marks(bar, frame, (NAMES, 1 - frame.number / WIDE), middle - BAR / 2)
        foot = middle + SIZE * 0.35
        name = at(frame.along(NAMES), 0, text_at(text, -GAP * frame.sign, foot, frame.end))
        drawn.append(linked(bar.name, name, *marks, title=_title(bar), class_="node bar"))
    return drawn


def _marks(bar: Bar, frame: _Frame, room: tuple[float, float], top: float) -> list[Markup]:
    """Return the bar and its number in a room, two shares of the width."""
    zero, end = (frame.share(number, room) for number in (0.0, bar.size))
    first, last = min(zero, end), max(zero, end)
    share = max(last - first, 0.002)
    foot = top + BAR / 2 + SIZE * 0.35
    number = text_at(bar.text, GAP * frame.sign, foot, frame.start, class_="number")
    return [
        element(
            "rect",
            x=frame.along(first + share if frame.right else first),
            y=top,
            width=percent(share),
            height=BAR,
            rx=2,
            class_="surely",
        ),
        at(frame.along(last), 0, number),
    ]


def _number(bars: Sequence[Bar]) -> float:
    return max(width(bar.text, SIZE) for bar in bars) + GAP + 2


def _title(bar: Bar) -> str:
    return f"{bar.name.text[:200]}: {bar.text}"
