"""Lines and rings cut at the edges of a box (storey 3)."""

from collections.abc import Sequence

Point = tuple[float, float]
# west, south, east, north
Box = tuple[float, float, float, float]


def clipped_ring(ring: Sequence[Point], box: Box) -> tuple[Point, ...]:
    """Return the part of a ring inside a box, by Sutherland and Hodgman's method.

    Parts that hang together outside the box only are joined along its edge.
    Source: https://doi.org/10.1145/360767.360802

    >>> clipped_ring([(-1, -1), (1, -1), (1, 1), (-1, 1)], (0, 0, 5, 5))
    ((0.0, 0), (1.0, 0), (1, 1), (0, 1.0))
    """
    points = tuple(ring)
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        points = _on_one_side(points, axis, limit, sign)
    return points


def _on_one_side(
    points: tuple[Point, ...], axis: int, limit: float, sign: int
) -> tuple[Point, ...]:
    kept: list[Point] = []
    for before, point in zip(points[-1:] + points[:-1], points, strict=True):
        was, is_ = (sign * (one[axis] - limit) >= 0 for one in (before, point))
        if was != is_:
            kept.append(_crossing(before, point, axis, limit))
        if is_:
            kept.append(point)
    return tuple(kept)


def _crossing(one: Point, other: Point, axis: int, limit: float) -> Point:
    share = (limit - one[axis]) / (other[axis] - one[axis])
    across = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (limit, across) if axis == 0 else (across, limit)


def clipped_line(
    segments: Sequence[tuple[Point, Point]], box: Box
) -> tuple[tuple[Point, ...], ...]:
    """Return the parts of a line inside a box, by Liang and Barsky's method.

    Source: https://doi.org/10.1145/357332.357333

    >>> clipped_line([((-1, 1), (1, 1)), ((1, 1), (9, 1))], (0, 0, 5, 5))
    (((0.0, 1.0), (1, 1), (5.0, 1.0)),)
    """
    parts: list[list[Point]] = []
    for segment in segments:
        inside = _inside(segment, box)
        if inside is None:
            continue
        start, end = inside
        if parts and parts[-1][-1] == start:
            parts[-1].append(end)
        else:
            parts.append([start, end])
    return tuple(tuple(part) for part in parts)


def _inside(segment: tuple[Point, Point], box: Box) -> tuple[Point, Point] | None:
    (x, y), (x2, y2) = segment
    dx, dy = x2 - x, y2 - y
    first, last = 0.0, 1.0
    for step, room in ((-dx, x - box[0]), (dx, box[2] - x), (-dy, y - box[1]), (dy, box[3] - y)):
        if step == 0 and room < 0:
            return None
        if step < 0:
            first = max(first, room / step)
        elif step > 0:
            last = min(last, room / step)
    if first > last:
        return None
    start = (x, y) if first == 0 else (x + first * dx, y + first * dy)
    end = (x2, y2) if last == 1 else (x + last * dx, y + last * dy)
    return start, end
