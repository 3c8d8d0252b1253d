"""Every stored query gives the rows that a reader of the article expects."""

import csv
import io
import re

import pytest

import kg
from kg.rdf.formats import CSV, JSON
from kg.rdf.sparql_text import query_form
from kg.settings import Limits
from kg.store.embedded import open_in_memory
from kg.store.tabling import tables_of
from tests.conftest import REPO


def names(folder, suffix):
    """The files of a folder by name: their paths in it without suffix, as stored queries have."""
    paths = folder.rglob(f"*{suffix}")
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in paths)


FOLDER = REPO / "tests" / "data" / "expected"
EXPECTED = names(FOLDER, ".csv")
# what releases are made of is held against the data in tests/release
NAMES = [name for name in names(REPO / "queries", ".rq") if not name.startswith("release/")]


@pytest.fixture(scope="module")
def store(snapshot):
    return open_in_memory(snapshot)


def rows(store, text) -> list[dict[str, str]]:
    answer = store.answer(kg.SparqlRequest(text, CSV, seconds=30, bytes=10**6))
    return list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))


def test_every_competency_question_is_stored_and_each_query_has_its_expected_rows():
    assert 25 <= len(NAMES)
    assert NAMES == EXPECTED


@pytest.mark.parametrize("name", EXPECTED)
def test_a_stored_query_gives_its_expected_rows(snapshot, store, name):
    (query,) = [query for query in snapshot.queries if query.name == name]
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    expected = list(csv.DictReader(io.StringIO(text)))
    found = rows(store, query.example)
    if query.panel and query.panel.about:
        # what is shown on many pages is expected of the few that the file has, and of those whole
        pages = {row["this"] for row in expected}
        assert pages
        found = [row for row in found if row["this"] in pages]
    assert expected == found


def test_no_query_for_pages_fails_or_takes_long(snapshot, store):
    tables = tables_of(snapshot, store, Limits())
    assert () == tables.failures
    assert {q.name for q in snapshot.queries if q.panel} == {t.query.name for t in tables.tables}
    columns = [(t.query.name, c) for t in tables.tables for c in t.panel.columns]
    wrong = [name for name, c in columns if len(c.value.split(",")) != len(table_of(tables, name))]
    assert [] == wrong, "a heading for each column"


def table_of(tables, name) -> tuple[str, ...]:
    """The columns of a query's table."""
    (found,) = [table.columns for table in tables.tables if table.query.name == name]
    return found


def test_headings_of_panels_are_in_all_three_languages(snapshot):
    for query in snapshot.queries:
        if query.panel:
            texts = (query.panel.titles, query.panel.notes, query.panel.columns)
            for said in filter(None, texts):
                assert {"en", "ar", "fr"} == {one.language for one in said}, query.name


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_query_keeps_what_its_header_expects(snapshot, store, name):
    (query,) = [query for query in snapshot.queries if query.name == name]
    assert "SELECT" == query_form(query.text)
    assert query.summary
    assert query.description
    relation, count = query.expect
    found = len(rows(store, query.example))
    assert found == count if relation == "=" else found >= count


def test_the_question_everybody_asks_gives_its_three_rows(snapshot, store):
    """Deaths attributed to Russia: by whom, how many, in what words, where in the text."""
    name = "3-numbers-and-times/deaths-attributed-to-russia"
    (query,) = [query for query in snapshot.queries if query.name == name]
    found = rows(store, query.example)
    short = [
        (
            row["claim"].rpartition("-")[2],
            row["value"],
            row["min"],
            row["max"],
            row["exactness"].rpartition("/")[2],
            row["voice"].rpartition("/")[2],
            row["start"],
            row["end"],
        )
        for row in found
    ]
    assert [
        ("0045", "8289", "8289", "8289", "exact", "direct-quotation", "4305", "4394"),
        ("0046", "2000", "", "2000", "nearly", "direct-quotation", "4396", "4445"),
        ("0069", "", "2000", "", "indefinite-plural", "own-voice", "5866", "5961"),
    ] == short


def test_stored_queries_can_be_found_by_querying(snapshot):
    query = """SELECT ?label { GRAPH ?g { ?q a sh:SPARQLSelectExecutable ; rdfs:label ?label } }"""
    request = kg.SparqlRequest(query, JSON, seconds=30, bytes=10**6)
    asked = [query for query in snapshot.queries if query_form(query.text) == "SELECT"]
    assert len(NAMES) < len(asked)
    assert len(asked) == open_in_memory(snapshot).answer(request).body.count(b'"value"')


GUIDE = (REPO / "docs" / "data.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", re.findall(r"```sparql\n(.*?)```", GUIDE, re.DOTALL))
def test_every_query_of_the_guide_has_an_answer(store, text):
    assert rows(store, text)


def test_every_stored_query_that_the_guide_names_is_there():
    named = re.findall(r"queries/(\d-[\w/-]+)\.rq|kg query (\S+)", GUIDE)
    assert named
    assert {one or other for one, other in named} <= set(NAMES)


OTHERS = {
    "1-first-steps/claims-of-one-source": {"speaker": "actor:us-treasury"},
    "1-first-steps/kinds-of-actor": {"language": "ar"},
    "1-first-steps/names-in-three-languages": {"actor": "actor:russia"},
    "1-first-steps/negative-claims": {"polarity": "polarity:positive"},
    "1-first-steps/rejected-by-the-article": {"stance": "stance:adopted"},
    "2-who-says-it/quotations-without-source": {"voice": "voice:direct-quotation"},
    "3-numbers-and-times/claims-about-2015": {"from": "2016-01-01", "to": "2016-12-31"},
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_stored_query_can_be_asked_with_other_values(snapshot, store, name):
    (query,) = [query for query in snapshot.queries if query.name == name]
    other = rows(store, query.asked(OTHERS[name], dict(snapshot.prefixes.pairs)))
    assert other
    assert other != rows(store, query.example)
