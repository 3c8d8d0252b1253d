"""The page of a search."""

from kg.dataset.labels import label_index
from kg.dataset.matching import find
from kg.views.html import render
from kg.views.search_page import search_page
from kg.views.site import site_part

FILE = """
ex:City rdfs:label "City" . ex:River rdfs:label "River" .
ex:a a ex:City ; rdfs:label "Sajur" . ex:b a ex:River ; rdfs:label "Sajur" .
ex:c rdfs:label "Sajur" ; rdfs:comment "%s the Sajur flows here" .
"""


def page(snapshot_of, asked: str):
    snapshot = snapshot_of({"a.ttl": FILE % ("word " * 100)})
    matches = find(label_index(snapshot), asked, 10, texts=True)
    return search_page(snapshot, site_part(snapshot), asked, matches, more=False)


def test_results_are_grouped_by_class(snapshot_of):
    groups = page(snapshot_of, "Sajur").groups
    assert ["City", "River", ""] == [g.class_.text if g.class_ else "" for g in groups]


def test_of_a_long_text_what_is_around_the_words_is_shown(snapshot_of):
    found = page(snapshot_of, "flows here").groups[0].found[0]
    assert ("flows", True) in found.parts
    assert len("".join(text for text, _ in found.parts)) < 210


def test_a_name_is_proposed_only_where_it_is_not_what_was_asked(snapshot_of):
    assert () == page(snapshot_of, "Sajur").meant
    assert [("Sajur", "/search?q=Sajur")] == list(page(snapshot_of, "Sajor").meant)
    assert b"Did you mean" in render(page(snapshot_of, "Sajor")).body
