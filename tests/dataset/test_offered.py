"""The tables and graphs of releases that the server answers are distributions of the data set."""

import kg
from kg.dataset.catalogue import with_description
from kg.rdf.namespaces import DCAT, DCTERMS, RDF

EX = "http://example.org/"
FOLDER = {
    "kg.toml": f'base = "{EX}"\n[folders]\ndata = "data"\nqueries = "queries"\n',
    "data/a.ttl": "ex:a a ex:C ; ex:p 1 .",
    "queries/release/things.rq": (
        "#+ summary: All things.\n#+ description: A line each.\n#+ release: table\n"
        "#+ title: Things\n#+ title-fr: Choses\nSELECT ?a ?n { ?a <http://example.org/p> ?n }"
    ),
    "queries/view.rq": (
        "#+ summary: A view.\n#+ release: graph\nCONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    ),
    "queries/nano.rq": (
        "#+ summary: All.\n#+ release: nanopublications\n"
        "SELECT ?this ?part ?subject ?predicate ?object { ?this ?predicate ?object }"
    ),
    "queries/plain.rq": "#+ summary: None of a release.\nSELECT ?s { ?s ?p ?o }",
}


def described(write_project):
    source = kg.load(kg.open_project(write_project(FOLDER), environ={}))
    snapshot = kg.build(source, kg.Report((), 0), kg.read_queries(source))
    return with_description(snapshot)


def test_tables_and_graphs_are_distributions_and_nothing_else_is(write_project):
    found = described(write_project)
    quads = found.in_role("description")
    said = {(q.subject.value, q.predicate.value, getattr(q.object, "value", "")) for q in quads}
    parts = {o for s, p, o in said if p == f"{DCAT}distribution"}
    graph = f"{EX}graph/description"
    assert {f"{graph}#distribution-things.csv", f"{graph}#distribution-view.ttl"} == parts
    urls = {o for s, p, o in said if p == f"{DCAT}downloadURL"}
    assert {f"{EX}queries/release/things?format=csv", f"{EX}queries/view?format=ttl"} == urls
    titles = {o for s, p, o in said if p == f"{DCTERMS}title" and s.endswith("things.csv")}
    assert {"Things", "Choses"} == titles


def test_whatever_they_refer_to_is_typed(write_project):
    quads = list(described(write_project).in_role("description"))
    typed = {q.subject.value for q in quads if q.predicate.value == f"{RDF}type"}
    for name in (f"{DCAT}mediaType", f"{DCTERMS}format"):
        used = {q.object.value for q in quads if q.predicate.value == name}
        assert 2 == len(used)
        assert used <= typed
