"""Ranges: exact values, bounds and open sides are marked differently, rivals share an axis."""

import pytest

from kg.views.pages import Value
from kg.views.pictures.ranges import Range, in_words, ranges_of

N = None


@pytest.mark.parametrize(
    ("numbers", "marks", "words"),
    [
        ((5, 5, 5), {"day": 1, "bound": 0, "perhaps": 0, "open": 0}, "5"),
        ((N, 5, N), {"day": 0, "bound": 1, "perhaps": 0, "open": 1}, "≥ 5"),
        ((N, N, 5), {"day": 0, "bound": 1, "perhaps": 0, "open": 1}, "≤ 5"),
        ((N, 5, 9), {"day": 0, "bound": 2, "perhaps": 1, "open": 0}, "5 to 9"),
        ((7, 5, 9), {"day": 1, "bound": 2, "perhaps": 1, "open": 0}, "7; 5 to 9"),
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
