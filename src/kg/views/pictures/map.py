"""Maps (storey 3): places as points on land, borders, lakes and rivers, in Mercator's projection.

The part of the world that is shown is the one with the places. Borders are Natural Earth's.
"""

from collections.abc import Iterable, Sequence
from math import atan, degrees, exp, pi, radians

from markupsafe import Markup

from kg.views.pictures.basemap import Line, basemap, within
from kg.views.pictures.clipping import Box
from kg.views.pictures.picture import NARROW, WIDE, Entry, Picture, drawing
from kg.views.pictures.points import Frame, Place, points, projected
from kg.views.pictures.svg import element, group, number

# degrees that a map shows at least, and the share of it that is kept free around the places
LEAST, MARGIN = 4.0, 0.16
# points that are drawn; the list has all
MOST = 300
# width by height of the two drawings: as in the style sheet
SHAPES = (("narrow", NARROW, 1.0), ("wide", WIDE, 0.625))
# units across the wider drawing, and steps too small to draw
UNITS, FINE = 1000, 0.7


def map_of(places: Sequence[Place], prefix: str, title: str, language: str = "en") -> Picture:
    """Return the map with these places; the first of those with the same count come first.

    `prefix` makes its ids unique on the page, `title` names it for those who do not see it;
    countries are named in `language`.
    """
    entries = tuple(Entry(place.name, place.notes) for place in places)
    ranked = sorted(places, key=lambda place: -(place.count or 0))[:MOST]
    if not ranked:
        return Picture("map", Markup(""), entries)
    windows = [_window(ranked, high) for _, _, high in SHAPES]
    west, south, east, north = zip(*windows, strict=True)
    whole = min(west), min(south), max(east), max(north)
    scale = UNITS / (whole[2] - whole[0])
    # the geometry is in the first of the drawings, and used by both
    bases = [_base(whole, scale, prefix), Markup("")]
    drawn = [
        drawing(
            width_class,
            prefix,
            title,
            ("100%", round(width * high)),
            [base, _view(window, scale, prefix), *points(ranked, Frame(window, width), language)],
        )
        for (width_class, width, high), window, base in zip(SHAPES, windows, bases, strict=True)
    ]
    return Picture("map", Markup("").join(drawn), entries, max(0, len(places) - MOST))


def _latitude(y: float) -> float:
    return degrees(2 * atan(exp(radians(y))) - pi / 2)


def _window(places: Sequence[Place], high: float) -> Box:
    """Return the projected box around the places, widened to the shape of the drawing."""
    xs, ys = zip(*(projected((p.east, p.north)) for p in places), strict=True)
    wide = max(max(xs) - min(xs), LEAST) * (1 + 2 * MARGIN)
    tall = max(max(ys) - min(ys), LEAST * high) * (1 + 2 * MARGIN)
    wide = max(wide, tall / high)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return x - wide / 2, y - wide * high / 2, x + wide / 2, y + wide * high / 2


def _base(box: Box, scale: float, prefix: str) -> Markup:
    """Return the geometry inside a projected box as paths, y downwards from the equator."""
    shown = within((box[0], _latitude(box[1]), box[2], _latitude(box[3])), basemap())
    layers = (
        ("land", shown.land, "Z"),
        ("borders", shown.borders, ""),
        ("lakes", shown.lakes, "Z"),
        ("rivers", shown.rivers, ""),
    )
    paths = [
        element("path", d=_path(lines, scale, end), class_=name)
        for name, lines, end in layers
        if lines
    ]
    return element("defs", group(*paths, id=f"{prefix}-base"))


def _path(lines: Iterable[Line], scale: float, end: str) -> str:
    """Return lines as one path, each from its first point in steps of tenths."""
    said = []
    for line in lines:
        last: tuple[int, int] | None = None
        for point in line.points:
            x, y = projected(point)
            here = round(x * scale * 10), round(-y * scale * 10)
            if last is None:
                said.append(f"M{_pair(here)}")
            elif max(abs(here[0] - last[0]), abs(here[1] - last[1])) >= FINE * 10:
                said.append(f"l{_pair((here[0] - last[0], here[1] - last[1]))}")
            else:
                continue
            last = here
        said.append(end)
    return "".join(said)


def _pair(tenths: tuple[int, int]) -> str:
    x, y = (number(one / 10) for one in tenths)
    return f"{x}{y}" if y.startswith("-") else f"{x} {y}"


def _view(window: Box, scale: float, prefix: str) -> Markup:
    west, south, east, north = (side * scale for side in window)
    box = " ".join(map(number, (west, -north, east - west, north - south)))
    return element(
        "svg",
        element("use", href=f"#{prefix}-base"),
        viewBox=box,
        width="100%",
        height="100%",
        preserveAspectRatio="none",
    )
