"""Timelines (storey 3): when things began and ended, as exactly as it is known.

What surely is within the bounds is solid; between the earliest and the latest bound it is hatched
by a dashed outline, so that a month or a year never looks like a day; an open side has an arrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from markupsafe import Markup

from kg.views.pages import Value
from kg.views.pictures.axis import Day, years
from kg.views.pictures.lettering import LONGEST, fitted, lines, width
from kg.views.pictures.picture import NARROW, WIDE, Entry, Picture, drawing
from kg.views.pictures.svg import at, clipped, element, group, linked, percent, text_at

# spans that are drawn; the list has all
MOST = 120
SIZE, GAP = 13, 7
TOP, FOOT, BAR, DIAMOND = 30, 10, 11, 7
# a row with words beside the bar, one with a line of words above it, and what a second line takes
BESIDE, ABOVE, LINE = 25, 42, 16
# where a name has less room beside its bar, all names stand above theirs
ROOM = 200
# days that stand for an open side, at least
OPEN = 90


@dataclass(frozen=True, slots=True)
class Span:
    """When a thing was: the bounds of its begin and of its end, None at an open side.

    `time` is its time in words; days are those of `date.toordinal`.
    """

    name: Value
    time: str
    begins: int | None
    begun: int | None
    ends: int | None
    ended: int | None


@dataclass(frozen=True, slots=True)
class _Scale:
    """The days that a drawing shows, and the pixels that it surely has for them."""

    first: int
    last: int
    room: float

    def share(self, day: int) -> float:
        return (day - self.first) / (self.last - self.first)

    def pixels(self, day: int) -> float:
        return self.share(day) * self.room


@dataclass(frozen=True, slots=True)
class _Words:
    """A name: its anchor, the share of the width there, the pixels from it, and where it begins.

    `lines` are the name, of which the widest is `text`.
    """

    text: str
    anchor: str
    share: float
    shift: float
    start: float
    lines: tuple[str, ...] = ()


def timeline_of(spans: Sequence[Span], prefix: str, title: str) -> Picture:
    """Return the timeline of these spans, the earliest on top; those without any day are left out.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it.
    """
    entries = tuple(Entry(span.name, (Value(span.time),) if span.time else ()) for span in spans)
    known = [span for span in spans if _days(span)]
    shown = sorted(known, key=lambda span: (_days(span)[0], -_days(span)[-1], span.name.text))[
        :MOST
    ]
    if not shown:
        return Picture("timeline", Markup(""), entries, len(spans))
    drawn = [
        _drawing(shown, width_class, room, prefix, title)
        for width_class, room in (("narrow", NARROW), ("wide", WIDE))
    ]
    return Picture("timeline", Markup("").join(drawn), entries, len(spans) - len(shown))


def _days(span: Span) -> list[int]:
    bounds = attrgetter("begins", "begun", "ends", "ended")(span)
    return sorted(day for day in bounds if day is not None)


def _name(span: Span) -> str:
    return clipped(span.name.text, LONGEST)


def _drawing(
    spans: Sequence[Span], width_class: str, room: float, prefix: str, title: str
) -> Markup:
    days = [day for span in spans for day in (_days(span)[0], _days(span)[-1])]
    ticks = years(min(days), max(days), room)
    scale = _Scale(ticks[0].at, ticks[-1].at, room)
    beside = width_class == "wide" and all(_is_roomy(span, scale) for span in spans)
    placed, rows = _packed(spans, scale, beside=beside)
    # names that are longer than the drawing is wide have two lines
    long = any(width(_name(span), SIZE) > room for span in spans)
    high = BESIDE if beside else ABOVE + LINE * long
    height = TOP + rows * high + FOOT
    content = [_grid(ticks, scale, height)]
    content += [
        _span(span, scale, TOP + (row + 1) * high, beside=beside)
        for span, row in zip(spans, placed, strict=True)
    ]
    return drawing(width_class, prefix, title, ("100%", height), content)


def _grid(ticks: Sequence[Day], scale: _Scale, height: float) -> Markup:
    drawn = []
    for tick in ticks:
        x = percent(scale.share(tick.at))
        drawn.append(element("line", x1=x, x2=x, y1=TOP - 6, y2=height))
        anchor = {ticks[0].at: "start", ticks[-1].at: "end"}.get(tick.at, "middle")
        drawn.append(element("text", tick.text, x=x, y=TOP - 13, text_anchor=anchor))
    return group(*drawn, class_="grid")


def _edges(span: Span, scale: _Scale) -> tuple[int, int]:
    """Return the first and the last day that are drawn; an open side reaches some way out."""
    days = _days(span)
    far = max(OPEN, round((scale.last - scale.first) * 0.06))
    first = days[0] if span.begins is not None else max(scale.first, days[0] - far)
    last = days[-1] if span.ended is not None else min(scale.last, days[-1] + far)
    return first, last


def _is_roomy(span: Span, scale: _Scale) -> bool:
    """Whether a name has room beside its bar, for most of it at least."""
    words = _beside(span, scale)
    return words.text == _name(span) or width(words.text, SIZE) >= ROOM


def _beside(span: Span, scale: _Scale) -> _Words:
    """Return the name behind the bar, or before it where there is more room."""
    first, last = (scale.pixels(day) for day in _edges(span, scale))
    # a day is drawn wider than it is
    gap = GAP + (DIAMOND if first == last else 0)
    after, before = scale.room - last - gap, first - gap
    if width(_name(span), SIZE) <= after or after >= before:
        text = fitted(_name(span), SIZE, after)
        start = last + gap
        return _Words(text, "start", scale.share(_edges(span, scale)[1]), gap, start)
    text = fitted(_name(span), SIZE, before)
    start = first - gap - width(text, SIZE)
    return _Words(text, "end", scale.share(_edges(span, scale)[0]), -gap, start)


def _above(span: Span, scale: _Scale) -> _Words:
    """Return the name above the bar: from its begin, to its end, or to the edge of the drawing."""
    first, last = _edges(span, scale)
    long = width(_name(span), SIZE)
    if long <= scale.room - scale.pixels(first):
        return _Words(_name(span), "start", scale.share(first), 0, scale.pixels(first))
    if long <= scale.pixels(last):
        return _Words(_name(span), "end", scale.share(last), 0, scale.pixels(last) - long)
    broken = lines(_name(span), SIZE, min(long, scale.room), 2)
    text = max(broken, key=lambda line: width(line, SIZE))
    return _Words(text, "end", 1.0, 0, scale.room - width(text, SIZE), broken)


def _packed(spans: Sequence[Span], scale: _Scale, *, beside: bool) -> tuple[list[int], int]:
    """Return the row of each span, the first one that has room, and how many rows there are."""
    free: list[float] = []
    placed = []
    for span in spans:
        first, last = (scale.pixels(day) for day in _edges(span, scale))
        words = _beside(span, scale) if beside else _above(span, scale)
        start = min(first, words.start)
        end = max(last, words.start + width(words.text, SIZE))
        row = next((row for row, till in enumerate(free) if till + 2 * GAP <= start), len(free))
        free[row : row + 1] = [end]
        placed.append(row)
    return placed, len(free)


def _span(span: Span, scale: _Scale, end: float, *, beside: bool) -> Markup:
    """Return a span with its name; its row ends there."""
    words = _beside(span, scale) if beside else _above(span, scale)
    y = end - (BESIDE + BAR) / 2 if beside else end - (ABOVE - SIZE - 8)
    foot = end - BESIDE / 2 + SIZE * 0.35 if beside else end - ABOVE + SIZE
    names = words.lines or (words.text,)
    top = foot - LINE * (len(names) - 1)
    texts = [
        text_at(name, words.shift, top + LINE * below, words.anchor)
        for below, name in enumerate(names)
    ]
    return linked(
        span.name,
        *_marks(span, scale, y),
        *(at(percent(words.share), 0, text) for text in texts),
        title=f"{span.name.text[:200]}: {span.time}",
        class_="node span",
    )


def _marks(span: Span, scale: _Scale, y: float) -> list[Markup]:
    first, last = _edges(span, scale)
    if first == last:
        middle = y + BAR / 2
        diamond = element("path", d=f"M0 {middle - 7}l7 7-7 7-7-7Z", class_="day")
        return [at(percent(scale.share(first)), 0, diamond)]
    drawn = []
    surely = span.begun is not None and span.ends is not None and span.begun < span.ends
    if not (surely and span.begun == first and span.ends == last):
        drawn.append(_bar(scale, first, last, y, "perhaps"))
    if surely and span.begun is not None and span.ends is not None:
        drawn.append(_bar(scale, span.begun, span.ends, y, "surely"))
    if span.begins is None:
        arrow = element("path", d=f"M6 {y - 1}l-8 {BAR / 2 + 1} 8 {BAR / 2 + 1}Z", class_="open")
        drawn.append(at(percent(scale.share(first)), 0, arrow))
    if span.ended is None:
        arrow = element("path", d=f"M-6 {y - 1}l8 {BAR / 2 + 1}-8 {BAR / 2 + 1}Z", class_="open")
        drawn.append(at(percent(scale.share(last)), 0, arrow))
    return drawn


def _bar(scale: _Scale, first: int, last: int, y: float, class_: str) -> Markup:
    # a day has a width too
    share = scale.share(last + 1) - scale.share(first)
    return element(
        "rect",
        x=percent(scale.share(first)),
        y=y,
        width=percent(share),
        height=BAR,
        rx=2,
        class_=class_,
    )
