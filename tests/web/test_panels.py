"""A query dropped into a folder that nobody made for this program shows its rows on pages."""

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
