"""Graphs (storey 3): things as boxes, relations between them as lines with arrows and words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.views.language import direction
from kg.views.pages import Value
from kg.views.pictures.clipping import Box
from kg.views.pictures.layered import Layout, Point, layout
from kg.views.pictures.lettering import fitted, lines, width
from kg.views.pictures.line_words import words_on
from kg.views.pictures.picture import Entry, Picture, drawing
from kg.views.pictures.svg import element, linked, text_at, texts_at

# things and relations that are drawn; the list has all
MOST, RELATIONS = 60, 120
SIZE, SMALL, LINE, PAD, EDGE = 13, 12, 17, 8, 4
# pixels that a name and the word on a line may be wide, and lines of a name
ROOM, WORD, LINES = 150, 120, 3
# what stands before relations of a thing to itself
LOOP = "\N{CLOCKWISE OPEN CIRCLE ARROW}"


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing's relation to another, and what it is called; `kind` is a class of its line."""

    source: Value
    target: Value
    name: Value | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Thing:
    """A box: what is in it, and a note below its name."""

    name: Value
    note: str
    lines: tuple[str, ...]

    @property
    def size(self) -> tuple[float, float]:
        wide = max(width(self.note, SMALL), *(width(line, SIZE) for line in self.lines))
        return round(wide) + 2 * PAD, 2 * PAD - 4 + LINE * (len(self.lines) + bool(self.note))


def graph_of(
    relations: Sequence[Relation],
    prefix: str,
    title: str,
    language: str = "en",
    *,
    notes: Sequence[tuple[Value, str]] = (),
) -> Picture:
    """Return the graph that relations make, mirrored where its language is.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it;
    `notes` are shown below the names of things. Of many things those with the most relations are
    drawn; the others are in the list, which has a line for each relation. What a thing has with
    itself is said in its box.
    """
    entries = tuple(
        Entry(one.source, tuple(filter(None, (one.name, one.target)))) for one in relations
    )
    shown = _shown(relations)
    said = _notes(notes, shown)
    names = list(dict.fromkeys(v for one in shown for v in (one.source, one.target)))
    things = [_thing(name, said.get(name, "")) for name in names]
    places = {name: number for number, name in enumerate(names)}
    joined = _joined([one for one in shown if one.source != one.target])
    links = [(places[one.source], places[one.target]) for one in joined]
    words = max((width(_word(one), SMALL) for one in joined), default=0.0)
    placed = layout([thing.size for thing in things], links, words) if things else None
    if not placed:
        return Picture("graph", Markup(""), entries, len(relations))
    right = direction(language) == "rtl"
    content = list(_content(things, joined, placed, right=right))
    size = placed.size[0] + 2 * EDGE, placed.size[1] + 2 * EDGE
    drawn = drawing("any", prefix, title, size, content)
    return Picture("graph", drawn, entries, len(relations) - len(shown))


def _shown(relations: Sequence[Relation]) -> list[Relation]:
    """Return the relations of the things that have most of them, in their order."""
    counts = Counter(v for one in relations for v in {one.source, one.target})
    kept: set[Value] = set()
    found: list[int] = []
    ranked = sorted(
        range(len(relations)),
        key=lambda n: -max(counts[relations[n].source], counts[relations[n].target]),
    )
    for number in ranked[: RELATIONS * 10]:
        ends = {relations[number].source, relations[number].target}
        if len(kept | ends) <= MOST and len(found) < RELATIONS:
            kept |= ends
            found.append(number)
    return [relations[number] for number in sorted(found)]


def _notes(notes: Sequence[tuple[Value, str]], relations: Sequence[Relation]) -> dict[Value, str]:
    """Return what stands below names: what is given, and relations of a thing to itself."""
    found: dict[Value, list[str]] = {}
    for value, note in notes:
        found.setdefault(value, []).append(note)
    for one in relations:
        if one.source == one.target:
            word = one.name.text if one.name else ""
            mark = "" if any(LOOP in note for note in found.get(one.source, ())) else f"{LOOP} "
            found.setdefault(one.source, []).append(f"{mark}{word}".strip())
    return {value: ", ".join(said) for value, said in found.items()}


def _joined(relations: Sequence[Relation]) -> list[Relation]:
    """Return one relation for all that lead from one thing to another in one kind of line."""
    found: dict[tuple[Value, Value, str], dict[str, None]] = {}
    for one in relations:
        names = found.setdefault((one.source, one.target, one.kind), {})
        if one.name:
            names.setdefault(one.name.text)
    return [
        Relation(source, target, Value(", ".join(names)) if names else None, kind)
        for (source, target, kind), names in found.items()
    ]


def _thing(name: Value, note: str) -> _Thing:
    return _Thing(name, fitted(note, SMALL, ROOM), lines(name.text, SIZE, ROOM, LINES) or ("",))


def _word(one: Relation) -> str:
    return fitted(one.name.text, SMALL, WORD) if one.name else ""


def _content(
    things: Sequence[_Thing], relations: Sequence[Relation], placed: Layout, *, right: bool
) -> Iterator[Markup]:
    def at_(point: Point) -> Point:
        x = placed.size[0] - point[0] if right else point[0]
        return round(x + EDGE, 1), round(point[1] + EDGE, 1)

    routes = [tuple(map(at_, line)) for line in placed.lines]
    middles = list(map(at_, placed.nodes))
    for one, route in zip(relations, routes, strict=True):
        yield _line(one, route)
    for thing, middle in zip(things, middles, strict=True):
        yield _box(thing, middle, right=right)
    taken = [_around(thing, middle) for thing, middle in zip(things, middles, strict=True)]
    said = [_word(one) for one in relations]
    sizes = [(width(word, SMALL), 15.0) if word else None for word in said]
    found = zip(relations, said, words_on(routes, sizes, taken), strict=True)
    for one, word, place in found:
        if place:
            y = place[1] + SMALL * 0.35
            yield text_at(word, place[0], y, "middle", f"kind {one.kind}".strip())


def _around(thing: _Thing, middle: Point) -> Box:
    wide, high = (half / 2 for half in thing.size)
    return middle[0] - wide, middle[1] - high, middle[0] + wide, middle[1] + high


def _line(one: Relation, route: Sequence[Point]) -> Markup:
    first, *others = route
    path = "".join((f"M{_pair(first)}", *(f"L{_pair(point)}" for point in others)))
    class_ = f"line {one.kind}".strip()
    return element("path", d=path, class_=class_) + _arrow(route, class_)


def _pair(point: Point) -> str:
    return " ".join(f"{one:g}" for one in point)


def _arrow(points: Sequence[Point], class_: str) -> Markup:
    """Return the head of an arrow at the end of a line, in the direction of its last part."""
    (x1, y1), (x, y) = points[-2:]
    long = max(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5, 0.1)
    dx, dy = (x - x1) / long * 8, (y - y1) / long * 8
    corners = [(x - dx - dy / 2, y - dy + dx / 2), (x, y), (x - dx + dy / 2, y - dy - dx / 2)]
    said = "L".join(f"{a:.1f} {b:.1f}" for a, b in corners)
    return element("path", d=f"M{said}Z", class_=f"head {class_}")


def _box(thing: _Thing, middle: Point, *, right: bool) -> Markup:
    wide, high = thing.size
    left, top = middle[0] - wide / 2, middle[1] - high / 2
    rect = element("rect", x=left, y=top, width=wide, height=high, rx=5, class_="box")
    x, side = (left + wide - PAD, "end") if right else (left + PAD, "start")
    foot = top + PAD + SIZE - 3
    content = [rect, texts_at(thing.lines, round(x, 1), foot, LINE, side)]
    if thing.note:
        y = foot + LINE * len(thing.lines)
        content.append(text_at(thing.note, round(x, 1), y, side, "number"))
    is_cut = any(line.endswith("…") for line in thing.lines)
    title = thing.name.text[:300] if is_cut else None
    return linked(thing.name, *content, title=title)
