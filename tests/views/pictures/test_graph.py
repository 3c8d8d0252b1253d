"""Graphs: boxes and lines that meet, words that do not cover one another, bounds, mirroring."""

import itertools
import re

import pytest

from kg.views.pages import Value
from kg.views.pictures.graph import MOST, RELATIONS, Relation, graph_of
from kg.views.pictures.layered import layout
from kg.views.pictures.line_words import words_on


def named(name: str) -> Value:
    return Value(name, href=f"/doc/{name}", iri=f"http://example.org/{name}")


def relations(*edges) -> list[Relation]:
    return [Relation(named(one), named(other), Value(word)) for one, word, other in edges]


CIRCLE = relations(("a", "knows", "b"), ("b", "likes", "c"), ("c", "meets", "a"))


def boxes(drawing) -> dict[str, tuple[float, float, float, float]]:
    found = {}
    for link in drawing.root.iter("a"):
        rect = link.find("rect")
        x, y, wide, high = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
        found[link.get("href").removeprefix("/doc/")] = (x, y, x + wide, y + high)
    return found


def ends(drawing) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    lines = [one for one in drawing.of_class("line") if "head" not in one.get("class")]
    corners = [re.findall(r"[-\d.]+", one.get("d")) for one in lines]
    return [(tuple(map(float, one[:2])), tuple(map(float, one[-2:]))) for one in corners]


def touches(box, point) -> bool:
    west, north, east, south = box
    return west - 1 <= point[0] <= east + 1 and north - 1 <= point[1] <= south + 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_line_leads_from_its_source_to_its_target(language, drawn):
    drawing = drawn(graph_of(CIRCLE, "p", "t", language))["any"]
    found = boxes(drawing)
    assert set("abc") == set(found)
    for one, (start, end) in zip(CIRCLE, ends(drawing), strict=True):
        assert touches(found[one.source.text], start)
        assert touches(found[one.target.text], end)
    assert len(drawing.of_class("head")) == 3
    assert {"knows", "likes", "meets"} <= set(drawing.texts)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_is_inside_the_drawing_and_no_box_on_another(language, drawn):
    many = relations(*((f"n{n}", "leads to", f"n{n * 7 % 23}") for n in range(40)))
    drawing = drawn(graph_of(many, "p", "t", language))["any"]
    wide, high = (float(drawing.root.get(name)) for name in ("width", "height"))
    found = boxes(drawing)
    for west, north, east, south in found.values():
        assert west >= 0
        assert north >= 0
        assert east <= wide
        assert south <= high
    for one, other in itertools.combinations(found.values(), 2):
        assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_an_arabic_page_has_the_graph_from_the_right(drawn):
    left, right = (boxes(drawn(graph_of(CIRCLE[:1], "p", "t", one))["any"]) for one in ("en", "ar"))
    assert left["a"][0] < left["b"][0]
    assert right["a"][0] > right["b"][0]


def test_words_on_lines_stand_on_their_line_and_not_on_one_another():
    lines = [((0, y), (200, y)) for y in (0, 8, 16)]
    found = words_on(lines, [(60, 15)] * 3, [])
    assert all(place[1] == line[0][1] for place, line in zip(found, lines, strict=True))
    assert found[0][0] != found[1][0] != found[2][0]
    assert words_on(lines[:1], [None], []) == (None,)
    # where there is no room at all it stands in the middle
    assert words_on([((0, 0), (10, 0))], [(60, 15)], []) == ((5.0, 0.0),)


def test_several_relations_of_the_same_two_things_are_one_line(drawn):
    two = relations(("a", "knows", "b"), ("a", "likes", "b"))
    drawing = drawn(graph_of(two, "p", "t"))["any"]
    assert "knows, likes" in drawing.texts
    assert len(ends(drawing)) == 1


def test_what_a_thing_has_with_itself_is_said_in_its_box(drawn):
    picture = graph_of(relations(("a", "is", "a"), ("a", "likes", "a")), "p", "t")
    drawing = drawn(picture)["any"]
    assert drawing.texts == ["a ", "\N{CLOCKWISE OPEN CIRCLE ARROW} is, likes"]
    assert ends(drawing) == []
    assert picture.left_out == 0


def test_a_note_stands_below_a_name(drawn):
    picture = graph_of(CIRCLE, "p", "t", notes=[(named("b"), "city")])
    (link,) = [one for one in drawn(picture)["any"].root.iter("a") if one.get("href") == "/doc/b"]
    assert [one.text.strip() for one in link.iter("text")] == ["b", "city"]


def test_of_many_things_those_with_most_relations_are_drawn_and_the_others_counted(drawn):
    star = [("hub", "has", f"leaf{n}") for n in range(200)]
    picture = graph_of(relations(("x", "is", "y"), *star), "p", "t")
    assert len(boxes(drawn(picture)["any"])) == MOST
    assert "hub" in boxes(drawn(picture)["any"])
    assert picture.left_out == 201 - (MOST - 1)
    assert len(picture.entries) == 201


def test_a_graph_of_too_many_lines_is_cut(drawn):
    every = [(f"a{n}", "to", f"a{m}") for n in range(40) for m in range(40)]
    picture = graph_of(relations(*every), "p", "t")
    assert len(ends(drawn(picture)["any"])) <= RELATIONS
    assert picture.left_out == 1600 - RELATIONS


def test_what_the_engine_refuses_is_no_picture():
    assert layout([(10, 10)], [(0, 5)]) is None
    assert not graph_of([], "p", "t").svg
