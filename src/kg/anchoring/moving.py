"""Where anchors are in a text that has changed (storey 1).

The digest says whether a place reads as it did. Where it does not, the same words are looked for
in the whole text, and, where the text is at hand as it was, the words that stand for them now.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from kg.anchoring.anchors import Anchor
from kg.anchoring.text import Text, digest

WORD = re.compile(r"\w+|\s+|[^\w\s]")
# how alike the old and the new words must be, of 100, to be taken for the same passage
ALIKE = 60.0


class State(Enum):
    """What has become of an anchor."""

    KEPT = "in place"
    MOVED = "moved"
    NEAR = "reads otherwise"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Finding:
    """What has become of an anchor: its span now, and how alike it reads, of 100.

    `places` are how many there are that read the same; `before` and `now` are the words of one
    that reads otherwise.
    """

    anchor: Anchor
    state: State
    start: int = -1
    end: int = -1
    places: int = 1
    likeness: float = 100.0
    before: str = ""
    now: str = ""


def find_anchors(
    anchors: Sequence[Anchor], text: Text, was: Text | None = None
) -> tuple[Finding, ...]:
    """Return what has become of each anchor; `was` is the text that they were made in."""
    moved = [one for one in anchors if text.digest_of(one.start, one.end) != one.digest]
    if not moved:
        return tuple(Finding(one, State.KEPT, one.start, one.end) for one in anchors)
    places = _places(moved, text)
    shifts = _shifts(anchors, {*moved}, places)
    gone = {one: _finding(one, places.get(one, ()), shifts) for one in moved}
    if was:
        aligned = _aligned(was.characters, text.characters)
        for one, found in gone.items():
            if found.state is State.LOST:
                gone[one] = _near(found, text, was, aligned)
    return tuple(gone.get(one) or Finding(one, State.KEPT, one.start, one.end) for one in anchors)


def _places(moved: Sequence[Anchor], text: Text) -> dict[Anchor, list[int]]:
    """Return where the words of each anchor start now, of those that are found."""
    by_length: dict[int, dict[str, list[Anchor]]] = defaultdict(lambda: defaultdict(list))
    for anchor in moved:
        by_length[anchor.end - anchor.start][anchor.digest].append(anchor)
    found: dict[Anchor, list[int]] = defaultdict(list)
    for length, wanted in by_length.items():
        for start in range(len(text.characters) - length + 1):
            for anchor in wanted.get(digest(text.characters[start : start + length]), ()):
                found[anchor].append(start)
    return dict(found)


def _shifts(
    anchors: Sequence[Anchor], moved: set[Anchor], places: Mapping[Anchor, list[int]]
) -> list[tuple[int, int]]:
    """Return, by old start, how far the anchors have moved whose place is beyond doubt."""
    sure = {one: one.start for one in anchors if one not in moved}
    sure |= {one: found[0] for one, found in places.items() if len(found) == 1}
    return sorted((one.start, start - one.start) for one, start in sure.items())


def _finding(anchor: Anchor, places: Sequence[int], shifts: Sequence[tuple[int, int]]) -> Finding:
    """Return the anchor's place; of several, the one where its neighbours have gone."""
    shift = min(shifts, key=lambda one: abs(one[0] - anchor.start), default=(0, 0))[1]
    ranked = sorted(places, key=lambda start: abs(start - anchor.start - shift))
    distances = [abs(start - anchor.start - shift) for start in ranked[:2]]
    if not ranked or (len(ranked) > 1 and distances[0] == distances[1]):
        return Finding(anchor, State.LOST, places=len(places))
    end = ranked[0] + anchor.end - anchor.start
    return Finding(anchor, State.MOVED, ranked[0], end, len(places))


# the tokens' starts in the old text and in the new one, and where each old token is among the new
Alignment = tuple[list[int], list[int], list[int]]


def _aligned(before: str, now: str) -> Alignment:
    """Return how the words of one text correspond to those of another."""
    old, new = WORD.findall(before), WORD.findall(now)
    goes: list[int] = []
    for edit in Levenshtein.opcodes(old, new):
        width = edit.src_end - edit.src_start
        room = edit.dest_end - edit.dest_start
        goes += [edit.dest_start + min(step, room) for step in range(width)]
    starts = [list(accumulate(map(len, words), initial=0)) for words in (old, new)]
    return starts[0], starts[1], [*goes, len(new)]


def _near(lost: Finding, text: Text, was: Text, alignment: Alignment) -> Finding:
    """Return where an anchor's old words went, as far as the old text tells."""
    anchor = lost.anchor
    if was.digest_of(anchor.start, anchor.end) != anchor.digest:
        return lost
    old, new, goes = alignment
    start = new[goes[bisect_right(old, anchor.start) - 1]]
    end = new[goes[bisect_left(old, anchor.end)]]
    before, now = was.characters[anchor.start : anchor.end], text.characters[start:end].rstrip()
    likeness = ratio(before, now)
    if likeness < ALIKE:
        return lost
    state = State.MOVED if before == now else State.NEAR
    return Finding(anchor, state, start, start + len(now), 1, likeness, before, now)
