"""Validation as a service, over a real server."""

import html
import re

import pytest
from pyoxigraph import RdfFormat, parse

from kg.source.reports.table import REPORT_FORMATS
from tests.conftest import PREFIXES, REPO, serving
from tests.source.reports.reading import READERS
from tests.views.conftest import Page

PLACE = "<http://example.org/here> a <https://w3id.org/claimgraph/ontology#Place> ."
TURTLE = {"content-type": "text/turtle"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


# what the shapes of the small server find a fault in, at its third line
EX = "http://small.example/"
THING = f"# <b>\n\n  <{EX}thing> a <{EX}C> .\n"
SHAPES = """
<S> a sh:NodeShape ; sh:targetClass <C> ; sh:property <S-name> .
<T> sh:targetObjectsOf <time> ; a sh:NodeShape ; sh:nodeKind sh:IRI .
<S-name> sh:path <name> ; sh:minCount 1 ; sh:message "A thing needs a name. Add ex:name." .
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A server with two shapes, which are checked in a moment."""
    folder = tmp_path_factory.mktemp("small")
    data = '<known> a <C> ; <name> "A" .'
    for name, text in (("data/ttl/a.ttl", data), ("shapes/s.ttl", SHAPES)):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(f"{PREFIXES}{text}", encoding="utf-8")
    (folder / "kg.toml").write_text(f'base = "{EX}"')
    with serving(str(folder)) as server:
        yield server


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


@pytest.mark.parametrize("row", REPORT_FORMATS, ids=lambda row: row.name)
def test_every_format_of_reports_is_had_by_its_media_type_or_its_name(small, row):
    media_type = row.format.media_type
    first = next(one for one in REPORT_FORMATS if one.format is row.format)
    target = "/validate" if row is first else f"/validate?format={row.name}"
    headers = {**TURTLE, "accept": media_type}
    response = small.request("POST", target, content=THING, headers=headers)
    assert (200, media_type) == (
        response.status_code,
        response.headers["content-type"].partition(";")[0],
    )
    assert ["data/posted.ttl:3:3"] == READERS[row.name](response.text)
    assert "Accept" in response.headers["vary"]
    assert "no-store" == response.headers["cache-control"]


@pytest.mark.parametrize("accept", ["text/*", "application/pdf, */*;q=0.1"])
def test_whoever_names_no_type_gets_text(small, accept):
    headers = {**TURTLE, "accept": accept}
    response = small.request("POST", "/validate", content=THING, headers=headers)
    assert "text/plain; charset=utf-8" == response.headers["content-type"]


def test_places_and_names_are_those_of_what_was_posted(server):
    headers = {**TURTLE, "accept": "application/json"}
    content = f"# a comment\n\n  {PLACE}"
    report = server.request("POST", "/validate", content=content, headers=headers).json()
    assert {("data/posted.ttl", 3, 3)} == {
        (one["place"]["file"], one["place"]["line"], one["place"]["column"])
        for one in report["results"]
    }
    assert "cgsh:Place-placeType" in [rule["id"] for rule in report["rules"]]


@pytest.mark.parametrize(
    ("target", "accept", "status"),
    [("/validate", "application/pdf", 406), ("/validate?format=pdf", "*/*", 400)],
)
def test_formats_that_there_are_not_are_refused(server, target, accept, status):
    headers = {**TURTLE, "accept": accept}
    response = server.request("POST", target, content=PLACE, headers=headers)
    assert status == response.status_code


def test_imports_are_not_followed(small):
    """tests/web/test_canary.py sees that nobody is asked; here the report is as without them."""
    imports = f"\n<{EX}> <http://www.w3.org/2002/07/owl#imports> <{small.url}/doc/known.ttl> ."
    reports = (
        small.request("POST", "/validate", content=content, headers=TURTLE).text
        for content in (THING, THING + imports)
    )
    assert next(reports) == next(reports)


def test_the_page_has_a_form_with_an_example_that_is_turtle(server):
    page = server.get("/validate", accept="text/html")
    assert 200 == page.status_code
    (example,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, flags=re.DOTALL)
    quads = list(parse(html.unescape(example).encode(), RdfFormat.TURTLE))
    assert 1 == len(quads)
    assert 406 == server.get("/validate", accept="text/turtle").status_code


def posted(server, fields: dict, accept: str = BROWSER):
    return server.request("POST", "/validate", data=fields, headers={"accept": accept})


def test_a_form_is_answered_with_the_page_the_report_and_the_lines(small):
    response = posted(small, {"data": THING.replace("\n", "\r\n"), "format": "Turtle"})
    page = Page(response.content)
    said = [text for text, *_ in page.texts]
    assert 200 == response.status_code
    assert "no-store" == response.headers["cache-control"]
    assert "Violation · line 3, column 3" in said
    assert f"<{EX}thing> a <{EX}C> . ^" in said
    assert "A thing needs a name. Add ex:name." in said
    assert "/doc/S-name" in page.hrefs
    assert "script" not in page.elements
    assert html.escape(THING) in response.text


def test_a_focus_node_that_is_a_literal_is_shown_on_the_page(small):
    data = f'<{EX}a> <{EX}time> "12:30 h" .'
    page = Page(posted(small, {"data": data}).content)
    assert '"12:30 h"' in [text for text, *_ in page.texts]


def test_a_form_in_another_format_keeps_what_was_chosen(small):
    response = posted(small, {"data": "<a> <b> .", "format": "N-Triples"})
    assert 400 == response.status_code
    assert "<option selected>N-Triples</option>" in response.text
    assert "posted.nt:1:" in response.text
    assert "&lt;a&gt; &lt;b&gt; ." in response.text


def test_a_program_may_send_the_form_too(small):
    response = posted(small, {"data": THING}, accept="application/sarif+json")
    assert "2.1.0" == response.json()["version"]


@pytest.mark.parametrize(
    "fields", [{"x": ""}, {"data": "", "format": "CSV"}, {"format": "Turtle"}, {"data": ["a", "b"]}]
)
def test_a_form_that_is_not_filled_in_is_refused(server, fields):
    assert 400 == posted(server, fields).status_code


def test_a_posted_page_runs_nothing_of_what_was_posted(small):
    data = f"<javascript:alert(1)> a <{EX}C> . # <script>alert(1)</script>"
    page = Page(posted(small, {"data": data, "format": "Turtle"}).content)
    assert "script" not in page.elements
    assert not [href for href in page.hrefs if href.startswith("javascript")]


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


def test_a_report_has_the_limit_of_an_answer(write_project):
    shape = (
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    )
    files = {"kg.toml": "", "data/ttl/a.ttl": "ex:a a ex:C ; ex:p 1 .", "shapes/s.ttl": shape}
    things = "".join(f"<{EX}{n}> a <http://example.org/C> .\n" for n in range(300))
    env = {"KG_BASE": "http://example.org/", "KG_LIMITS_RESULT_BYTES": "20000"}
    with serving(str(write_project(files)), env=env) as server:
        answer = server.request("POST", "/validate?format=json", content=things, headers=TURTLE)
        assert 413 == answer.status_code
        assert "larger than 20,000 bytes" in answer.json()["detail"]
