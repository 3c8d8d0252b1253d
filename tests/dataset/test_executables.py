import pytest
from pyoxigraph import Literal, NamedNode, Store

from kg.dataset.executables import described, executable
from kg.dataset.queries import stored_query
from kg.rdf.namespaces import SCHEMAS, SH

EX = "http://example.org/"


@pytest.mark.parametrize(
    ("text", "class_", "property_"),
    [("SELECT * {}", "SPARQLSelectExecutable", "select"), ("ASK {}", "SPARQLAskExecutable", "ask"),
     ("CONSTRUCT {} {}", "SPARQLConstructExecutable", "construct")],
)  # fmt: skip
def test_a_query_is_described_in_the_words_of_shacl(text, class_, property_):
    query = stored_query("a/q", f"#+ summary: Q\n#+ tags: [one, two]\n{text}", "q.rq")
    quads = executable(query, EX)
    assert {f"{EX}queries/a/q"} == {quad.subject.value for quad in quads}
    assert {f"{EX}graph/queries/a/q"} == {quad.graph_name.value for quad in quads}
    said = {(quad.predicate.value, quad.object.value) for quad in quads}
    assert (SH + property_, query.text) in said
    assert {(f"{SCHEMAS}keywords", "one"), (f"{SCHEMAS}keywords", "two")} < said
    assert (f"{SCHEMAS}target", f"{EX}sparql") in said
    objects = {value for _, value in said}
    assert {f"{SH}SPARQLExecutable", SH + class_, "Q"} <= objects


@pytest.mark.parametrize("name", ["my query", "50%", "a#b", "a?b", "where<is>it"])
def test_a_file_name_becomes_an_iri(name):
    (iri,) = {q.subject.value for q in executable(stored_query(name, "ASK {}", "q.rq"), EX)}
    assert iri.startswith(f"{EX}queries/")
    assert not set(' <>?#"').intersection(iri)


def test_the_described_query_runs_as_it_is():
    text = "#+ defaults:\n#+   - n: 7\nSELECT ?_n_integer {}"
    quads = executable(stored_query("q", text, "q.rq"), EX)
    (select,) = (quad.object.value for quad in quads if quad.predicate.value == f"{SH}select")
    (row,) = Store().query(select)
    assert Literal(7) == row["_n_integer"]


def test_prefixes_are_one_set_with_an_iri_and_hold_what_means_the_same_everywhere():
    one = stored_query("one", f"PREFIX a: <{EX}a#> PREFIX b: <{EX}b#> ASK {{}}", "one.rq")
    two = stored_query("two", f"PREFIX a: <{EX}a#> PREFIX b: <{EX}other#> ASK {{}}", "two.rq")
    store = Store()
    store.extend(described([one, two, stored_query("three", "ASK {}", "three.rq")], EX))
    rows = store.query(
        "SELECT ?query ?prefix ?namespace { GRAPH ?g { ?query sh:prefixes ?set } "
        "GRAPH ?h { ?set sh:declare [ sh:prefix ?prefix ; sh:namespace ?namespace ] } }",
        prefixes={"sh": SH},
    )
    found = {(row["query"], row["prefix"].value, row["namespace"].value) for row in rows}
    queries = (NamedNode(f"{EX}queries/one"), NamedNode(f"{EX}queries/two"))
    assert {(query, "a", f"{EX}a#") for query in queries} == found
