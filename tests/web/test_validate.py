"""Validation as a service, over a real server."""

import pytest

from tests.conftest import REPO, serving

PLACE = "<http://example.org/here> a <https://w3id.org/claimgraph/ontology#Place> ."
TURTLE = {"content-type": "text/turtle"}


def test_a_graph_that_breaks_the_rules_gets_the_report_with_advice(server):
    response = server.request("POST", "/validate", content=PLACE, headers=TURTLE)
    assert 200 == response.status_code
    assert "text/plain; charset=utf-8" == response.headers["content-type"]
    assert "<http://example.org/here>" in response.text
    assert "Add a skos:prefLabel" in response.text
    assert "does not conform" in response.text


def test_a_graph_that_keeps_them_conforms(server):
    content = (REPO / "tests" / "shapes" / "base.ttl").read_bytes()
    response = server.request("POST", "/validate", content=content, headers=TURTLE)
    assert response.text.startswith("conforms: ")


def test_other_formats_are_read_by_their_media_type(server):
    headers = {"content-type": "application/ld+json"}
    content = '{"@id": "http://e.org/x", "@type": "https://w3id.org/claimgraph/ontology#Place"}'
    response = server.request("POST", "/validate", content=content, headers=headers)
    assert "does not conform" in response.text


@pytest.mark.parametrize(
    ("headers", "content", "status", "words"),
    [
        (TURTLE, "<http://example.org/here> a ", 400, "posted.ttl:1:"),
        (TURTLE, "x" * 1_100_000, 413, "larger than"),
        ({"content-type": "text/csv"}, "a,b", 415, "text/turtle"),
        ({}, "<a> <b> <c> .", 415, "not nothing"),
    ],
    ids=["broken", "too large", "another type", "no type"],
)
def test_what_cannot_be_validated_is_refused_with_words(server, headers, content, status, words):
    response = server.request("POST", "/validate", content=content, headers=headers)
    assert status == response.status_code
    assert words in response.json()["detail"]


def test_nothing_can_be_got_from_it(server):
    assert 405 == server.get("/validate").status_code


def test_the_shapes_that_are_served_are_the_ones_that_count(write_project):
    """Moved to another base and with settings in the environment, they are still the same."""
    settings = 'base = "http://example.org/"\n[folders]\ndata = "d"\nshapes = "s"\n'
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . "
    shapes += "ex:P sh:path ex:p ; sh:minCount 1 ."
    files = {
        "kg.toml": settings,
        "x/a.ttl": "ex:a a ex:C ; ex:p 1 .",
        "s/s.ttl": shapes,
        "d/x.ttl": "",
    }
    moved = "http://127.0.0.1:9/"
    environment = {"KG_FOLDERS_DATA": "x"}
    with serving(str(write_project(files)), "--base", moved, env=environment) as server:
        content = f"<{moved}b> a <{moved}C> ."
        report = server.request("POST", "/validate", content=content, headers=TURTLE).text
    assert "does not conform" in report
    assert f"<{moved}b>" in report
