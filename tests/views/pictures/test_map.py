"""Maps: what they show of the world, and where points and names are."""

import re

from kg.views.pages import Value
from kg.views.pictures.basemap import basemap, within
from kg.views.pictures.map import map_of
from kg.views.pictures.points import Place, projected


def place(name: str, east: float, north: float, count: float | None = None) -> Place:
    return Place(Value(name, href=f"/doc/{name}"), east, north, count)


RAQQA, KOBANI, SINJAR = (
    place("Raqqa", 39.01, 35.95),
    place("Kobani", 38.35, 36.89),
    place("Sinjar", 41.88, 36.32),
)


def where(drawing) -> dict[str, tuple[float, float]]:
    """The places of the points, as percentages of the drawing."""
    found = {}
    for svg in drawing.root.iter("svg"):
        node = svg.find("a")
        if node is not None:
            found[node.get("href")] = tuple(float(svg.get(side).rstrip("%")) for side in "xy")
    return found


def test_points_are_where_they_are_in_the_world(drawn):
    found = where(drawn(map_of([RAQQA, KOBANI, SINJAR], "p", "t"))["wide"])
    assert found["/doc/Kobani"][0] < found["/doc/Raqqa"][0] < found["/doc/Sinjar"][0]
    assert found["/doc/Kobani"][1] < found["/doc/Sinjar"][1] < found["/doc/Raqqa"][1]
    assert all(0 < side < 100 for sides in found.values() for side in sides)


def test_the_euphrates_is_on_the_map_and_the_other_end_of_the_world_is_not(drawn):
    picture = map_of([RAQQA, SINJAR], "p", "t")
    rivers = drawn(picture)["narrow"].of_class("rivers")[0].get("d")
    assert rivers.count("l") > 20
    near = within((38.9, 35.7, 39.2, 36.1), basemap())
    assert near.rivers, "Raqqa stands at the Euphrates"
    numbers = [
        float(one)
        for one in re.findall(r"-?[\d.]+", picture.svg.partition(' d="')[2].partition('"')[0])
    ]
    assert len(picture.svg) < 60_000
    assert numbers


def test_both_drawings_use_one_geometry(drawn):
    drawings = drawn(map_of([RAQQA], "p", "t"))
    assert len(drawings["narrow"].of_class("land")) == 1
    assert drawings["wide"].of_class("land") == []
    assert [use.get("href") for d in drawings.values() for use in d.root.iter("use")] == [
        "#p-base"
    ] * 2


def test_a_larger_count_is_a_larger_point(drawn):
    picture = map_of(
        [place("a", 10, 50, 9), place("b", 12, 50, 1), place("c", 14, 50, 0)], "p", "t"
    )
    radii = {
        node.get("href"): float(node.find("circle").get("r"))
        for node in drawn(picture)["wide"].of_class("place")
    }
    assert radii["/doc/a"] > radii["/doc/b"] > radii["/doc/c"] > 4


def test_the_whole_world_and_its_edges_are_drawn(drawn):
    far = [place("n", -180, 90), place("s", 180, -90), place("m", 0, 0)]
    for drawing in drawn(map_of(far, "p", "t")).values():
        assert all(0 <= side <= 100 for sides in where(drawing).values() for side in sides)


def test_countries_have_names_in_the_readers_language(drawn):
    around = [place("a", 37, 32), place("b", 45, 36)]
    assert "Iraq" in drawn(map_of(around, "p", "t"))["wide"].texts
    assert "Irak" in drawn(map_of(around, "p", "t", "fr"))["wide"].texts
    assert "العراق" in drawn(map_of(around, "p", "t", "ar"))["wide"].texts


def test_mercator_keeps_the_equator_and_widens_the_north():
    assert projected((7, 0))[0] == 7
    assert abs(projected((7, 0))[1]) < 1e-9
    assert projected((0, 60))[1] - projected((0, 50))[1] > 15
