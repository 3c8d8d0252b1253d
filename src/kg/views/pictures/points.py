"""What stands on a map (storey 3): places as points with their names, and countries by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import degrees, log, pi, radians, sqrt, tan

from markupsafe import Markup

from kg.views.language import country_name
from kg.views.pages import Value
from kg.views.pictures.basemap import basemap
from kg.views.pictures.clipping import Box, Point
from kg.views.pictures.labels import Dot, Label, labels
from kg.views.pictures.picture import NARROW
from kg.views.pictures.svg import at, element, linked, percent

# beyond these the projection leaves the page
NORTHERNMOST, SOUTHERNMOST = 83.0, -83.0
SIZE, SMALLEST, LARGEST, PLAIN = 13, 4.5, 13.0, 5.5
# of the largest point, on the narrow drawing
NARROWER = 0.75


@dataclass(frozen=True, slots=True)
class Place:
    """A place in degrees; `count` is shown as the size of its point, None where all are alike."""

    name: Value
    east: float
    north: float
    count: float | None = None
    notes: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A projected box, y upwards, and how many pixels a drawing of it is wide at least."""

    window: Box
    width: float

    @property
    def height(self) -> float:
        """Pixels that the drawing is high at least."""
        west, south, east, north = self.window
        return self.width * (north - south) / (east - west)

    def share(self, point: Point) -> Point:
        """Return where longitude and latitude are, as shares of width and height."""
        west, south, east, north = self.window
        x, y = projected(point)
        return (x - west) / (east - west), (north - y) / (north - south)

    def dot(self, point: Point, radius: float, text: str) -> Dot:
        """Return longitude and latitude as a dot in pixels."""
        x, y = self.share(point)
        return Dot(x * self.width, y * self.height, radius, text)


def projected(point: Point) -> Point:
    """Return longitude and latitude as Mercator's x and y, both in degrees at the equator."""
    north = min(max(point[1], SOUTHERNMOST), NORTHERNMOST)
    return point[0], degrees(log(tan(pi / 4 + radians(north) / 2)))


def points(places: Sequence[Place], frame: Frame, language: str) -> list[Markup]:
    """Return the marks of places, and in a wide frame the names of countries that find room."""
    most = max((place.count or 0 for place in places), default=0)
    radii = [_radius(place.count, most, frame.width) for place in places]
    dots = [
        frame.dot((place.east, place.north), radius, place.name.text)
        for place, radius in zip(places, radii, strict=True)
    ]
    countries = _countries(places, language) if frame.width > NARROW else []
    more = [frame.dot(point, 0, name) for name, point in countries]
    found = labels([*dots, *more], (frame.width, frame.height), SIZE)
    names = [
        _country(frame.share(point), label)
        for (_, point), label in zip(countries, found[len(dots) :], strict=True)
        if label
    ]
    marks = [
        _point(place, frame.share((place.east, place.north)), radius, label)
        for place, radius, label in zip(places, radii, found, strict=False)
    ]
    return [*names, *marks]


def _countries(places: Sequence[Place], language: str) -> list[tuple[str, Point]]:
    """Return countries that are no places of their own on the map."""
    shown = {place.name.text for place in places}
    named = ((country_name(code, language), point) for code, point in basemap().countries)
    return [(name, point) for name, point in named if name and name not in shown]


def _radius(count: float | None, most: float, width: float) -> float:
    largest = LARGEST if width > NARROW else LARGEST * NARROWER
    if count is None or most <= 0:
        return PLAIN
    return SMALLEST + (largest - SMALLEST) * sqrt(max(count, 0) / most)


def _country(share: Point, label: Label) -> Markup:
    words = element("text", label.text, x=label.x, y=label.y, text_anchor=label.anchor)
    return element("g", at(percent(share[0]), percent(share[1]), words), class_="country")


def _point(place: Place, share: Point, radius: float, label: Label | None) -> Markup:
    content = [element("circle", r=radius)]
    if label:
        content.append(element("text", label.text, x=label.x, y=label.y, text_anchor=label.anchor))
    notes = (note.text[:80] for note in place.notes[:3])
    said = ": ".join(filter(None, (place.name.text[:200], *notes)))
    node = linked(place.name, *content, title=said, class_="node place")
    return at(percent(share[0]), percent(share[1]), node)
