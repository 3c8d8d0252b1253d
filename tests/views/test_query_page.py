"""The page of an answer: it shows a part of what is long, and the files have all."""

from kg.views.query_page import SHOWN, graph_page
from kg.views.site import site_part

PREFIXES = (
    "@prefix ex: <http://example.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
)


def page_of(snapshot, *lines: str):
    turtle = "\n".join((PREFIXES, *lines)).encode()
    return graph_page(snapshot, site_part(snapshot), "DESCRIBE ex:a", turtle)


def test_the_text_of_a_graph_has_the_prefixes_that_it_uses(snapshot_of):
    page = page_of(snapshot_of({"a.ttl": "ex:a ex:b 1 ."}), "ex:a ex:b ex:c .")
    assert ["@prefix ex: <http://example.org/> .", "ex:a ex:b ex:c ."] == page.text.splitlines()
    assert 0 == page.lines


def test_a_graph_of_many_lines_is_shown_in_part_and_says_so(snapshot_of):
    lines = [f"ex:a ex:b {number} ." for number in range(SHOWN + 5)]
    page = page_of(snapshot_of({"a.ttl": "ex:a ex:b 1 ."}), *lines)
    assert SHOWN == page.lines
    assert f"ex:a ex:b {SHOWN - 1} ." == page.text.splitlines()[-1]


def test_no_triples_are_no_text(snapshot_of):
    page = page_of(snapshot_of({"a.ttl": "ex:a ex:b 1 ."}))
    assert ("", 0) == (page.text, page.lines)


def test_a_long_graph_of_a_stored_query_is_no_heavier_than_other_pages(server):
    page = server.get("/queries/release/reified", "text/html").text
    assert "The first 1,000 lines are shown; the files below have all." in page
    assert len(page) < 200_000
