"""Where labels stand beside points, none on another (storey 3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.views.pictures.clipping import Box
from kg.views.pictures.lettering import fitted, width

# pixels between a point and its label, and the longest label
GAP, LONGEST = 4, 170


@dataclass(frozen=True, slots=True)
class Dot:
    """A point in pixels, y downwards, with its radius and what it is called."""

    x: float
    y: float
    radius: float
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside a point: `x` and `y` of its base line from the point, `anchor` as in SVG."""

    text: str
    x: float
    y: float
    anchor: str


def labels(
    dots: Sequence[Dot], size: tuple[float, float], letter: float
) -> tuple[Label | None, ...]:
    """Return a label for each dot, or None where there is no room; the first dots choose first.

    `size` is that of the picture, `letter` that of the letters, both in pixels.
    """
    taken = [_around(dot) for dot in dots]
    found: list[Label | None] = []
    for own, dot in enumerate(dots):
        label = None
        for candidate, box in _candidates(dot, letter):
            free = _inside(box, size) and not any(
                _overlap(box, other) for place, other in enumerate(taken) if place != own
            )
            if free:
                label = candidate
                taken.append(box)
                break
        found.append(label)
    return tuple(found)


def _around(dot: Dot) -> Box:
    return dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius


def _candidates(dot: Dot, letter: float) -> list[tuple[Label, Box]]:
    """Return labels at the right, left, top and bottom of a dot, each with its box."""
    text = fitted(dot.text, letter, LONGEST)
    long, away = width(text, letter), dot.radius + GAP
    middle, above, below = letter * 0.35, -away, away + letter * 0.8
    choices = [
        Label(text, away, middle, "start"),
        Label(text, -away, middle, "end"),
        Label(text, 0, above, "middle"),
        Label(text, 0, below, "middle"),
        Label(text, away * 0.7, above + 2, "start"),
        Label(text, away * 0.7, below - 2, "start"),
        Label(text, -away * 0.7, above + 2, "end"),
        Label(text, -away * 0.7, below - 2, "end"),
    ]
    return [(label, _box(dot, label, long, letter)) for label in choices]


def _box(dot: Dot, label: Label, long: float, letter: float) -> Box:
    before = {"start": 0.0, "middle": long / 2, "end": long}[label.anchor]
    west, foot = dot.x + label.x - before, dot.y + label.y
    return west, foot - letter * 0.85, west + long, foot + letter * 0.3


def _inside(box: Box, size: tuple[float, float]) -> bool:
    return box[0] >= 2 and box[1] >= 2 and box[2] <= size[0] - 2 and box[3] <= size[1] - 2


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
