"""What holds for every kind of picture: hostile labels, many things, none, links, names."""

import re

import pytest

from kg.views.pages import Value
from kg.views.pictures.of_rows import picture_of

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "quotes": "\"'`&amp;<a href='x'>",
    "override": "a\u202eb\u2066c",
    "long": "word " * 2000,
    "unbroken": "x" * 10_000,
    "control": "a\x00\x08\ud800b",
    "arabic": "دير الزور",
    "empty": "",
}


def cells(kind: str, number: int) -> tuple[Value, ...]:
    """The columns after the name, of the row with that number."""
    place = f"POINT({number % 90 - 45 + number / 3000} {number % 60 - 30})"
    year = 1000 + number % 1000
    return {
        "map": (Value(place), Value(str(number))),
        "timeline": (
            Value(f"{year}"),
            *map(Value, (f"{year}-01-01", f"{year}-12-31", f"{year}-01-01", f"{year}-12-31")),
        ),
        "ranges": (Value(str(number)), Value(str(number)), Value(str(number + 9)), Value("dead")),
        "chart": (Value(str(number)),),
        "graph": (Value("meets"), Value("root"), Value("strain")),
        "tree": (Value("supports"), Value("root"), Value("for")),
    }[kind]


KINDS = ("map", "timeline", "ranges", "chart", "tree", "graph")
# a graph is as large as it is, in a region that scrolls
WIDTHS = {kind: {"narrow", "wide"} for kind in KINDS} | {"graph": {"any"}}


def rows(kind: str, names) -> list:
    return [
        (Value(name, href="/doc/a", iri=f"http://example.org/{number}"), *cells(kind, number))
        for number, name in enumerate(names)
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("label", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_label_is_text_and_short(kind, label, drawn):
    picture = picture_of(kind, rows(kind, [label, "b", label]), "p", label)
    assert set(drawn(picture)) == WIDTHS[kind]
    for drawing in drawn(picture).values():
        assert {one.tag for one in drawing.root.iter()} <= {
            *("svg", "title", "g", "a", "text", "rect", "circle", "line", "path", "defs", "use"),
            "tspan",
        }
        assert all(len(text or "") <= 310 for text in (*drawing.texts, *drawing.titles))
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(filter(None, drawing.texts)))
    assert "style=" not in picture.svg


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil", "vbscript:x"]
)
def test_only_safe_addresses_are_followed(kind, href, drawn):
    row = (Value("a", href=href, iri=href), *cells(kind, 1))
    picture = picture_of(kind, [row], "p", "t")
    assert [] == [link for drawing in drawn(picture).values() for link in drawing.hrefs]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 2000])
def test_every_row_is_in_the_list_and_what_is_not_drawn_is_counted(kind, count, drawn):
    picture = picture_of(kind, rows(kind, map(str, range(count))), "p", "t")
    assert len(picture.entries) == count
    for drawing in drawn(picture).values():
        assert len(drawing.hrefs) == count - picture.left_out
    assert picture.left_out == 0 or count == 2000
    assert len(picture.svg) < 400_000


@pytest.mark.parametrize("kind", KINDS)
def test_no_rows_make_no_picture(kind):
    assert picture_of(kind, [], "p", "t") is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_named_has_ids_of_its_own_and_is_the_same_each_time(kind, drawn):
    made = [picture_of(kind, rows(kind, "abc"), "panel-x", "Where & when") for _ in range(2)]
    assert made[0] == made[1]
    drawings = drawn(made[0])
    ids = [one for drawing in drawings.values() for one in drawing.ids]
    assert len(ids) == len(set(ids))
    assert all(one.startswith("panel-x-") for one in ids)
    for drawing in drawings.values():
        assert drawing.root.get("role") == "group"
        assert drawing.root.get("aria-labelledby") in drawing.ids
        assert drawing.titles[0] == "Where & when"


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_does_not_fit_is_passed_over(kind):
    bad = [(None, None), (Value("a"),), (), (Value("a"), Value("nonsense"), Value("x"))]
    assert picture_of("nonsense", bad, "p", "t") is None
    fitting = rows(kind, "ab")
    assert picture_of(kind, [*bad, *fitting], "p", "t").svg
