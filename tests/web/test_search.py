"""Search over HTTP."""

import csv
import io
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import PREFIXES, serving
from tests.views.conftest import Page

HTML = "text/html"


def test_a_search_finds_a_misspelt_name_and_asks_whether_it_was_meant(server):
    text = server.get("/search?q=Ruqqa", HTML).text
    assert 'href="/doc/place/raqqa"' in text
    assert "Did you mean" in text


def test_what_was_found_is_also_json_and_csv(server):
    found = server.get(f"/search?q={quote('داعش')}", "application/json").json()
    assert "داعش" == found["query"]
    first = found["results"][0]
    assert first["iri"].endswith("/id/actor/islamic-state")
    assert first["score"] >= 99
    rows = list(csv.DictReader(io.StringIO(server.get("/search.csv?q=Rakka").text)))
    assert rows[0]["iri"].endswith("/id/place/raqqa")


def test_a_search_by_suffix_by_parameter_and_by_accept_answers_the_same(server):
    one = server.get("/search.json?q=Rakka").content
    assert one == server.get("/search?q=Rakka&format=json").content
    assert one == server.get("/search?q=Rakka", "application/json").content


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/search?q=a&q=b", 400, "one q"),
        (f"/search?q={'a' * 301}", 400, "300"),
        ("/search?q=a&format=doc", 400, "format"),
        ("/search.doc?q=a", 404, "format"),
        ("/search?q=%FF", 400, "UTF-8"),
    ],
)
def test_a_wrong_search_is_refused_with_words(server, path, status, word):
    response = server.get(path)
    assert status == response.status_code
    assert "application/problem+json" == response.headers["content-type"]
    assert word in response.json()["detail"]


def test_a_search_without_words_shows_the_form_and_one_that_finds_nothing_says_so(server):
    assert "all languages" in server.get("/search", HTML).text
    assert "Nothing is called that" in server.get("/search?q=xyzzyqq", HTML).text


def test_every_page_has_a_search_box_and_says_how_browsers_add_it(server):
    text = server.get("/", HTML).text
    assert 'role="search" action="/search"' in text
    assert 'href="/opensearch.xml"' in text
    described = server.get("/opensearch.xml")
    assert (
        "application/opensearchdescription+xml" == described.headers["content-type"].split(";")[0]
    )
    root = ET.fromstring(described.content)
    templates = [url.get("template") for url in root if url.tag.endswith("Url")]
    page = server.client.get(
        templates[0].replace("{searchTerms}", "Rakka"), headers={"accept": HTML}
    )
    assert "/doc/place/raqqa" in page.text


def test_names_and_searches_with_markup_stay_text_in_any_folder(tmp_path):
    bad = "<script>alert(1)</script>"
    (tmp_path / "a.ttl").write_text(f'{PREFIXES}ex:a rdfs:label "{bad}" .', encoding="utf-8")
    with serving(str(tmp_path)) as running:
        response = running.get(f"/search?q={quote(bad)}", HTML)
        assert "script" not in Page(response.content).elements
        assert "1 result" in response.text


def test_what_was_asked_for_is_marked_in_longer_names(server):
    assert "<mark>sanctions</mark>" in server.get("/search?q=sanctions", HTML).text


def test_a_name_that_is_the_label_is_not_said_twice(server):
    text = server.get("/search?q=Raqqa&lang=en", "text/html").text
    place = text.partition("/doc/place/raqqa")[2].partition("</li>")[0]
    assert "<mark>" not in place
    assert "note" not in place
