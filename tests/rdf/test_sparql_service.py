"""Calls to other endpoints are seen in every disguise, and in one pass."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.rdf.sparql_service import uses_service

IRI = "<http://example.org/sparql>"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE {IRI} {{}} }}", f"SELECT * {{ service {IRI} {{}} }}",
        f"SELECT * {{ sErViCe {IRI} {{}} }}", f"SELECT * {{SERVICE{IRI}{{}}}}",
        f"SELECT * {{ SERVICE SILENT {IRI} {{}} }}", "SELECT * { SERVICE ?x {} }",
        "SELECT * {SERVICE?x{}}", "PREFIX e: <http://e/> SELECT * { SERVICE e: {} }",
        f"SELECT * {{ SERVICE # comment\n{IRI} {{}} }}", f"SELECT * {{ #\nSERVICE {IRI} {{}} }}",
        f"SELECT * {{ #\rSERVICE {IRI} {{}} }}",
        f"SELECT * {{ FILTER EXISTS {{ SERVICE {IRI} {{}} }} }}",
        f"SELECT * {{ {{ SELECT * {{ SERVICE {IRI} {{}} }} }} }}",
        f"SELECT * {{ ?s ?p ?o.SERVICE {IRI} {{}} }}", f"SELECT * {{ ?s ?p 1.SERVICE {IRI} {{}} }}",
        f"SELECT * {{ ?s ?p 'x'SERVICE {IRI} {{}} }}",
        f'SELECT * {{ ?s ?p """x"""SERVICE{IRI}{{}} }}',
        f"SELECT * {{ ?s ?p '''\\''''SERVICE{IRI}{{}} ?a ?b '''''' }}",
        f"SELECT * {{ ?s ?p '\\\\' SERVICE {IRI} {{}} ?a ?b '' }}",
        f'SELECT * {{ ?s ?p """a"b""" SERVICE {IRI} {{}} ?a ?b "" }}',
        f"SELECT * {{ ?s ?p 'x'@en SERVICE {IRI} {{}} }}",
        f"SELECT * {{ FILTER(?a < ?b) SERVICE {IRI} {{}} FILTER(?a > ?b) }}",
        # accepted by lenient parsers, written with an escape
        f"SELECT * {{ SERV\\u0049CE {IRI} {{}} }}", f"SELECT * {{ \\U00000053ERVICE {IRI} {{}} }}",
        # words run together, as the engine's parser allows
        f"SELECT * {{ ?s ?p trueSERVICE{IRI}{{}} }}", f"SELECT * {{ ?s ?p falseSERVICE{IRI}{{}} }}",
        "PREFIX : <http://e/> SELECT * { SERVICE:x {} }",
        # `e:` ends before the dot: a local name cannot begin with one
        f"PREFIX e: <http://e/> SELECT * {{ ?s ?p e:.SERVICE{IRI}{{}} }}",
        # two comparisons and a comment that look like an IRI
        f"SELECT * {{ FILTER(1<2)SERVICE#>\n{IRI} {{}} }}",
        # escapes that the engine reads inside of strings only
        f'SELECT * {{ BIND("\\u0022" AS ?a) SERVICE {IRI} {{}} BIND("\\u0022" AS ?b) }}',
        f"SELECT * {{ BIND('\\u0027' AS ?a) SERVICE {IRI} {{}} BIND('\\u0027' AS ?b) }}",
        f'SELECT * {{ BIND("\\u005C" AS ?a) SERVICE {IRI} {{}} BIND("" AS ?b) }}',
        f'SELECT * {{ BIND("\\u0023" AS ?a) SERVICE {IRI} {{}} }}',
        f'SELECT * {{ BIND("\\U00000022" AS ?a) SERVICE {IRI} {{}} BIND("\\u0022" AS ?b) }}',
    ],
)  # fmt: skip
def test_a_call_to_another_endpoint_is_seen_in_every_disguise(text):
    assert uses_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p ?o }", "SELECT $SERVICE { $SERVICE ?p ?o }",
        "SELECT * { <http://e/SERVICE> ?p <SERVICE> }", "SELECT * { # SERVICE\n}",
        "SELECT * { ?s ?p 'SERVICE' }", 'SELECT * { ?s ?p "a \\" SERVICE " }',
        "SELECT * { ?s ?p '''it's a SERVICE''' }", 'SELECT * { ?s ?p """a "SERVICE" b""" }',
        'SELECT * { ?s ?p """\n SERVICE \n""" }', "SELECT * { ?s ?p 'a\\' SERVICE' }",
        "PREFIX service: <http://e/> SELECT * { ?s service:SERVICE ?o }",
        "PREFIX e: <http://e/> SELECT * { ?s e:SERVICE ?o . ?s e:a-SERVICE e:a.SERVICE }",
        "PREFIX e: <http://e/> SELECT * { ?s e:a\\-SERVICE e:%20SERVICE }",
        "SELECT * { ?s ?p _:service }", "SELECT * { ?s ?p 'x'@service }",
        "SELECT * { ?s ?p 'x'@en-service }", "SELECT * { ?s <http://e/#SERVICE> ?o }",
        "SELECT ?services { ?services ?p ?o }", "SELECT ?é_SERVICE { ?é_SERVICE ?p ?o }",
    ],
)  # fmt: skip
def test_the_word_is_no_call_where_it_is_no_keyword(text):
    assert not uses_service(text)


# the same as an expression, which looks at much of a text again and again
BETWEEN = r"(?:\s|\#[^\n\r]*+)*+"
CALL = re.compile(
    rf"service{BETWEEN}(?:silent{BETWEEN})?(?:<[^<>\s]*+>|[?$]\w+|[\w.-]*:[^\s{{]*){BETWEEN}\{{",
    re.IGNORECASE,
)
PIECES = ("service", "silent", " ", "\n", "#", ":", "<a>", "<", "?x", "{", "a", ".", ">")


@settings(max_examples=2_000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_called_is_what_an_expression_would_find(text):
    assert bool(CALL.search(text)) is uses_service(text)


@pytest.mark.parametrize(
    "part",
    ["service", "service ", "service #\n", "#service", "#service\n", "service<a", "service a:",
     "service:", "service:#", "service ?x ", "service ?x#\n", "service silent ", "\\u0041"],
)  # fmt: skip
def test_a_megabyte_of_anything_is_looked_through_once(part):
    """What is superlinear here would not end: it took minutes before it was mended."""
    uses_service(f"# Service {part * (1_000_000 // len(part))}")
