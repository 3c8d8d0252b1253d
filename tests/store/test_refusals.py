"""What every store refuses, and how it says so."""

import pytest

from kg.errors import (
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    ResultTooLarge,
    UpdateRefused,
)
from kg.rdf.formats import JSON, N_TRIPLES
from kg.store.base import SparqlRequest


def request_for(query, format_=JSON, size=1_000_000):
    return SparqlRequest(query, format_, seconds=30, bytes=size)


@pytest.mark.parametrize(
    "query",
    ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
     "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
     "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
     "SELECT * { FILTER(1<2)SERVICE#>\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
     'SELECT * { BIND("\\u0022" AS ?a) SERVICE <http://127.0.0.1:9/> {} BIND("\\u0022" AS ?b) }'],
)  # fmt: skip
def test_other_endpoints_are_never_called(store, query):
    with pytest.raises(QueryRefused, match="SERVICE is refused"):
        store.answer(request_for(query))


@pytest.mark.parametrize("update", ["INSERT DATA { ex:a ex:p 1 }", "DROP ALL", "CLEAR DEFAULT"])
def test_updates_are_refused(store, update):
    with pytest.raises(UpdateRefused, match="data changes by files"):
        store.answer(request_for(update))


def test_from_a_graph_on_the_web_fetches_nothing(store):
    query = "ASK FROM <http://127.0.0.1:9/> { ?x ?p ?o }"
    assert b"false" in store.answer(request_for(query)).body


def test_a_syntax_error_has_a_line_and_a_column(store):
    with pytest.raises(QuerySyntaxError) as caught:
        store.answer(request_for("SELECT *\nWHERE { ?s ?p }"))
    assert (2, 9) == (caught.value.line, caught.value.column)
    assert str(caught.value).startswith("line 2, column 9: found '?s ?p }'")


@pytest.mark.parametrize(
    "query",
    ["", "SELECT", "SELECT * { ?s nope:p ?o }", "SELECT ?x { } GROUP BY ?y", "\x00", "\ud800"],
)
def test_what_is_no_query_is_the_querys_fault(store, query):
    with pytest.raises(QueryError):
        store.answer(request_for(query))


@pytest.mark.parametrize(
    ("query", "format_"),
    [("SELECT * { ?s ?p ?o }", JSON), ("CONSTRUCT WHERE { ?s ?p ?o }", N_TRIPLES),
     ("ASK {}", JSON)],
)  # fmt: skip
def test_an_answer_past_the_limit_is_stopped(store, query, format_):
    with pytest.raises(ResultTooLarge) as caught:
        store.answer(request_for(query, format_, size=10))
    assert 10 == caught.value.limit
    assert "10 bytes" in str(caught.value)


def test_an_answer_of_just_the_limit_is_whole(store):
    query = "SELECT * { ?s ?p ?o }"
    size = len(store.answer(request_for(query)).body)
    assert size == len(store.answer(request_for(query, size=size)).body)


def test_a_failed_query_does_not_spoil_the_next(store):
    for query in ("SELECT", "DROP ALL", "CONSTRUCT {} {}"):
        with pytest.raises(QueryError):
            store.answer(request_for(query))
    assert b"true" in store.answer(request_for("ASK { ex:a a ex:C }")).body
