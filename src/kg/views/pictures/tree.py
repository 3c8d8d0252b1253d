"""Trees (storey 3): what hangs on what, a column for each step, or indented where it is narrow.

How a node hangs on the one above is said in words, and shown by a line: of its own colour and
kind where the rows call it for, against or strain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup

from kg.views.language import direction
from kg.views.pictures.picture import BROAD, NARROW, WIDE, Entry, Picture, drawing
from kg.views.pictures.svg import (
    TITLE,
    at,
    clipped,
    element,
    linked,
    percent,
    text_at,
    texts_at,
)
from kg.views.pictures.tree_boxes import (
    BETWEEN,
    FEW,
    LINE,
    PAD,
    SIZE,
    Box,
    Frame,
    boxed,
    cut,
    frame,
    longest_word,
    single,
    size,
    steps_of,
    unseen,
    word,
)
from kg.views.trees import Branch


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be drawn: trees, what the first of them hangs on, and what stands out."""

    branches: tuple[Branch, ...]
    above: tuple[Branch, ...]
    this: str
    prefix: str
    title: str


def tree_of(
    branches: Sequence[Branch],
    prefix: str,
    title: str,
    language: str = "en",
    *,
    this: str = "",
    above: Sequence[Branch] = (),
) -> Picture:
    """Return the picture of trees, one below another; mirrored where its language is.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it; the
    node with the IRI `this` stands out. What the first tree itself hangs on may stand `above` it,
    each with the way in which it does. Steps are drawn as a whole or not at all: how many nodes
    hang unseen on a node stands beside it.
    """
    asked = _Asked(cut(branches), tuple(above), this, prefix, title)
    return _picture(branches, asked, language, (("narrow", NARROW), ("wide", WIDE)))


def broad_tree_of(branch: Branch, prefix: str, title: str, language: str = "en") -> Picture:
    """Return the picture of one tree for a page that is wide; on others there is its list alone."""
    asked = _Asked(cut([branch], FEW), (), "", prefix, title)
    return _picture([branch], asked, language, (("broad", BROAD),))


def _picture(
    branches: Sequence[Branch],
    asked: _Asked,
    language: str,
    kinds: Sequence[tuple[str, float]],
) -> Picture:
    entries = tuple(chain.from_iterable(map(_entries, branches)))
    shown = asked.branches
    if not shown:
        return Picture("tree", Markup(""), entries)
    right, words = direction(language) == "rtl", longest_word([*shown, *asked.above])
    steps = max(map(steps_of, shown)) + bool(asked.above)
    frames = (frame(name, room, steps, words, right=right) for name, room in kinds)
    drawn = Markup("").join(_drawing(asked, of) for of in frames)
    return Picture("tree", drawn, entries, sum(map(size, branches)) - sum(map(size, shown)))


def _entries(branch: Branch) -> Iterator[Entry]:
    for child in branch.children:
        yield Entry(child.node, tuple(filter(None, (child.kind, branch.node))))
        yield from _entries(child)


def _drawing(asked: _Asked, of: Frame) -> Markup:
    top, over = 2, []
    for branch in asked.above:
        over.append(single(branch, 0, top, of, up=True))
        top = over[-1].foot + BETWEEN
    roots: list[Box] = []
    top = top if of.indented else 2
    for branch in asked.branches:
        roots.append(boxed(branch, int(bool(over)), top, of))
        top = roots[-1].foot + 2 * BETWEEN
    every = list(chain.from_iterable(box.all() for box in (*over, *roots)))
    content = [
        *(_edges(box, of) for box in every if box.children),
        *(_edges_up(over, roots[0], of) if over else ()),
        *(_node(box, of, asked.this) for box in every),
    ]
    foot = max(box.foot for box in every) + 2
    return drawing(of.name, asked.prefix, asked.title, ("100%", foot), content)


def _edges(box: Box, of: Frame) -> Markup:
    """Return the lines from what hangs on a node to the node."""
    sign, away = of.sign, 8 if of.indented else 16
    first = box.top + box.high if of.indented else box.middle
    x = -away * sign
    drawn = [element("path", d=f"M{x} {first}V{box.children[-1].middle}", class_="line")]
    drawn += [
        element("path", d=f"M{x} {child.middle}h{-x}", class_=_class("line", child.branch))
        for child in box.children
    ]
    found = at(of.start(box.step + 1), 0, *drawn)
    if of.indented:
        return found
    return found + _back(box.middle, of, box.step) + _arrow(box, of)


def _edges_up(over: Sequence[Box], root: Box, of: Frame) -> list[Markup]:
    """Return the lines from a tree to what it hangs on."""
    sign, away = of.sign, 8 if of.indented else 16
    x = -away * sign
    first = over[0].top + over[0].high if of.indented else over[0].middle
    feet = (root.middle, first, *(box.middle for box in over if not of.indented))
    trunk = element("path", d=f"M{x} {min(feet)}V{max(feet)}M{x} {root.middle}H0", class_="line")
    drawn = [at(of.start(1), 0, trunk)]
    for box in over if not of.indented else ():
        drawn += [_back(box.middle, of, 0, _class("line", box.branch)), _arrow(box, of)]
    return drawn


def _back(y: int, of: Frame, step: int, class_: str = "line") -> Markup:
    """Return the line from where those of the next column meet to the end of this one."""
    shift = f"translate({-16 * of.sign})"
    x1, x2 = of.end(step), of.start(step + 1)
    line = element("line", x1=x1, x2=x2, y1=y, y2=y, class_=class_, transform=shift)
    return line + at(x1, y, element("path", d=f"M0 0h{16 * of.sign}", class_=class_))


def _arrow(box: Box, of: Frame) -> Markup:
    head = element("path", d=f"M{of.sign * 7}-4.5 0 0l{of.sign * 7} 4.5", class_="line")
    return at(of.end(box.step), box.middle, head)


def _class(name: str, branch: Branch) -> str:
    return f"{name} {branch.mark}".strip()


def _node(box: Box, of: Frame, this: str) -> Markup:
    branch = box.branch
    start, share = of.columns[box.step]
    here = " here" if this and branch.node.iri == this else ""
    rect = element(
        "rect",
        x=percent(1 - start - share if of.right else start),
        y=box.top,
        width=percent(share),
        height=box.high,
        rx=5,
        class_=f"box{here}{' again' if branch.again else ''}",
    )
    content = [rect, at(of.start(box.step), box.top, *_texts(box, of.sign))]
    ends = _ends(box, of.sign)
    if ends:
        content.append(at(of.end(box.step), box.top, *ends))
    title = ": ".join(filter(None, (word(branch), branch.node.text[:250])))
    # a name for whoever reads aloud must be what is shown: where that is cut, or more, a title is
    titled = bool(ends) or branch.kind or any(line.endswith("…") for line in box.lines)
    named = None if titled else clipped(branch.node.text, TITLE)
    return linked(branch.node, *content, title=title if titled else None, label=named)


def _side(sign: int) -> str:
    return "start" if sign > 0 else "end"


def _texts(box: Box, sign: int) -> list[Markup]:
    """Return the words of a node; x counts from where reading begins."""
    foot, drawn = PAD + SIZE - 2, []
    if box.branch.kind and not box.up:
        kind = _class("kind", box.branch)
        drawn.append(text_at(word(box.branch), PAD * sign, foot, _side(sign), kind))
    if box.branch.mark and not box.up:
        drawn.append(_bar(box))
    if box.branch.kind and not box.beside:
        foot += LINE
    x = (PAD + box.beside) * sign
    return [*drawn, texts_at(box.lines, x, foot, LINE, _side(sign))]


def _bar(box: Box) -> Markup:
    return element("path", d=f"M0 4V{box.high - 4}", class_=_class("side", box.branch))


def _ends(box: Box, sign: int) -> list[Markup]:
    """Return what stands at the end of a node; x counts from there."""
    foot, drawn, x = PAD + SIZE - 2, [], -PAD * sign
    if more := unseen(box.branch):
        drawn.append(text_at(more, x, foot, _side(-sign), "number"))
    if box.up and box.branch.kind:
        kind = _class("kind", box.branch)
        drawn += [_bar(box), text_at(word(box.branch), x, foot, _side(-sign), kind)]
    return drawn
