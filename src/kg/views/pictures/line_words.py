"""Where words stand on lines (storey 3): near the end that they lead to, none on another."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.views.pictures.clipping import Box, Point

# pixels that an arrow needs, and those around a word
ARROW, AROUND = 12.0, 3.0


def words_on(
    lines: Sequence[Sequence[Point]],
    sizes: Sequence[tuple[float, float] | None],
    boxes: Sequence[Box],
) -> tuple[Point | None, ...]:
    """Return the middle of the word on each line, None where a line has none.

    `lines` are corners from the source to the target, all parts level or upright; `sizes` those of
    the words; no word stands on one of the `boxes`, nor on another word if there is other room.
    """
    taken = list(boxes)
    found: list[Point | None] = []
    for corners, size in zip(lines, sizes, strict=True):
        if size is None:
            found.append(None)
            continue
        places = list(_places(corners, size))
        free = (p for p in places if not any(_overlap(_around(p, size), box) for box in taken))
        place = next(free, None) or (places[0] if places else _middle(corners))
        taken.append(_around(place, size))
        found.append(place)
    return tuple(found)


def _places(corners: Sequence[Point], size: tuple[float, float]) -> Iterator[Point]:
    """Yield places along a line, the first ones on level parts near its end."""
    parts = [*pairwise(corners)][::-1]
    for (x1, y1), (x2, y2) in parts:
        if y1 == y2 and abs(x2 - x1) >= size[0] + 2 * ARROW:
            back = (ARROW + size[0] / 2) * (1 if x1 > x2 else -1)
            yield x2 + back, y1
            yield (x1 + x2) / 2, y1
            yield x1 - back, y1
    for (x1, y1), (x2, y2) in parts:
        if y1 != y2 and abs(y2 - y1) >= size[1] + ARROW:
            for share in (0.5, 0.3, 0.7, 0.15, 0.85):
                yield (x1 + x2) / 2, y2 + (y1 - y2) * share


def _middle(corners: Sequence[Point]) -> Point:
    (x1, y1), (x2, y2) = corners[-2:]
    return (x1 + x2) / 2, (y1 + y2) / 2


def _around(place: Point, size: tuple[float, float]) -> Box:
    wide, high = size[0] / 2 + AROUND, size[1] / 2
    return place[0] - wide, place[1] - high, place[0] + wide, place[1] + high


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
