"""The base map (storey 3): land, borders, lakes and rivers of the world, cut to a window.

The file is built by `frontend/basemap.mjs` out of Natural Earth, 1:50m. Its borders are those of
Natural Earth, and no claim of any data set.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from kg.views.pictures.clipping import Box, Point, clipped_line, clipped_ring

PER_DEGREE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line or ring in degrees, longitude first, with the box around it."""

    points: tuple[Point, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Basemap:
    """Layers of the base map: rings of land and lakes, lines of borders and rivers.

    `countries` are codes of three letters (ISO 3166-1), each with where its name stands.
    """

    land: tuple[Line, ...]
    borders: tuple[Line, ...]
    lakes: tuple[Line, ...]
    rivers: tuple[Line, ...]
    countries: tuple[tuple[str, Point], ...]


@cache
def basemap() -> Basemap:
    """Return the base map of the world, read once."""
    text = files("kg.views").joinpath("static", "basemap.json").read_text(encoding="utf-8")
    layers = json.loads(text)
    named = layers.pop("countries")
    countries = tuple((code, (x / PER_DEGREE, y / PER_DEGREE)) for code, x, y in named)
    lines = {name: tuple(map(_line, lines)) for name, lines in layers.items()}
    return Basemap(countries=countries, **lines)


def _line(steps: list[int]) -> Line:
    points = []
    east = north = 0
    for x, y in zip(steps[::2], steps[1::2], strict=True):
        east, north = east + x, north + y
        points.append((east / PER_DEGREE, north / PER_DEGREE))
    xs, ys = zip(*points, strict=True)
    return Line(tuple(points), (min(xs), min(ys), max(xs), max(ys)))


def within(window: Box, world: Basemap) -> Basemap:
    """Return what of the base map a window shows, cut at its edges."""
    return Basemap(
        land=tuple(_rings(world.land, window)),
        borders=tuple(_lines(world.borders, window)),
        lakes=tuple(_rings(world.lakes, window)),
        rivers=tuple(_lines(world.rivers, window)),
        countries=tuple(one for one in world.countries if _meets((*one[1], *one[1]), window)),
    )


def _rings(rings: tuple[Line, ...], window: Box) -> Iterator[Line]:
    for ring in rings:
        if _meets(ring.box, window):
            points = clipped_ring(ring.points, window)
            if len(points) > 2:
                yield Line(points, window)


def _lines(lines: tuple[Line, ...], window: Box) -> Iterator[Line]:
    for line in lines:
        if _meets(line.box, window):
            for points in clipped_line(tuple(pairwise(line.points)), window):
                yield Line(points, window)


def _meets(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
