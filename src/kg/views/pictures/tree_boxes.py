"""Where the nodes of a tree stand (storey 3): in columns, or indented where it is narrow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType

from kg.views.pictures.lettering import lines, width
from kg.views.pictures.svg import percent
from kg.views.trees import Branch

# nodes that are drawn, of one tree among many, and steps; the list has all
MOST, FEW, DEEPEST = 40, 24, 4
SIZE, SMALL, LINE, PAD, BETWEEN = 13, 12, 18, 8, 8
# lines of a label: indented, and in columns
LONG, SHORT = 4, 3
# shares of the width: an indent, the space between two columns, and how wide columns are
INDENT, SPACE = 0.06, 0.05
COLUMNS = MappingProxyType({1: (1,), 2: (3, 7), 3: (5, 6, 8), 4: (4, 5, 6, 7), 5: (4, 5, 5, 6, 6)})
# pixels of a column in which the word beside a label leaves room for it, and what parts them
ROOMY, APART = 320, 10
SIGNS = MappingProxyType(
    {"for": "+", "against": "\N{MINUS SIGN}", "strain": "\N{LEFT RIGHT ARROW}"}
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing of a class of width: its pixels, and whether it is read from the right.

    `columns` says where each step begins and how wide it is, in shares of the width; `words` is
    the width of the longest word that says how a node hangs on another.
    """

    name: str
    room: float
    columns: tuple[tuple[float, float], ...]
    words: float
    right: bool

    @property
    def indented(self) -> bool:
        """Whether what hangs on a node stands below it."""
        return self.name == "narrow"

    @property
    def sign(self) -> int:
        """The direction along x in which the drawing is read."""
        return -1 if self.right else 1

    def start(self, step: int) -> str:
        """Return the side of a column at which reading begins."""
        share = self.columns[step][0]
        return percent(1 - share if self.right else share)

    def end(self, step: int) -> str:
        """Return the other side of a column."""
        share = sum(self.columns[step])
        return percent(1 - share if self.right else share)


@dataclass(frozen=True, slots=True)
class Box:
    """A node at its place: `step` is its column, `top` in pixels.

    `beside` is how many pixels its label is indented by the word before it, 0 where that stands
    above; `up` is true for what the node of the page hangs on.
    """

    branch: Branch
    step: int
    top: int
    lines: tuple[str, ...]
    beside: int
    children: tuple["Box", ...] = ()
    up: bool = False

    @property
    def high(self) -> int:
        """How high it is in pixels."""
        above = 1 if self.branch.kind and not self.beside else 0
        return 2 * PAD + LINE * (len(self.lines) + above) - 4

    @property
    def middle(self) -> int:
        """The height at which lines meet it."""
        return self.top + PAD + LINE // 2 - 2

    @property
    def foot(self) -> int:
        """Where what hangs on it ends."""
        return max(self.top + self.high, *(child.foot for child in self.children), 0)

    def all(self) -> Iterator["Box"]:
        """Yield it and all that hangs on it."""
        yield self
        yield from chain.from_iterable(child.all() for child in self.children)


def frame(name: str, room: float, steps: int, words: float, *, right: bool) -> Frame:
    """Return a drawing with that many steps."""
    if name == "narrow":
        columns = tuple((INDENT * step, 1 - INDENT * step) for step in range(steps))
        return Frame(name, room, columns, words, right)
    free, whole = 1 - SPACE * (steps - 1), sum(COLUMNS[steps])
    shares = [free * share / whole for share in COLUMNS[steps]]
    starts = [sum(shares[:step]) + SPACE * step for step in range(steps)]
    return Frame(name, room, tuple(zip(starts, shares, strict=True)), words, right)


def boxed(branch: Branch, step: int, top: int, of: Frame) -> Box:
    """Return a tree with places from that step and height on."""
    box = single(branch, step, top, of)
    foot = box.foot + BETWEEN if of.indented else top
    children: list[Box] = []
    for child in branch.children:
        children.append(boxed(child, step + 1, foot, of))
        foot = children[-1].foot + BETWEEN
    return replace(box, children=tuple(children))


def single(branch: Branch, step: int, top: int, of: Frame, *, up: bool = False) -> Box:
    """Return a node with its place, without what hangs on it."""
    more = unseen(branch)
    room = of.columns[step][1] * of.room - 2 * PAD - (width(more, SMALL) + APART if more else 0)
    beside = round(of.words) + APART if branch.kind and not of.indented and room >= ROOMY else 0
    most = LONG if of.indented else SHORT
    said = lines(branch.node.text, SIZE, room - beside, most) or ("",)
    return Box(branch, step, top, said, beside, up=up)


def word(branch: Branch) -> str:
    """Return how a node hangs on the one above, with the sign of its mark."""
    sign = SIGNS.get(branch.mark, "")
    return f"{sign} {branch.kind.text[:40]}".strip() if branch.kind else ""


def longest_word(branches: Sequence[Branch]) -> float:
    """Return the width in pixels of the longest word in some trees."""
    below = (longest_word(branch.children) for branch in branches)
    return max((*(width(word(one), SMALL) for one in branches), *below), default=0.0)


def unseen(branch: Branch) -> str:
    """Return how many nodes hang unseen on a node, or that it was drawn before, else ""."""
    if branch.again:
        return "\N{UPWARDS ARROW}"
    left = branch.size - (size(branch) - 1)
    return f"+{left}" if left > 0 else ""


def size(branch: Branch) -> int:
    """Return the number of nodes of a tree as it is here."""
    return 1 + sum(map(size, branch.children))


def steps_of(branch: Branch) -> int:
    """Return how many steps a tree has, the root included."""
    return 1 + max(map(steps_of, branch.children), default=0)


def cut(branches: Sequence[Branch], most: int = MOST) -> tuple[Branch, ...]:
    """Return the first trees without the steps that do not fit as a whole."""
    roots = branches[: most // 2]
    level, steps, found = list(roots), 0, len(roots)
    while level and steps < DEEPEST:
        steps += 1
        level = [child for branch in level for child in branch.children]
        found += len(level)
        if found > most:
            break
    # of the first step there is always something to be seen
    each = max(2, (most - len(roots)) // max(len(roots), 1))
    wide = [replace(root, children=root.children[:each]) for root in roots]
    return tuple(_until(root, max(steps, 2)) for root in wide)


def _until(branch: Branch, steps: int) -> Branch:
    children = () if steps == 1 else tuple(_until(one, steps - 1) for one in branch.children)
    return replace(branch, children=children)
