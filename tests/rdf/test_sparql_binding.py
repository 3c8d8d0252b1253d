"""Values become terms of a query: the real engine says what was understood, for any value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.rdf.sparql_binding import ASSIGNED, bound, uses, written
from kg.rdf.sparql_parts import tokens
from kg.rdf.sparql_service import CODEPOINT

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"

# what ends a string, an IRI, a comment or a group, and what is an escape of one
NASTY = st.sampled_from(
    ['"', "'", '"""', "\\", "\\u0022", "\\U00000022", "\\\\u0022", "\n", "\r", "#", "}", "{", ">",
     "<", "?_value", "^^", "@en", " . ", "\x00", "\x1f", "\u2028", "DROP ALL", ";", "*/"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(NASTY, st.text(max_size=5)), max_size=8).map("".join)
TEMPLATE = 'SELECT (?_value AS ?v) { FILTER (?_value = ?_value && "x" != "y") } # ?_value'


def decoded_first(text: str) -> str:
    """The text as the standard reads it: escapes of characters before anything else."""
    return CODEPOINT.sub(lambda m: chr(int(m[1] or m[2], 16)), text)


@given(TEXTS)
def test_any_string_stays_one_literal(value):
    query = bound(TEMPLATE, {"_value": Literal(value)})
    (row,) = Store().query(query)
    assert Literal(value) == row["v"]
    assert len(tokens(TEMPLATE)) == len(tokens(query))


@given(TEXTS)
def test_any_string_stays_one_literal_where_escapes_are_decoded_first(value):
    # characters that no escape may stand for in a string, when it is decoded before it is read
    text = "".join(c for c in value if c >= " ")
    query = decoded_first(bound(TEMPLATE, {"_value": Literal(text)}))
    (row,) = Store().query(query)
    assert Literal(text) == row["v"]


@given(TEXTS)
def test_any_iri_that_is_one_stays_one_token_and_nothing_else_becomes_one(value):
    try:
        node = NamedNode(EX + value)
    except ValueError:
        return
    query = bound("SELECT (?_value AS ?v) {}", {"_value": node})
    (row,) = Store().query(query)
    assert node == row["v"]


@given(TEXTS, st.sampled_from(["en", "ar", "de-CH"]))
def test_languages_and_datatypes_are_kept(value, language):
    for term in (
        Literal(value, language=language),
        Literal(value, datatype=NamedNode(f"{XSD}date")),
    ):
        assert 2 == sum(t[0].startswith('"') or t[0][0] in "@<" for t in tokens(written(term)))
        query = bound("SELECT ?v { VALUES ?v { ?_value } }", {"_value": term})
        (row,) = Store().query(query)
        assert term == row["v"]


@pytest.fixture(scope="module")
def store() -> Store:
    """Two things that know each other, with a name and a year each."""
    made = Store()
    for name, other, year in (("a", "b", 2014), ("b", "a", 2015)):
        node = NamedNode(EX + name)
        made.add(Quad(node, NamedNode(f"{EX}knows"), NamedNode(EX + other)))
        made.add(Quad(node, NamedNode(f"{EX}name"), Literal(name)))
        made.add(Quad(node, NamedNode(f"{EX}year"), Literal(year)))
    return made


A = NamedNode(f"{EX}a")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?n { ?_s ex:name ?n }", ["a"]),
        ("SELECT ?n { $_s ex:name ?n }", ["a"]),
        ("SELECT ?n { ?x ex:knows ?_s ; ex:name ?n }", ["b"]),
        ("SELECT ?_s ?n { ?_s ex:name ?n }", [f"{EX}a", "a"]),
        ("SELECT DISTINCT ?n ?_s WHERE { ?_s ex:name ?n }", ["a", f"{EX}a"]),
        ("SELECT ?n { ?x ex:name ?n FILTER NOT EXISTS { ?_s ex:name ?n } }", ["b"]),
        ("SELECT ?n { { SELECT ?_s ?n { ?_s ex:name ?n } } }", ["a"]),
        ("SELECT ?_s (COUNT(?o) AS ?n) { ?_s ?p ?o } GROUP BY ?_s ORDER BY ?_s", [f"{EX}a", "3"]),
        ("SELECT ?n { ?x ex:name ?n FILTER(BOUND(?_s) && ?x = ?_s) }", ["a"]),
        ("SELECT ?n { ?x ex:name ?n FILTER(!bound( ?_s ) || ?x IN (?_s)) }", ["a"]),
        ("SELECT ?n { VALUES ?x { ?_s } ?x ex:name ?n }", ["a"]),
        ("SELECT ?n { ?x ex:name ?n } GROUP BY ?n ?x HAVING (?x = ?_s)", ["a"]),
        ('SELECT ?n { ?_s ex:name ?n FILTER("?_s" != ?n) } # ?_s', ["a"]),
    ],
)
def test_a_variable_is_bound_wherever_it_stands(store, query, expected):
    rows = store.query(bound(query, {"_s": A}), prefixes={"ex": EX})
    assert [expected] == [[term.value for term in row] for row in rows]


@pytest.mark.parametrize(
    "query",
    ["SELECT (1 AS ?_s) {}", "SELECT * { BIND(1 AS ?_s) }", "SELECT * { VALUES ?_s { 1 } }",
     "SELECT * { VALUES (?a ?_s) { (1 2) } }"],
)  # fmt: skip
def test_an_assignment_is_told_from_a_use(query):
    assert [ASSIGNED] == [use.how for use in uses(query) if use.name == "_s"]


def test_variables_that_are_not_given_stay():
    query = "SELECT ?_t { ?_s ?p ?_t }"
    assert f"SELECT ?_t {{ {A} ?p ?_t }}" == bound(query, {"_s": A})
