"""Where terms end, on the lines that places show."""

import pytest

from kg.errors import AROUND, around
from kg.source.report import Place
from kg.source.reports.extent import end_column
from tests.source.documents import IRIS, LITERALS

LONG = "x" * (AROUND - 5)


def place_in(line: str, column: int) -> Place:
    return Place("a.ttl", 3, column, around(line, column))


@pytest.mark.parametrize("term", [*IRIS, *(one for one in LITERALS if "\n" not in one)])
@pytest.mark.parametrize("before", ["", "ex:a ex:p ", f"{LONG} {LONG} "])
def test_a_term_ends_where_the_next_thing_begins(term, before):
    column = len(before) + 1
    for after in (" .", " , ex:b ; ex:q 1 .", f" # {LONG}{LONG}"):
        assert column + len(term) == end_column(place_in(before + term + after, column))


@pytest.mark.parametrize(
    ("line", "column"),
    [("ex:a ex:p [ ex:q 1 ] .", 11), ("ex:a ex:p ( 1 ) .", 11), ("ex:a ex:p '''a", 11),
     (f"ex:a <http://e/{LONG}{LONG}> 1 .", 6), (f"ex:a ex:{LONG}{LONG}{LONG} 1 .", 6),
     ("ex:a ex:p 1 .", 10)],
)  # fmt: skip
def test_an_end_that_is_not_shown_is_not_guessed(line, column):
    assert 0 == end_column(place_in(line, column))


def test_a_file_without_a_line_has_no_end():
    assert 0 == end_column(Place("a.jsonld"))
    assert 0 == end_column(Place())
