"""The Graph Store Protocol over a real server, for reading."""

import pytest
from pyoxigraph import parse

from kg.rdf.formats import FORMATS
from kg.views.overview import data_set
from tests.conftest import serving

GRAPH = "https://w3id.org/claimgraph/graph/claims/0045"


def triples(response) -> set:
    media_type = response.headers["content-type"].partition(";")[0]
    format_ = next(f for f in FORMATS if f.media_type == media_type)
    quads = list(parse(response.content, format_.engine))
    assert {"DEFAULT"} == {str(quad.graph_name) for quad in quads}
    return {quad.triple for quad in quads}


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.extension)
def test_a_named_graph_is_answered_in_every_format(server, snapshot, format_):
    response = server.get("/graph-store", format_.media_type, params={"graph": GRAPH})
    assert 200 == response.status_code
    assert "Accept, Accept-Encoding" == response.headers["vary"]
    assert {quad.triple for quad in snapshot.by_graph[f"<{GRAPH}>"]} == triples(response)


@pytest.mark.parametrize("query", ["default", "default="])
def test_the_default_graph_is_the_union_of_data_and_ontology(server, snapshot, query):
    found = triples(server.get(f"/graph-store?{query}"))
    assert snapshot.triples == len(found)
    assert data_set(snapshot) in {triple.subject for triple in found}


def test_shapes_are_a_graph_and_not_in_the_default_graph(server, snapshot):
    name = next(name for name, role in snapshot.roles.items() if role == "shapes")
    shapes = triples(server.get("/graph-store", params={"graph": name}))
    assert shapes
    assert not shapes & triples(server.get("/graph-store?default"))


def test_it_says_what_the_endpoint_says(server):
    """One graph by both ways, so that neither drifts."""
    query = {"query": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "default-graph-uri": GRAPH}
    asked = server.get("/sparql", "application/n-triples", params=query)
    stored = server.get("/graph-store", "application/n-triples", params={"graph": GRAPH})
    assert sorted(asked.text.splitlines()) == sorted(stored.text.splitlines())


def test_head_and_conditions_hold_here_too(server):
    path = f"/graph-store?graph={GRAPH}"
    get, head = server.get(path), server.request("HEAD", path)
    assert b"" == head.content
    for name in ("etag", "content-length", "content-type"):
        assert get.headers[name] == head.headers[name]
    again = server.get(path, headers={"if-none-match": get.headers["etag"]})
    assert 304 == again.status_code


def test_a_page_is_never_given_and_what_nobody_offers_is_406(server):
    path = f"/graph-store?graph={GRAPH}"
    browser = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
    assert "text/turtle" in server.get(path, browser).headers["content-type"]
    assert 406 == server.get(path, "image/png").status_code


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?graph=http://e.org/none&default", 400),
        ("?graph=http://e.org/a&graph=http://e.org/b", 400),
        ("?graph=%FF", 400),
        ("?graph=", 404),
        ("?graph=http://e.org/none", 404),
        # encoded twice: the IRI is decoded once
        ("?graph=https%253A%252F%252Fw3id.org%252Fclaimgraph%252Fgraph%252Fclaims%252F0045", 404),
        ("?graph=https%3A%2F%2Fw3id.org%2Fclaimgraph%2Fgraph%2Fclaims%2F0045", 200),
    ],
)
def test_exactly_one_graph_is_named(server, query, status):
    response = server.get(f"/graph-store{query}")
    assert status == response.status_code
    if status != 200:
        assert len(response.json()["detail"]) > 10


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_writing_is_405_with_what_is_allowed(server, method):
    response = server.request(method, f"/graph-store?graph={GRAPH}", content=b"")
    assert 405 == response.status_code
    assert "GET, HEAD, OPTIONS" == response.headers["allow"]
    assert "changes by files" in response.json()["detail"]


def test_options_says_what_is_allowed(server):
    response = server.request("OPTIONS", "/graph-store")
    assert 204 == response.status_code
    assert "GET, HEAD, OPTIONS" == response.headers["allow"]


def test_what_a_format_cannot_write_is_406(write_project):
    folder = write_project({"a.ttl": r'ex:a rdfs:label "a\u0001b" .'})
    with serving(str(folder)) as running:
        refused = running.get("/graph-store?default", "application/rdf+xml")
        assert 406 == refused.status_code
        assert "RDF/XML cannot write" in refused.json()["detail"]
        assert 200 == running.get("/graph-store?default", "text/turtle").status_code
