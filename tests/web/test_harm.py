"""Nothing that stands in data does harm on any page: markup, quotes, controls, length, IRIs."""

import re
from urllib.parse import quote

import pytest

from tests.conftest import PREFIXES, serving
from tests.views.conftest import Page

EX = "http://example.org/"
HTML = "text/html"
MARKUP = "<script>alert(1)</script>"
QUOTED = "\\\"'><img src=x onerror=alert(1)>"
TURNED = "\u202eturned\u2066 \u200f"
LONG = "long" * 2_500

# each as label and as text, in a class and a property whose names are no better
DATA = f"""
ex:a a ex:C ; rdfs:label "{MARKUP}" , "{MARKUP}"@ar ; ex:p "{MARKUP}" , ex:b ; ex:to ex:d .
ex:b a ex:C ; rdfs:label "{QUOTED}" ; ex:p "{QUOTED}" , ex:c ; ex:to ex:a .
ex:c a ex:C ; rdfs:label "{TURNED}" ; ex:p "{TURNED}" ; ex:to ex:a .
ex:d a ex:C ; rdfs:label "{LONG}" ; ex:p "{LONG}" ; ex:to ex:a .
ex:e a ex:C ; ex:p <javascript:alert(1)> , "javascript:alert(1)"^^xsd:anyURI ,
  <data:text/html,x> , "JavaScript:alert(1)"^^xsd:anyURI ; ex:to <javascript:alert(2)> .
<javascript:alert(2)> rdfs:label "{MARKUP}" .
ex:C a rdfs:Class ; rdfs:label "{MARKUP}" , "{QUOTED}"@fr ; rdfs:comment "{MARKUP}" .
ex:p a owl:DatatypeProperty ; rdfs:label "{QUOTED}" ; rdfs:comment "{MARKUP}" .
ex:to rdfs:label "{MARKUP}" .
ex: a owl:Ontology ; rdfs:label "{MARKUP}" .
"""
# every label in every drawing of relations, on pages of resources and on the overview
DRAWN = {
    view: f"SELECT ?this {columns} {{ ?one ?how ?other . BIND (?one AS ?this) }}"
    for view, columns in (
        ("tree", "?other ?how ?one"),
        ("graph", "?one ?how ?other"),
        ("chain", "?how ?one ?other"),
    )
}
QUERY = quote("SELECT * { ?s ?p ?o }")
TRIPLES = quote("CONSTRUCT WHERE { ?s ?p ?o }")
CLASS = quote(f"{EX}C", safe="")
PAGES = [
    "/",
    *(f"/doc/{name}" for name in "abcdep"),
    "/doc/C",
    "/resource?iri=javascript%3Aalert(2)",
    f"/list?class={CLASS}",
    f"/list?class={CLASS}&sort=-ex%3Ap",
    f"/list?to={quote(EX + 'a', safe='')}&by={quote(EX + 'to', safe='')}",
    f"/sparql?query={QUERY}",
    f"/sparql?query={QUERY}&view=graph",
    f"/sparql?query={QUERY}&view=tree",
    f"/sparql?query={TRIPLES}&view=graph",
    f"/sparql?query={TRIPLES}&view=tree",
    f"/sparql?query={quote(MARKUP)}",
    "/ontology",
    "/checks",
    "/data",
    "/about",
    "/search?q=script",
    f"/search?q={quote(MARKUP)}",
    f"/nothing/{quote(MARKUP)}",
    "/validate",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "a.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    (folder / "queries").mkdir()
    for view in ("tree", "graph", "chain"):
        for place in ("show: overview", "about: rdfs:Resource"):
            text = f"#+ {place}\n#+ view: {view}\n{DRAWN[view]}"
            name = f"{view}-{len(place)}.rq"
            (folder / "queries" / name).write_text(text, encoding="utf-8")
    with serving(str(folder), "--allow-violations", env={"KG_BASE": EX}) as server:
        yield server


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("path", PAGES)
def test_data_stays_text_on_every_kind_of_page(hostile, path, language):
    url = f"{path}{'&' if '?' in path else '?'}lang={language}"
    response = hostile.get(url, HTML)
    assert response.status_code < 500
    page = Page(response.content)
    assert not {"img", "iframe", "object", "embed"}.intersection(page.elements)
    assert not {"onerror", "onload", "onclick", "style"}.intersection(page.attributes)
    scripts = re.findall(r"<script\b([^>]*)>", response.text)
    own = [s for s in scripts if 'src="/static/' in s or 'type="application/' in s]
    assert scripts == own
    schemes = [href for href in page.hrefs if not re.match(r"[/#?]|https?://", href)]
    assert [] == schemes
    policy = response.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/doc/c", f"/list?class={CLASS}", f"/sparql?query={QUERY}"])
def test_a_text_that_turns_the_direction_turns_nothing_around_it(hostile, path):
    text = hostile.get(path, HTML).text
    body = text.partition("<body>")[2]
    places = [found.start() for found in re.finditer("\u202e", body)]
    assert places
    for place in places:
        before = body[max(0, place - 200) : place]
        inside = re.search(
            r'(<bdi[^>]*>|dir="auto"[^>]*>|dir="ltr"[^>]*>|="[^"<>]*)[^<>]*$', before
        )
        assert inside, before


@pytest.mark.parametrize("path", ["/", "/doc/a", "/doc/e"])
@pytest.mark.parametrize("kind", ["tree", "graph", "chain"])
def test_every_drawing_of_relations_is_there_to_be_harmed(hostile, path, kind):
    text = hostile.get(path, HTML).text
    drawings = re.findall(rf'<figure class="picture {kind}">(.*?)</figure>', text, re.DOTALL)
    assert drawings
    for drawing in drawings:
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", drawing)
        assert "&lt;script" in drawing or path == "/doc/e"
        assert max(map(len, re.findall(r">([^<]*)<", drawing))) <= 310
