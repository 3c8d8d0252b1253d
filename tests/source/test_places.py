import pytest

from kg.source.places import OBJECT, PREDICATE, SUBJECT, places
from kg.source.report import Place

TEXT = "# é\n<urn:é> <urn:p> 1 ;\r\n\t<urn:q> '\N{GRINNING FACE}' , 2 .\n"


@pytest.mark.parametrize(
    ("number", "term", "line", "column"),
    [(0, SUBJECT, 2, 1), (0, PREDICATE, 2, 9), (0, OBJECT, 2, 17), (1, SUBJECT, 2, 1),
     (1, PREDICATE, 3, 2), (1, OBJECT, 3, 10), (2, OBJECT, 3, 16)],
)  # fmt: skip
def test_lines_and_columns_count_from_one_in_characters(number, term, line, column):
    (place,) = places(TEXT, "a.ttl", {(number, term)}).values()
    assert ("a.ttl", line, column) == (place.file, place.line, place.column)


def test_several_terms_are_found_at_once():
    wanted = {(number, term) for number in range(3) for term in (SUBJECT, PREDICATE, OBJECT)}
    together = places(TEXT, "a.ttl", wanted)
    assert {one: places(TEXT, "a.ttl", {one})[one] for one in wanted} == together


def test_what_stands_around_the_place_is_kept_without_the_line_end():
    found = places(TEXT, "a.ttl", {(0, OBJECT)})
    assert [Place("a.ttl", 2, 17, "<urn:é> <urn:p> 1 ;")] == list(found.values())


@pytest.mark.parametrize("text", ["", "<urn:a>", "<urn:a> <urn:p> 1 . \x00", "] ] ]"])
def test_what_is_not_in_the_text_is_left_out(text):
    assert {} == places(text, "a.ttl", {(1, OBJECT)})


def test_what_stands_before_a_fault_is_found():
    assert 1 == len(places("<urn:a> <urn:p> 1 . \x00", "a.ttl", {(0, OBJECT), (9, OBJECT)}))


def test_nothing_wanted_is_nothing_found():
    assert {} == places(TEXT, "a.ttl", set())
