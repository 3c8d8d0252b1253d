"""What every store does; the workers' own promises are in test_worker.py.

What no store answers is in test_refusals.py.
"""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyoxigraph import RdfFormat, parse, parse_query_results

from kg.errors import ProjectError, QueryError, QueryRefused
from kg.rdf.formats import FORMATS, JSON, N_QUADS, RESULT_FORMATS, TURTLE
from kg.settings import StoreSettings
from kg.store.base import SparqlRequest
from kg.store.opening import open_store

EX = "http://example.org/"
GRAPH = f"{EX}graph"
NAMES = {"a": "A", "b": 'B, "b"\n'}


def request_for(query, format_=JSON, size=1_000_000, **dataset):
    return SparqlRequest(query, format_, seconds=30, bytes=size, **dataset)


def ask(store, query, **dataset) -> bool:
    return json.loads(store.answer(request_for(query, **dataset)).body)["boolean"]


def column(store, query, **dataset) -> list[str]:
    """The values of ?x, sorted."""
    answer = json.loads(store.answer(request_for(query, **dataset)).body)
    return sorted(row["x"]["value"] for row in answer["results"]["bindings"])


def rows_of(answer, format_):
    """The label of every ?x."""
    text = answer.body.decode()
    if format_.name == "CSV":
        rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    else:
        solutions = parse_query_results(answer.body, format_.engine)
        rows = [(solution["x"].value, solution["l"].value) for solution in solutions]
    return {x.removeprefix(EX): label for x, label in rows}


@pytest.mark.parametrize("format_", RESULT_FORMATS, ids=lambda f: f.name)
def test_a_select_is_answered_in_every_format(store, format_):
    answer = store.answer(request_for("SELECT ?x ?l { ?x rdfs:label ?l }", format_))
    assert format_.media_type == answer.media_type
    assert NAMES == rows_of(answer, format_)


@pytest.mark.parametrize("format_", [f for f in RESULT_FORMATS if f.boolean], ids=lambda f: f.name)
@pytest.mark.parametrize(("iri", "expected"), [("a", True), ("z", False)])
def test_an_ask_is_answered_in_every_format_that_holds_one(store, format_, iri, expected):
    answer = store.answer(request_for(f"ASK {{ <{EX}{iri}> ?p ?o }}", format_))
    assert expected is bool(parse_query_results(answer.body, format_.engine))


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.name)
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ex:a ?p ?o }", "DESCRIBE ex:a"])
def test_a_graph_is_answered_in_every_format(store, format_, query):
    answer = store.answer(request_for(query, format_))
    assert format_.media_type == answer.media_type
    found = {quad.triple for quad in parse(answer.body, format_.engine)}
    expected = parse(
        f'<{EX}a> a <{EX}C> ; <http://www.w3.org/2000/01/rdf-schema#label> "A"@en ; <{EX}size> 7 .',
        RdfFormat.TURTLE,
    )
    assert {quad.triple for quad in expected} == found


@pytest.mark.parametrize(
    ("query", "format_"),
    [("SELECT * {}", TURTLE), ("ASK {}", N_QUADS), ("CONSTRUCT {} {}", JSON),
     ("DESCRIBE ex:a", JSON)],
)  # fmt: skip
def test_a_format_that_cannot_hold_the_answer_is_refused(store, query, format_):
    with pytest.raises(QueryRefused, match=f"{format_.name} cannot hold"):
        store.answer(request_for(query, format_))


def test_the_default_graph_is_the_union_of_data_and_ontology(store):
    assert ["C", "a", "b"] == [x.removeprefix(EX) for x in column(store, "SELECT ?x { ?x a ?c }")]


def test_shapes_and_stored_queries_are_reached_by_graph(store):
    graphs = column(store, "SELECT DISTINCT ?x { GRAPH ?x { ?s ?p ?o } }")
    names = ["a", "b", "ontology/o", "queries/q", "shapes/s"]
    assert [f"{GRAPH}/{name}" for name in names] == graphs
    assert ask(store, f"ASK {{ GRAPH <{GRAPH}/shapes/s> {{ ex:S a sh:NodeShape }} }}")


def test_a_query_names_its_own_dataset(store):
    found = column(store, f"SELECT ?x FROM <{GRAPH}/a> {{ ?x ?p ?o }} GROUP BY ?x")
    assert [f"{EX}a"] == found


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        ({"default_graphs": ("a",)}, ["a"]),
        ({"default_graphs": ("a", "b")}, ["a", "b"]),
        ({"default_graphs": ("shapes/s",)}, ["S"]),
        ({"default_graphs": ("none",)}, []),
        ({"named_graphs": ("a",)}, []),
    ],
)
@pytest.mark.parametrize("own", ["", f"FROM <{GRAPH}/b>"], ids=["no FROM", "FROM"])
def test_the_protocols_default_graph_overrides_the_querys(store, own, dataset, expected):
    dataset = {key: tuple(f"{GRAPH}/{n}" for n in names) for key, names in dataset.items()}
    found = column(store, f"SELECT DISTINCT ?x {own} {{ ?x ?p ?o }}", **dataset)
    assert expected == [x.removeprefix(EX) for x in found]


def test_the_protocols_named_graphs_override_the_querys(store):
    query = f"SELECT DISTINCT ?x FROM NAMED <{GRAPH}/b> {{ GRAPH ?x {{ ?s ?p ?o }} }}"
    assert [f"{GRAPH}/a"] == column(store, query, named_graphs=(f"{GRAPH}/a",))
    assert [] == column(store, query, default_graphs=(f"{GRAPH}/a",))


@pytest.mark.parametrize("iri", ["relative", "", "http://e x/"])
def test_a_graph_that_is_no_absolute_iri_is_the_querys_fault(store, iri):
    with pytest.raises(QueryError, match="absolute IRI"):
        store.answer(request_for("ASK {}", default_graphs=(iri,)))


def test_the_prefixes_of_the_data_need_no_declaration(store):
    assert ask(store, "ASK { ex:a rdfs:label 'A'@en }")


def test_relative_iris_are_resolved_against_the_base(store):
    assert ask(store, "ASK { <a> ?p ?o }")


def test_many_threads_get_each_their_own_answer(store):
    def answered(number):
        return column(store, f"SELECT ?x {{ BIND ({number} AS ?x) }}")

    with ThreadPoolExecutor(8) as threads:
        assert [[str(n)] for n in range(40)] == list(threads.map(answered, range(40)))


@pytest.mark.parametrize(
    ("settings", "message"),
    [(StoreSettings("qlever"), "store.kind: 'qlever' is not known"),
     (StoreSettings("worker", 0), "store.workers: at least 1")],
)  # fmt: skip
def test_a_store_that_cannot_be_opened_is_a_wrong_setting(snapshot_of, settings, message):
    with pytest.raises(ProjectError, match=message):
        open_store(settings, snapshot_of({"a.ttl": "ex:a ex:p 1 ."}))


def test_an_answer_of_several_megabytes_comes_whole(store):
    digits = ", ".join(["'0123456789'"] * 30_000)
    query = f"SELECT (CONCAT({', '.join(['?a'] * 10)}) AS ?x) {{ BIND (CONCAT({digits}) AS ?a) }}"
    answer = store.answer(request_for(query, size=4_000_000))
    (row,) = json.loads(answer.body)["results"]["bindings"]
    assert "0123456789" * 300_000 == row["x"]["value"]
