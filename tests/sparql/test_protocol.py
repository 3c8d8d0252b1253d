"""The W3C's tests of the SPARQL 1.1 Protocol, Service Description and Graph Store Protocol."""

import pytest
from pyoxigraph import NamedNode, parse

from kg.rdf.formats import FORMATS, RESULT_FORMATS
from kg.rdf.namespaces import RDF, SD
from tests.sparql.manifest import exchanges, needs_suite

pytestmark = needs_suite

TESTS = exchanges("protocol")
# the data set of these tests is asked for updates, which this endpoint refuses
UPDATES = {name: sent for name, sent in TESTS.items() if "/update_" in name}
QUERIES = {name: sent for name, sent in TESTS.items() if name not in UPDATES}

MEDIA_TYPES = {
    "boolean": {f.media_type for f in RESULT_FORMATS if f.boolean},
    "tabular": {f.media_type for f in RESULT_FORMATS},
    "RDF": {f.media_type for f in FORMATS},
}

# all but one begin with writing, which is refused; the paths of the others are not ours to give
GRAPH_STORE = exchanges("graph-store-protocol", "manifest-indirect.ttl")


def sent(endpoint, exchange, path):
    headers = {"content-type": exchange.content_type} if exchange.content_type else {}
    query = exchange.path.partition("?")[2]
    return endpoint.request(
        exchange.method, f"{path}?{query}", content=exchange.body, headers=headers
    )


@pytest.mark.parametrize("name", QUERIES)
def test_a_request_is_answered_as_the_protocol_says(endpoint, name):
    [exchange] = QUERIES[name]
    response = sent(endpoint, exchange, "/sparql")
    assert response.status_code // 100 in exchange.statuses
    if exchange.format:
        media_type = response.headers["content-type"].partition(";")[0]
        assert media_type in MEDIA_TYPES[exchange.format]
    if exchange.boolean:
        assert response.json()["boolean"] is (exchange.boolean == "true")


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_refused_with_words(endpoint, name):
    response = sent(endpoint, UPDATES[name][0], "/sparql")
    assert 403 == response.status_code
    assert "Data changes by files" in response.json()["detail"]


def test_the_endpoint_describes_itself_in_rdf_and_names_its_url(endpoint):
    """returns-rdf, has-endpoint-triple, conforms-to-schema."""
    response = endpoint.get("/sparql")
    assert response.headers["content-type"].partition(";")[0] in MEDIA_TYPES["RDF"]
    triples = {q.triple for q in parse(response.content, FORMATS[0].engine)}
    url = NamedNode(f"{endpoint.url}/sparql")
    [service] = {t.subject for t in triples if t.predicate.value == f"{SD}endpoint"}
    assert {url} == {t.object for t in triples if t.predicate.value == f"{SD}endpoint"}
    types = {
        t.object.value
        for t in triples
        if t.subject == service and t.predicate.value == f"{RDF}type"
    }
    assert f"{SD}Service" in types


@pytest.mark.parametrize("name", GRAPH_STORE)
def test_a_graph_store_that_is_read_refuses_to_be_written(endpoint, name):
    for exchange in GRAPH_STORE[name]:
        response = sent(endpoint, exchange, "/graph-store")
        if exchange.method in ("GET", "HEAD"):
            # what these would read was to be written before
            assert response.status_code == (200 if exchange.path.endswith("?default") else 404)
        else:
            assert 405 == response.status_code
            assert "GET, HEAD, OPTIONS" == response.headers["allow"]
