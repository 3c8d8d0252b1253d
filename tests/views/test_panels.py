"""Panels on pages: what stored queries found, as a reader meets it."""

import pytest

from kg.dataset.description import describe
from kg.settings import Limits
from kg.store.embedded import open_in_memory
from kg.store.tabling import tables_of
from kg.views.html import render
from kg.views.overview import overview_page
from kg.views.resource import resource_page
from kg.views.site import site_part
from tests.views.conftest import EX, Page

DATA = """
ex:a a ex:C ; rdfs:label "Ann"@en ; ex:knows ex:b, ex:c ; ex:says "<b>hi</b>", "bonjour"@fr .
ex:b a ex:C ; rdfs:label "Bob"@en, "بوب"@ar .
ex:c a ex:C ; rdfs:label "Cleo"@en ; ex:knows <javascript:alert(1)> .
"""
KNOWS = (
    f"PREFIX ex: <{EX}>\n"
    "SELECT ?this ?knownPerson ?too { ?this ex:knows ?knownPerson BIND (1 AS ?too) }"
)


@pytest.fixture
def shown(snapshot_of):
    """A function that renders the page of a resource, or the overview, with these queries."""

    def make(name: str, **queries: str) -> Page:
        files = {"kg.toml": f'base = "{EX}"', "data/ttl/f.ttl": DATA}
        files |= {f"queries/{path.replace('__', '/')}.rq": q for path, q in queries.items()}
        snapshot = snapshot_of(files)
        tables = tables_of(snapshot, open_in_memory(snapshot), Limits())
        assert tables.failures == ()
        site = site_part(snapshot)
        if not name:
            return Page(render(overview_page(snapshot, site, (), (), tables)).body)
        return Page(
            render(resource_page(snapshot, site, describe(snapshot, EX + name), tables)).body
        )

    return make


def test_a_panel_shows_labels_links_its_heading_and_its_query(shown):
    page = shown("a", pages__knows=f"#+ about: ex:C\n#+ title: Whom\n#+ view: list\n{KNOWS}")
    assert ["Whom", "Bob", "Cleo"] == page.order("Whom", "Bob", "Cleo")[:3]
    assert {"/doc/b", "/doc/c"} <= set(page.hrefs)
    assert "panel-pages-knows" in page.ids
    assert "/sparql?name=pages%2Fknows&this=http%3A%2F%2Fexample.org%2Fa" in page.hrefs


def test_a_panel_without_rows_is_not_there(shown):
    page = shown("b", q=f"#+ about: ex:C\n#+ title: Whom\n{KNOWS}")
    assert "panel-q" not in page.ids
    assert [] == page.order("Whom")


def test_columns_are_called_as_the_header_says_else_by_their_variables(shown):
    page = shown("a", q=f"#+ about: ex:C\n{KNOWS}")
    assert ["known person", "too"] == page.order("known person", "too")
    page = shown("a", q=f"#+ about: ex:C\n#+ columns: Friend\n{KNOWS}")
    assert ["Friend", "too"] == page.order("Friend", "known person", "too")


@pytest.mark.parametrize("view", ["text", "facts", "list", "table", "chain", "tree", "ranges",
                                  "timeline", "map", "chart", "graph"])  # fmt: skip
def test_every_view_escapes_what_it_shows_and_follows_no_script(shown, view):
    query = f"PREFIX ex: <{EX}>\nSELECT ?this ?p ?o {{ ?this ?p ?o FILTER (?p != rdf:type) }}"
    for name in ("a", "c"):
        page = shown(name, q=f"#+ about: ex:C\n#+ view: {view}\n{query}")
        assert "panel-q" in page.ids
        assert "b" not in page.elements
        assert "script" not in page.elements
        assert not [href for href in page.hrefs if href.startswith("javascript")]


def test_an_empty_last_column_is_left_out(shown):
    page = shown("a", q=f"#+ about: ex:C\n{KNOWS.replace('BIND (1 AS ?too)', '')}")
    assert ["Bob"] == page.order("too", "Bob")[:1]


def test_of_rows_that_differ_in_their_language_only_one_is_shown(shown):
    query = "SELECT ?this ?label { ?this rdfs:label ?label }"
    page = shown("b", q=f"#+ about: ex:C\n#+ title: T\n#+ view: list\n{query}")
    (panel,) = [at for at, (text, _, _) in enumerate(page.texts) if text == "T"]
    after = [text for text, _, _ in page.texts[panel:]]
    assert after.index("Bob") < after.index("See the query")
    assert "بوب" not in after[: after.index("See the query")]


def test_a_chain_is_one_sentence_and_a_tree_shows_what_hangs_on_what(shown):
    query = f"PREFIX ex: <{EX}>\nSELECT ?this ?n ?who ?how {{ ?this ex:knows ?who BIND (1 AS ?n) }}"
    page = shown("a", q=f"#+ about: ex:C\n#+ view: chain\n{query}")
    assert ["Bob", "and", "Cleo"] == page.order("Bob", "and", "Cleo")[:3]
    tree = "SELECT ?this ?low ?kind ?high { ?this ?kind ?low FILTER (ISIRI(?low)) "
    tree = f"{tree} FILTER (?kind = <{EX}knows>) BIND (?this AS ?high) }}"
    page = shown("a", q=f"#+ about: ex:C\n#+ view: tree\n{tree}")
    assert ["Ann", "Bob", "Cleo"] == page.order("Ann", "Bob", "Cleo")[1:4]


def test_texts_of_a_panel_say_their_language(shown):
    query = f"PREFIX ex: <{EX}>\nSELECT ?this ?said {{ ?this ex:says ?said }}"
    page = shown("a", q=f"#+ about: ex:C\n#+ view: text\n{query}")
    assert {"fr"} == page.languages("bonjour")
    assert "<b>hi</b>" in [text for text, _, _ in page.texts]


def test_values_of_one_fact_stand_together(shown):
    query = f"PREFIX ex: <{EX}>\nSELECT ?this ?p ?o {{ ?this ?p ?o }}"
    page = shown("a", q=f"#+ about: ex:C\n#+ view: facts\n{query}")
    heads = [text for text, _, tags in page.texts if "dt" in tags and "details" not in tags]
    assert 1 == heads.count("ex:knows")


def test_a_panel_of_the_overview_stands_there_alone(shown):
    query = f"#+ show: overview\n#+ title: How many\n{KNOWS.replace('?this', '?who')}"
    assert ["How many"] == shown("", q=query).order("How many")
    assert [] == shown("a", q=query).order("How many")


def test_queries_about_one_resource_are_no_questions_to_start_from(shown):
    page = shown("", q=f"#+ about: ex:C\n#+ summary: Whom?\n{KNOWS}", r="#+ summary: All?\nASK {}")
    assert ["All?"] == page.order("Whom?", "All?")
