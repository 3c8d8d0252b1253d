"""Which engine a query goes to; that it is the right one is shown by test_differential.py."""

import pytest

from kg.store.routing import PYOXIGRAPH, SPARQ, engine_for, within_sparq

PREFIX = "PREFIX ex: <http://example.org/> PREFIX rdf: <http://example.org/type#> "


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?p ?o { ex:a ?p ?o }",
        "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c ; ex:size ?z } GROUP BY ?c",
        "SELECT ?s ?z { ?s ex:size ?z } ORDER BY DESC(?z) LIMIT 10",
        "SELECT DISTINCT ?p { ?s ?p ?o }",
        "SELECT ?s { ?s ex:date ?d FILTER (?d > '2019-11-01'^^xsd:date) } LIMIT 10",
        "SELECT ?s { ?s rdfs:label ?l FILTER (REGEX(?l, 'a(b)', 'i')) }",
        "SELECT ?x { ?x ex:part* ex:a }",
        "SELECT ?s { ?s ex:by ex:a MINUS { ?s ex:note ?n } }",
        "SELECT ?s ?l { VALUES ?b { ex:a ex:b ex:c } ?s ex:by ?b ; rdfs:label ?l }",
        "SELECT ?a ?b ?c ?d { ?a ex:p ?b . ?b ex:p ?c . ?c ex:p ?d }",
        "SELECT ?w ?c { ?w a ex:C ; ex:p ?c ; ex:q ?b . ?b rdf:type ex:D }",
        "ASK { ex:a ex:p 1 }",
        "SELECT ?s { ?s ex:p -1 . }",
        "SELECT ?s { ?s ex:p 5. }",
    ],
)
def test_what_reads_much_goes_to_sparq(query):
    assert SPARQ == engine_for(PREFIX + query)


@pytest.mark.parametrize(
    "query",
    [
        # three patterns that begin at a name
        "SELECT * { ?s ex:code 'x' ; rdfs:label ?l ; ex:size ?z ; ex:by ?b }",
        "SELECT * { ex:a ex:rel ?r . ?r ex:rel ?t. ?t rdfs:label ?l }",
        "SELECT * { ex:a ex:rel/ex:rel/ex:by ?x }",
        "SELECT ?n { ?s ex:code 'x' ; ex:size ?z ; ex:by ?n } ORDER BY ?n LIMIT 5",
        # the first few of a join
        "SELECT * { ?x ex:by ?b . ?y ex:by ?b } LIMIT 10",
        "ASK { ?x ex:rel ?r . ?r ex:by ?b }",
    ],
)
def test_what_follows_a_few_names_goes_to_pyoxigraph(query):
    assert PYOXIGRAPH == engine_for(PREFIX + query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s a ex:C OPTIONAL { ?s ex:note ?n } }",
        "SELECT * { ?s a ex:C FILTER NOT EXISTS { ?s ex:note ?n } }",
        "SELECT * { ?s a ex:C FILTER (1 < 2 && exists{ ?s ex:note ?n }) }",
        "SELECT * { ?s a ex:C FILTERNOTEXISTS{ ?s ex:note ?n } }",
        "SELECT (YEAR(?d) AS ?y) { ?s ex:date ?d }",
        "SELECT (?e - ?d AS ?x) { ?s ex:date ?d ; ex:end ?e }",
        "SELECT ?s { ?s ex:any ?o FILTER (?o != 7) }",
        "SELECT ?s { ?s ex:any ?o FILTER (!(?o = 7)) }",
        "SELECT ?s { ?s ex:any ?o FILTER (?o NOT IN (7)) }",
        "SELECT (IF(?o = 7, 1, 2) AS ?x) { ?s ex:any ?o }",
        "SELECT ?x { ?s ex:any ?o BIND (?o IN (7, 8) AS ?x) }",
        "SELECT (xsd:dateTime(?d) AS ?x) { ?s ex:date ?d }",
    ],
)
def test_what_sparq_is_slow_or_strict_at_goes_to_pyoxigraph(query):
    assert PYOXIGRAPH == engine_for(PREFIX + query)
    assert within_sparq(PREFIX + query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM ex:g { ?s ?p ?o }",
        "SELECT * FROM NAMED ex:g { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "CONSTRUCTWHERE { ?s ?p ?o }",
        "DESCRIBE ex:a",
        "SELECT * { SERVICE ex:x { ?s ?p ?o } }",
    ],
)
def test_what_sparq_lacks_goes_to_pyoxigraph_whatever_the_setting(query):
    assert PYOXIGRAPH == engine_for(PREFIX + query)
    assert not within_sparq(PREFIX + query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f }",
        "SELECT (COUNT(*) AS ?n) { ?a ex:p ?c . ?d ex:p ?f FILTER (?c = ?f) }",
        "SELECT * { [] ex:p ?o }",
        "SELECT * { ?s ex:p [ ex:q ?o ] }",
    ],
)
def test_what_cannot_be_judged_or_joined_goes_to_pyoxigraph(query):
    assert PYOXIGRAPH == engine_for(PREFIX + query)


@pytest.mark.parametrize("query", ["", "SELECT * { ?s ?p ", "}{)(][", "(" * 100_000, "\\", "."])
def test_what_is_no_query_goes_to_one_of_them_to_be_refused(query):
    assert engine_for(query) in (PYOXIGRAPH, SPARQ)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ex:p ?o } # OPTIONAL . ; [ GRAPH",
        "SELECT * { ?s ex:p 'OPTIONAL { GRAPH [ } . '@en }",
        'SELECT * { ?s ex:p """NOT EXISTS\n.""" }',
        "SELECT * { ?graph ex:from ?optional }",
        "SELECT * { ?s ex:graph <http://example.org/OPTIONAL[x]> }",
        "SELECT * { _:b1 ex:p ?o . ?o ex:q _:b1 }",
    ],
)
def test_words_that_are_no_keywords_change_nothing(query):
    assert SPARQ == engine_for(PREFIX + query)
