"""Dereferencing over a real server: the contract that other data sets rely on."""

import re

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

from kg.rdf.formats import FORMATS
from tests.conftest import read_triples, serving

CLAIM = "https://w3id.org/claimgraph/id/claim/c-0045"


def test_a_thing_is_answered_by_303_to_its_document(server):
    response = server.get("/id/claim/c-0045")
    assert 303 == response.status_code
    assert "/doc/claim/c-0045" == response.headers["location"]
    assert "Accept" == response.headers["vary"]


def test_a_hash_iri_document_is_answered_by_200(server):
    assert 200 == server.get("/ontology", accept="text/turtle").status_code


def test_the_name_of_the_present_version_of_an_ontology_leads_to_it(server):
    (name,) = re.findall("#versionIRI> <([^>]+)>", server.get("/ontology.nt").text)
    response = server.get(name.replace("https://w3id.org/claimgraph", ""))
    assert (303, "/ontology") == (response.status_code, response.headers["location"])
    assert 404 == server.get("/ontology/0.0.0").status_code


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.extension)
def test_every_format_by_accept_and_by_suffix_has_the_same_bytes(server, format_):
    negotiated = server.get("/doc/claim/c-0045", accept=format_.media_type)
    named = server.get(f"/doc/claim/c-0045.{format_.extension}")
    assert 200 == negotiated.status_code
    assert negotiated.headers["content-type"].partition(";")[0] == format_.media_type
    assert f"/doc/claim/c-0045.{format_.extension}" == negotiated.headers["content-location"]
    assert negotiated.content == named.content


@pytest.mark.parametrize(
    "path", ["/doc/claim/c-0045", "/doc/claim/c-0020", "/ontology", "/dataset"]
)
def test_all_formats_hold_the_same_triples(server, path):
    path = server.get(path).headers.get("location", path)
    bodies = [server.get(f"{path}.{f.extension}").content for f in FORMATS]
    turtle, *others = (
        read_triples(server, body, f) for body, f in zip(bodies, FORMATS, strict=True)
    )
    assert len(turtle) > 10
    assert all(other == turtle for other in others)


# rdflib's parser uses a class of rdflib's that is deprecated
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("path", ["/id/claim/c-0045", "/ontology", "/graph/arguments"])
def test_a_plain_rdflib_graph_follows_the_context_and_loses_no_triple(server, path):
    turtle = Graph().parse(f"{server.url}{path}", format="turtle")
    json_ld = Graph().parse(f"{server.url}{path}", format="json-ld")
    assert len(turtle) > 10
    assert set(turtle) == set(json_ld)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_a_saved_json_ld_document_is_read_with_its_url_as_base(server):
    url = f"{server.url}/doc/claim/c-0045.jsonld"
    saved = server.get("/doc/claim/c-0045.jsonld").text
    assert set(Graph().parse(url)) == set(Graph().parse(data=saved, format="json-ld", publicID=url))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_a_plain_rdflib_graph_reads_nothing_of_named_graphs():
    """The reason why JSON-LD is one graph here; when this fails, think again."""
    named = '{"@id": "urn:g", "@graph": [{"@id": "urn:a", "urn:p": "x"}]}'
    assert 0 == len(Graph().parse(data=named, format="json-ld"))


def test_the_context_is_published_for_clients_of_any_origin(server):
    response = server.get("/context.jsonld")
    assert "application/ld+json" == response.headers["content-type"]
    assert "*" == response.headers["access-control-allow-origin"]
    assert {"@context"} == set(response.json())
    etag = response.headers["etag"]
    assert 304 == server.get("/context.jsonld", headers={"if-none-match": etag}).status_code
    assert 405 == server.request("POST", "/context.jsonld").status_code


def test_a_json_ld_document_of_a_folder_without_vocabulary_has_a_context(write_project):
    with serving(str(write_project({"a.ttl": "ex:a ex:p 'x'@en ."}))) as server:
        context = server.get("/context.jsonld").json()["@context"]
        assert {"@version", "id", "type", "ex", "rdf"} <= set(context)
        document = server.get("/doc/a.jsonld").json()
    assert {"id": "ex:a", "ex:p": {"@language": "en", "@value": "x"}} == document["@graph"][0]


def test_following_redirects_gives_the_claim_with_its_whole_chain(server):
    response = server.get("/id/claim/c-0045", accept="text/turtle", follow_redirects=True)
    types = [
        quad.object.value.rpartition("#")[2]
        for quad in parse(response.content, RdfFormat.TURTLE)
        if quad.predicate.value.endswith("#type")
    ]
    for expected, count in {"Claim": 1, "Proposition": 1, "Attribution": 2, "Quantity": 1}.items():
        assert count == types.count(expected), expected
    assert types.count("TimeSpan") >= 1
    assert types.count("TextPositionSelector") >= 3


def test_a_named_graph_is_dereferenced_to_what_it_holds(server):
    response = server.get("/graph/claims/0045", accept="application/trig", follow_redirects=True)
    graphs = {str(quad.graph_name) for quad in parse(response.content, RdfFormat.TRIG)}
    assert "<https://w3id.org/claimgraph/graph/claims/0045>" in graphs


def test_browsers_get_a_page_and_rdf_clients_never_do(server):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = server.get("/doc/claim/c-0045", accept=browser)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    rdflib = "text/turtle, application/rdf+xml;q=0.9, */*;q=0.1"
    assert (
        server.get("/doc/claim/c-0045", accept=rdflib)
        .headers["content-type"]
        .startswith("text/turtle")
    )
    assert "html" not in server.get("/doc/claim/c-0045").headers["content-type"]


def test_what_nobody_offers_is_406_with_the_alternatives(server):
    response = server.get("/doc/claim/c-0045", accept="image/png")
    assert 406 == response.status_code
    assert "application/problem+json" == response.headers["content-type"]
    assert "text/turtle" in response.json()["detail"]
    assert "Accept" == response.headers["vary"]
    offered = {one["type"]: one["href"] for one in response.json()["alternatives"]}
    assert "/doc/claim/c-0045.ttl" == offered["text/turtle"]
    for type_, path in offered.items():
        assert server.get(path).headers["content-type"].startswith(type_)
    assert "/doc/claim/c-0045.ttl" in response.headers["link"]


@pytest.mark.parametrize(
    "path", ["/id/claim/c-9999", "/nothing", "/doc/claim/c-0045.docx", "/doc/"]
)
def test_what_the_snapshot_lacks_is_404_as_problem_or_page(server, path):
    problem = server.get(path, accept="application/json")
    assert 404 == problem.status_code == problem.json()["status"]
    assert path == problem.json()["instance"]
    page = server.get(path, accept="text/html")
    assert 404 == page.status_code
    assert "<h1" in page.text


def test_an_entity_tag_is_enough_to_get_304(server):
    first = server.get("/doc/claim/c-0045", accept="text/turtle")
    etag = first.headers["etag"]
    for condition in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = server.get(
            "/doc/claim/c-0045", accept="text/turtle", headers={"if-none-match": condition}
        )
        assert (304, b"") == (again.status_code, again.content), condition
        assert etag == again.headers["etag"]
        assert "Accept, Accept-Encoding" == again.headers["vary"]


def test_the_tag_of_one_format_is_not_that_of_another(server):
    etag = server.get("/doc/claim/c-0045.ttl").headers["etag"]
    again = server.get("/doc/claim/c-0045.nt", headers={"if-none-match": etag})
    assert 200 == again.status_code


@pytest.mark.parametrize(
    "path", ["/", "/id/claim/c-0045", "/doc/claim/c-0045", "/ontology", "/no", "/context.jsonld"]
)
def test_head_is_get_without_the_body(server, path):
    get, head = server.get(path), server.request("HEAD", path)
    assert b"" == head.content
    volatile = {"date", "x-request-id"}
    assert {k: v for k, v in get.headers.items() if k not in volatile} == {
        k: v for k, v in head.headers.items() if k not in volatile
    }
    assert get.status_code == head.status_code


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_writing_is_405_and_says_what_is_allowed(server, method):
    response = server.request(method, "/doc/claim/c-0045")
    assert 405 == response.status_code
    assert {"GET", "HEAD"} <= set(re.split(", *", response.headers["allow"]))


def test_every_answer_can_be_read_from_any_origin(server):
    for path in ("/", "/id/claim/c-0045", "/doc/claim/c-0045", "/no", "/sparql?query=x"):
        assert "*" == server.get(path).headers["access-control-allow-origin"], path


def test_links_lead_to_the_other_formats(server):
    links = server.get("/doc/claim/c-0045.ttl").links
    assert "/doc/claim/c-0045" == links["canonical"]["url"]
    assert links["describes cite-as"]["url"] == CLAIM


def test_links_on_pages_lead_to_the_local_address(server):
    page = server.get("/doc/claim/c-0045.html").text
    # the links of the head are for search engines, and name the lasting address
    targets = re.findall(r'href="([^"]*)"', page.partition("<body")[2])
    assert "/doc/actor/russia" in targets
    assert [t for t in targets if t.startswith("https://w3id.org/claimgraph/")] == []


def test_every_link_on_the_pages_leads_somewhere(server):
    seen, waiting = (
        set(),
        ["/", "/doc/claim/c-0045.html", "/doc/claim/c-0020.html", "/ontology.html"],
    )
    for path in waiting:
        found = re.findall(r'href="(/[^"#]*)', server.get(path, accept="text/html").text)
        seen |= {link.replace("&amp;", "&") for link in found}
    assert len(seen) > 100
    wrong = {link: server.get(link).status_code for link in sorted(seen)}
    assert {link: status for link, status in wrong.items() if status >= 400} == {}


def test_a_folder_without_settings_is_served_as_it_is(write_project):
    files = {
        "a.ttl": "ex:a a ex:Thing ; rdfs:label 'A'@en ; ex:knows [ ex:deep [ rdfs:label 'B' ] ] .",
        "b.ttl": "ex:b a ex:Thing .",
        "c.nt": "<http://other.net/x> <http://example.org/p> <http://example.org/a> .\n",
    }
    with serving(str(write_project(files))) as server:
        assert "IRIs under http://example.org/" in server.printed
        page = server.get("/a", accept="text/html", follow_redirects=True).text
        assert "other.net/x" in page
        elsewhere = server.get("/resource?iri=http%3A%2F%2Fother.net%2Fx&format=nt")
        assert "<http://other.net/x>" in elsewhere.text
        deep = server.get("/doc/a.nt").text
        links = ("other.net/x", "void#exampleResource")
        assert all(link in deep for link in links), "what points at it is there"
        assert deep.count("\n") == 5 + len(links) + 2, "blank nodes are whole"
        assert 200 == server.get("/", accept="text/html").status_code


def test_a_program_that_asks_the_root_is_led_to_the_description_of_the_data_set(server):
    response = server.get("/", accept="text/turtle", follow_redirects=True)
    assert "dcat:Dataset" in response.text
    assert "text/html" in server.get("/").headers["content-type"]


def test_a_page_shows_when_and_how_its_record_was_made(server):
    page = server.get("/doc/claim/c-0045.html").text
    assert "not reviewed" in page
    assert "/doc/graph/claims/0045" in page
