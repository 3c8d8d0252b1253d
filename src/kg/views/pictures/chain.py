"""Chains (storey 3): who cites whom, from the one who speaks here to the one who spoke first."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from kg.views.language import catalogue, direction, marked
from kg.views.pages import Value
from kg.views.pictures.lettering import lines
from kg.views.pictures.picture import NARROW, WIDE, Entry, Picture, drawing
from kg.views.pictures.svg import at, element, linked, percent, text_at, texts_at

# steps that are drawn, and those that stand side by side
MOST, BESIDE = 12, 4
SIZE, SMALL, LINE, PAD = 13, 12, 18, 8
# the share of the width between two steps, and pixels where one stands below another
SPACE, BELOW = 0.09, 30
# agents of a step, details of it, and lines of both
AGENTS, DETAILS, NAMED, SAID = 4, 4, 3, 2
CITING, NOBODY = marked("citing"), marked("somebody who is not named")


@dataclass(frozen=True, slots=True)
class Step:
    """Those who speak in one step, None for one who is not named, and how, where and when."""

    agents: tuple[Value | None, ...]
    details: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A value in lines that fit; `class_` is how it is set."""

    value: Value
    lines: tuple[str, ...]
    class_: str


def steps_of(rows: Sequence[tuple[Value | None, ...]]) -> tuple[Step, ...]:
    """Return the steps that rows make: a step, who speaks, then how, where and when.

    Rows of one step are one; the details are those of the first.
    """
    found = []
    for _, group in groupby((row for row in rows if len(row) > 1), key=lambda row: row[0]):
        same = list(group)
        agents = tuple(dict.fromkeys(row[1] for row in same))
        found.append(Step(agents, tuple(filter(None, same[0][2:]))))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a chain is drawn: its words, and the direction along x in which it is read."""

    prefix: str
    title: str
    citing: str
    nobody: Value
    sign: int


def chain_of(steps: Sequence[Step], prefix: str, title: str, language: str = "en") -> Picture:
    """Return the picture of a chain, mirrored where its language is; one step makes none.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it.
    """
    entries = tuple(
        Entry(agent or Value(""), step.details) for step in steps for agent in step.agents
    )
    shown = steps[:MOST]
    if len(shown) < 2:
        return Picture("chain", Markup(""), entries)
    said = catalogue(language).gettext
    sign = -1 if direction(language) == "rtl" else 1
    page = _Page(prefix, title, said(CITING), Value(said(NOBODY)), sign)
    drawn = [_below(shown, page)]
    if len(shown) <= BESIDE:
        drawn.append(_beside(shown, page))
    return Picture("chain", Markup("").join(drawn), entries, len(steps) - len(shown))


def _lines(step: Step, page: _Page, room: float) -> list[_Line]:
    agents = [agent or page.nobody for agent in step.agents[:AGENTS]]
    said = [(agent, SIZE, NAMED, "who") for agent in agents]
    said += [(detail, SMALL, SAID, "how") for detail in step.details[:DETAILS]]
    return [
        # letters are bold, or may be
        _Line(value, lines(value.text, size * 1.06, room - 2 * PAD, most) or ("",), class_)
        for value, size, most, class_ in said
    ]


def _high(found: Sequence[_Line]) -> int:
    return 2 * PAD - 4 + LINE * sum(len(one.lines) for one in found)


def _texts(found: Sequence[_Line], sign: int) -> list[Markup]:
    """Return the lines of a box, each a link; x counts from where reading begins."""
    drawn, foot = [], PAD + SIZE - 3
    for one in found:
        text = texts_at(one.lines, PAD * sign, foot, LINE, "start" if sign > 0 else "end")
        is_cut = any(line.endswith("…") for line in one.lines)
        title = one.value.text[:300] if is_cut else None
        drawn.append(linked(one.value, text, title=title, class_=f"node {one.class_}"))
        foot += LINE * len(one.lines)
    return drawn


def _rect(x: str, y: int, width: str, high: int) -> Markup:
    return element("rect", x=x, y=y, width=width, height=high, rx=5, class_="box")


def _below(steps: Sequence[Step], page: _Page) -> Markup:
    """Return the steps one below another."""
    content, top = [], 1
    start = "0%" if page.sign > 0 else "100%"
    for number, step in enumerate(steps):
        if number:
            arrow = element("path", d=f"M0 2V{BELOW - 3}m-4.5-7 4.5 7 4.5-7", class_="line")
            word = text_at(page.citing, 10 * page.sign, BELOW / 2 + 4, _side(page), "kind")
            content.append(at(start, top, element("g", arrow, word, transform=_moved(page))))
            top += BELOW
        found = _lines(step, page, NARROW)
        content += [
            _rect("0%", top, "100%", _high(found)),
            at(start, top, *_texts(found, page.sign)),
        ]
        top += _high(found)
    name = "narrow" if len(steps) <= BESIDE else "any"
    return drawing(name, page.prefix, page.title, ("100%", top + 1), content)


def _moved(page: _Page) -> str:
    return f"translate({16 * page.sign})"


def _side(page: _Page) -> str:
    return "start" if page.sign > 0 else "end"


def _beside(steps: Sequence[Step], page: _Page) -> Markup:
    """Return the steps side by side."""
    share = (1 - SPACE * (len(steps) - 1)) / len(steps)
    boxes = [_lines(step, page, share * WIDE) for step in steps]
    high = max(map(_high, boxes))
    content: list[Markup] = []
    for number, found in enumerate(boxes):
        begin = number * (share + SPACE)
        x = begin if page.sign > 0 else 1 - begin - share
        start = percent(begin if page.sign > 0 else 1 - begin)
        if number:
            content.append(_arrow(begin, high, page))
        content += [
            _rect(percent(x), 1, percent(share), high),
            at(start, 1, *_texts(found, page.sign)),
        ]
    return drawing("wide", page.prefix, page.title, ("100%", high + 2), content)


def _arrow(end: float, high: int, page: _Page) -> Markup:
    """Return the arrow that ends at a share of the width, with its word above it."""
    first, last, middle = (
        percent(share if page.sign > 0 else 1 - share)
        for share in (end - SPACE, end, end - SPACE / 2)
    )
    y = high / 2
    line = element("line", x1=first, x2=last, y1=y, y2=y, class_="line")
    head = element("path", d=f"M{-8 * page.sign}-4.5 0 0l{-8 * page.sign} 4.5", class_="line")
    word = text_at(page.citing, middle, y - 8, "middle", "kind")
    return line + at(last, y, head) + word
