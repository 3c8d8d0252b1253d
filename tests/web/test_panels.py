"""A query dropped into a folder that nobody made for this program shows its rows on pages."""

import gzip
import re
from html import unescape

import pytest

from tests.conftest import PREFIXES, serving

EX = "http://example.org/"
DATA = """
ex:oak a ex:Tree ; rdfs:label "Oak"@en ; ex:height 30 .
ex:elm a ex:Tree ; rdfs:label "Elm"@en ; ex:height 20 .
"""
TALLER = f"""\
#+ about: ex:Tree
#+ view: list
#+ title: Taller trees
PREFIX ex: <{EX}>
SELECT ?this ?taller ?height {{
  ?this ex:height ?mine .
  ?taller ex:height ?height .
  FILTER (?height > ?mine)
}}
ORDER BY ?height
"""


@pytest.fixture(scope="module")
def trees(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trees")
    (folder / "trees.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    (folder / "queries").mkdir()
    (folder / "queries" / "taller.rq").write_text(TALLER, encoding="utf-8")
    slow = TALLER.replace("taller }", "taller").replace("{", "{ SERVICE <http://e.example/> { }", 1)
    (folder / "queries" / "broken.rq").write_text(slow, encoding="utf-8")
    with serving(str(folder)) as server:
        yield server


def test_its_rows_are_on_the_page_of_each_resource_that_has_some(trees):
    elm, oak = trees.get("/doc/elm.html").text, trees.get("/doc/oak.html").text
    assert "Taller trees" in elm
    assert 'href="/doc/oak"' in elm
    assert "Taller trees" not in oak


def test_its_query_opens_with_the_resource_in_it(trees):
    page = trees.get("/sparql?name=taller&this=http%3A%2F%2Fexample.org%2Felm", "text/html").text
    assert "VALUES ?this { &lt;http://example.org/elm&gt; }" in page
    other = trees.get("/sparql?name=taller&this=no%20iri%20}", "text/html").text
    assert "VALUES" not in other


def test_a_query_that_fails_is_left_out_of_pages(trees):
    assert 200 == trees.get("/doc/elm.html").status_code
    assert 1 == trees.get("/doc/elm.html").text.count("Taller trees")


PAGES = {
    "/doc/claim/c-0045.html": ["gloss", "speakers", "parts", "ranges", "argument", "checks",
                               "place-in-text", "standing", "section"],
    "/doc/claim/c-0070.html": ["gloss", "speakers", "parts", "for", "tensions", "argument"],
    "/doc/claim/c-0001.html": ["gloss", "speakers", "parts", "against", "argument"],
    "/doc/actor/russia.html": ["says", "said-of", "used-names", "links", "kind", "names"],
    "/doc/event/russian-military-campaign-in-syria.html": ["claims", "when", "kind", "roles"],
    "/doc/place/aleppo.html": ["remarks", "map", "claims", "kind", "names", "events"],
    "/doc/doc/csis-report-2020.html": ["claims", "used-names", "kind", "names"],
    "/doc/narrative/decisive-russian-syrian-role.html": ["account", "claims", "names"],
    "/doc/scheme/voice/context.html": ["meaning", "uses", "neighbours"],
    "/doc/scheme/voice.html": ["meaning", "members"],
    "/": ["argument", "map", "timeline", "speakers"],
}  # fmt: skip


def panels(html: str) -> dict[str, str]:
    """The path of each panel's query, by the last part of its name, in the order of the page."""
    found = re.findall(r'href="(/sparql\?name=pages%2F\w+%2F([\w-]+)[^"]*)"', html)
    return {name: unescape(path) for path, name in found}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_its_panels_in_their_order_each_with_an_anchor(server, path):
    html = server.get(path, "text/html").text
    found = panels(html)
    assert PAGES[path] == [name for name in found if name in PAGES[path]]
    anchors = re.findall(r'<section class="panel [^"]*" id="(panel-[\w-]+)"', html)
    assert len(found) == len(set(anchors))


@pytest.mark.parametrize("path", PAGES)
def test_the_query_of_each_panel_answers_about_its_resource(server, path):
    for name, link in panels(server.get(path, "text/html").text).items():
        form = server.get(link, "text/html").text
        text = unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", form, re.DOTALL)[1])
        answer = server.get("/sparql", "application/sparql-results+json", params={"query": text})
        rows = answer.json()["results"]["bindings"]
        assert rows, name
        assert len({row.get("this", {}).get("value") for row in rows}) == 1, name


def test_a_panel_without_rows_is_on_no_page(server):
    names = panels(server.get("/doc/claim/c-0020.html", "text/html").text)
    assert "ranges" not in names, "no quantity"
    assert "speakers" in names


def test_a_chain_is_a_sentence(server):
    html = server.get("/doc/claim/c-0020.html?lang=en", "text/html").text
    chain = re.search(r'<p class="chain">(.*?)</p>', html, re.DOTALL)[1]
    words = " ".join(re.sub(r"<[^>]+>", "", unescape(chain)).split())
    start = (
        "Author of the article (not named) (relayed, Article “Who Really Defeated ISIS in Syria?”)"
    )
    assert words.startswith(f"{start}, citing The Washington Post (relayed, ")
    assert ", citing Bassam Barabandi (direct quotation, " in words
    assert words.endswith(", citing Government of Syria (2000\u20132024) (indirect report).")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_what_it_needs_are_within_forty_kilobytes(server, path):
    page = server.get(path, "text/html").content
    needed = [server.get(f"/static/{name}").content for name in ("kg.css", "kg.js")]
    assert sum(len(gzip.compress(part)) for part in (page, *needed)) <= 40_000


def test_what_is_beside_a_page_has_a_name_of_its_own(server):
    html = server.get("/doc/claim/c-0045.html", "text/html").text
    names = re.findall(r"<aside([^>]*)>", html)
    assert len(names) == len(set(names)) >= 4
    assert all("aria-labelledby" in name for name in names)
