import pytest
from pyoxigraph import Store

from kg.errors import QuerySyntaxError
from kg.rdf.formats import JSON
from kg.store.base import SparqlRequest
from kg.store.embedded import open_in_memory
from kg.store.syntax import ROOM, syntax_error


def error_of(query: str):
    """What we say of a query that the engine refuses."""
    with pytest.raises(SyntaxError) as caught:
        Store().query(query + ROOM)
    return syntax_error(str(caught.value), query)


@pytest.mark.parametrize(
    ("query", "line", "column", "found"),
    [
        ("SELECT * { ?s ?p }", 1, 12, "found '?s ?p }'"),
        ("SELECT *\n{ ?s ?p }", 2, 3, "found '?s ?p }'"),
        ("SELECT *\r\n{ ?s ?p }", 2, 3, "found '?s ?p }'"),
        ("# \N{GRINNING FACE}\nASK { é 1 }", 2, 7, "found 'é 1 }'"),
        ("ASK { FILTER ) }", 1, 14, "found ') }'"),
        ("SELECT ? {}", 1, 8, "found '? {}'"),
        ("nonsense", 1, 1, "found 'nonsense'"),
        ("ASK { ?s ?p ?o", 1, 15, "at the end of the query"),
        ("", 1, 1, "at the end of the query"),
    ],
)
def test_the_message_says_where_and_what_is_there(query, line, column, found):
    error = error_of(query)
    assert (line, column) == (error.line, error.column)
    assert str(error).startswith(f"line {line}, column {column}: {found}")


def test_no_one_is_told_to_try_what_is_refused():
    assert "SERVICE" not in str(error_of("SELECT * { ?s ?p }"))


def test_a_missing_prefix_is_said_in_words():
    expected = "line 1, column 16: the prefix nope: is not declared"
    assert expected == str(error_of("ASK { ?s nope:p ?o }"))


def test_few_of_many_expectations_are_shown():
    assert str(error_of("ASK { ?s ?p ?o ")).count(",") <= 9


def test_character_classes_are_not_shown():
    assert "..=" not in str(error_of("SELECT ? {}"))
    assert "['" not in str(error_of("ASK { ?s ?p 1, }"))


def test_a_long_rest_of_the_query_is_cut():
    assert 200 > len(str(error_of("nonsense " * 1_000)))


def test_a_complaint_without_a_place_is_passed_on():
    error = syntax_error("something else", "ASK {}")
    assert ("something else", 0, 0) == (str(error), error.line, error.column)


def test_a_place_outside_of_the_query_is_its_end():
    assert "at the end of the query" in str(syntax_error('error at 9:9: expected "}"', "ASK {"))


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ('"}"', ', expected "}"'),
        ('one of "a", "b"', ', expected "a", "b"'),
        ("one of ['a' ..= 'z'], \"b\"", ', expected "b"'),
        ("one of \",\", ['x']", ', expected ","'),
        ("['a' ..= 'z']", ", which SPARQL does not allow here"),
        ('one of Prefix not found, "a"', ". Prefix not found."),
    ],
)
def test_expectations_are_tokens_or_sentences(listed, expected):
    assert f"line 1, column 1: found 'x'{expected}" == str(
        syntax_error(f"error at 1:1: expected {listed}", "x")
    )


def test_a_prefix_that_is_nearly_a_known_one_is_guessed(snapshot_of):
    store = open_in_memory(snapshot_of({"a.ttl": "ex:a ex:p 1 ."}))
    request = SparqlRequest("SELECT * { ?s skso:prefLabel ?o }", JSON, 10, 1000)
    with pytest.raises(QuerySyntaxError, match=r"skso: is not declared; did you mean skos:\?"):
        store.answer(request)
