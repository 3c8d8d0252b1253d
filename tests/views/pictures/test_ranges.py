"""Ranges: exact values, bounds and open sides are marked differently, rivals share an axis."""

import pytest

from kg.views.pages import Value
from kg.views.pictures.lettering import width
from kg.views.pictures.picture import NARROW, WIDE
from kg.views.pictures.ranges import Range, in_words, ranges_of

N = None


@pytest.mark.parametrize(
    ("numbers", "marks", "words"),
    [
        ((5, 5, 5), {"day": 1, "bound": 0, "perhaps": 0, "open": 0}, "5"),
        ((N, 5, N), {"day": 0, "bound": 1, "perhaps": 0, "open": 1}, "≥ 5"),
        ((N, N, 5), {"day": 0, "bound": 1, "perhaps": 0, "open": 1}, "≤ 5"),
        ((N, 5, 9), {"day": 0, "bound": 2, "perhaps": 1, "open": 0}, "5 \u2013 9"),
        ((7, 5, 9), {"day": 1, "bound": 2, "perhaps": 1, "open": 0}, "7; 5 \u2013 9"),
        ((5, N, N), {"day": 1, "bound": 0, "perhaps": 0, "open": 0}, "5"),
        ((5, 5, N), {"day": 1, "bound": 0, "perhaps": 0, "open": 1}, "≥ 5"),
    ],
)
def test_each_wording_has_marks_of_its_own(numbers, marks, words, drawn):
    one = Range(Value("a"), *numbers)
    assert in_words(one) == words
    for drawing in drawn(ranges_of([one], "p", "t")).values():
        assert marks == {name: len(drawing.of_class(name)) for name in marks}


def test_those_of_one_unit_share_an_axis_and_others_have_their_own(drawn):
    dead, euro = Value("dead"), Value("euro")
    rows = [
        Range(Value("a"), 10, N, N, dead),
        Range(Value("b"), 2_000_000, N, N, euro),
        Range(Value("c"), 12, N, N, dead),
    ]
    drawing = drawn(ranges_of(rows, "p", "t"))["wide"]
    assert len(drawing.of_class("grid")) == 2
    assert len(drawing.of_class("range")) == 3


def test_a_larger_value_is_further_along(drawn):
    rows = [Range(Value("a"), 10, N, N), Range(Value("b"), 40, N, N)]
    found = drawn(ranges_of(rows, "p", "t"))["narrow"].root.iter("svg")
    places = [float(one.get("x").rstrip("%")) for one in found if one.find("circle") is not None]
    assert places == sorted(places)
    assert len(set(places)) == 2


def test_numbers_are_written_as_in_the_language_of_the_page(drawn):
    picture = ranges_of([Range(Value("a"), 8289.5, N, N)], "p", "t", "fr")
    assert picture.entries[0].notes[0].text == "8\u202f289,5"
    texts = [text for one in drawn(picture).values() for text in one.texts]
    assert any(text.startswith("8 289,5 · a") for text in texts)
    assert {"8\u202f000", "9\u202f000"} & set(texts)


@pytest.mark.parametrize("most", [9, 12_000, 4_000_000_000])
def test_the_words_at_both_ends_of_an_axis_are_inside_the_drawing(most, drawn):
    picture = ranges_of([Range(Value("a"), most, N, N)], "p", "t")
    for name, room in (("narrow", NARROW), ("wide", WIDE)):
        for text in drawn(picture)[name].root.iter("text"):
            if text.get("text-anchor") == "middle":
                middle = float(text.get("x").rstrip("%")) / 100 * room
                half = width(text.text, 12) / 2
                assert -1 <= middle - half
                assert middle + half <= room + 1


def test_on_a_page_that_is_read_from_the_right_words_begin_at_the_right(drawn):
    one = Range(Value("دير الزور"), 5, N, N)
    found = drawn(ranges_of([one], "p", "t", "ar"))["wide"].of_class("range")[0].find("text")
    assert float(found.get("x").rstrip("%")) > 90
    assert found.get("direction") == "rtl"
