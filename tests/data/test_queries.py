"""Every stored query gives the rows that a reader of the article expects."""

import csv
import io

import pytest

import kg
from kg.rdf.formats import CSV, JSON
from kg.rdf.sparql_text import query_form
from kg.store.embedded import open_in_memory
from tests.conftest import REPO

EXPECTED = sorted((REPO / "tests" / "data" / "expected").glob("*.csv"))
NAMES = sorted(path.stem for path in (REPO / "queries").rglob("*.rq"))


@pytest.fixture(scope="module")
def store(snapshot):
    return open_in_memory(snapshot)


def rows(store, text) -> list[dict[str, str]]:
    answer = store.answer(kg.SparqlRequest(text, CSV, seconds=30, bytes=10**6))
    return list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))


def test_five_queries_are_stored_and_each_has_its_expected_rows():
    assert 5 <= len(NAMES)
    assert NAMES == [path.stem for path in EXPECTED]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_stored_query_gives_its_expected_rows(snapshot, store, path):
    (query,) = [query for query in snapshot.queries if query.name == path.stem]
    expected = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert expected == rows(store, query.text)


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_query_keeps_what_its_header_expects(snapshot, store, name):
    (query,) = [query for query in snapshot.queries if query.name == name]
    assert "SELECT" == query_form(query.text)
    assert query.summary
    assert query.description
    relation, count = query.expect
    found = len(rows(store, query.text))
    assert found == count if relation == "=" else found >= count


def test_the_question_everybody_asks_gives_its_three_rows(snapshot, store):
    """Deaths attributed to Russia: by whom, how many, in what words, where in the text."""
    (query,) = [q for q in snapshot.queries if q.name == "deaths-attributed-to-russia"]
    found = rows(store, query.text)
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
    assert len(NAMES) == open_in_memory(snapshot).answer(request).body.count(b'"value"')
