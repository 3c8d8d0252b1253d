"""Lists of classes over HTTP: of ours, and of a folder that says nothing about lists."""

import csv
import io
import re
from html import unescape
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, parse

from tests.conftest import PREFIXES, serving
from tests.dataset.test_listing import things
from tests.views.conftest import Page

HTML = "text/html"
NAMED = ["claims", "actors", "events", "places", "documents", "narratives"]


def page(server, path: str, **options) -> tuple[Page, str]:
    response = server.get(path, HTML, **options)
    assert 200 == response.status_code, path
    return Page(response.content), response.text


def facets(text: str) -> dict[str, dict[str, tuple[str, int]]]:
    """The facets of a page: by name, each value with its URL and number."""
    found = {}
    for section in re.findall(r"<section>\s*<h3>(.*?)</section>", text, re.S):
        name = re.search(r">([^<]+)</bdi></h3>", section)[1]
        links = re.findall(
            r'<li><a href="([^"]*)"[^>]*><bdi[^>]*>([^<]*)</bdi></a> <span class="count">([\d,]+)',
            section,
        )
        found[name] = {unescape(v): (unescape(url), int(n.replace(",", ""))) for url, v, n in links}
    return found


def shown(text: str) -> int:
    return int(re.search(r'class="shown" role="status">\s*([\d,]+)', text)[1].replace(",", ""))


@pytest.mark.parametrize("name", NAMED)
def test_each_important_class_has_a_list_that_the_overview_and_every_page_lead_to(server, name):
    text = server.get("/", HTML).text
    assert text.count(f'href="/{name}"') >= 2
    _, listed = page(server, f"/{name}")
    assert f'href="/{name}" aria-current="page"' in listed
    count = re.search(rf'<a href="/{name}"><strong>([\d,]+)</strong>', text)[1]
    assert shown(listed) == int(count)


@pytest.mark.parametrize(
    "name", ["speaker", "voice", "commitment", "stance of the article", "kind", "year", "place"]
)
def test_claims_are_chosen_by_what_their_facets_say_and_as_many_are_there(server, name):
    _, text = page(server, "/claims")
    values = facets(text)[name]
    assert len(values) >= 2
    for url, count in list(values.values())[:4]:
        _, chosen = page(server, url)
        assert count == shown(chosen), url


def test_what_is_chosen_can_be_unchosen_and_combined(server):
    _, text = page(server, "/claims")
    url, first = facets(text)["voice"]["direct quotation"]
    _, one = page(server, url)
    second_url, second = facets(one)["kind"]["quantitative"]
    assert 0 < second < first
    _, both = page(server, second_url)
    assert second == shown(both)
    undone = [unescape(u) for u in re.findall(r'<a href="([^"]*)" aria-label="Without', both)]
    assert 2 == len(undone)
    assert url in undone
    assert 'href="/claims">Show all' in both


def test_the_files_hold_exactly_what_is_shown(server):
    _, text = page(server, "/claims?voice=scheme/voice/indirect&sort=-year")
    links = dict(re.findall(r'<a href="([^"]*)" type="([^"]*)">', text))
    urls = {type_: unescape(url) for url, type_ in links.items()}
    named = re.findall(r'<th scope="row">.*?href="/doc/(claim/c-\d+)', text, re.S)
    assert shown(text) == len(named)
    rows = list(csv.DictReader(io.StringIO(server.get(urls["text/csv"]).text, newline="")))
    assert named == [row["iri"].partition("/id/")[2] for row in rows]
    assert {"indirect report"} == {row["voice"] for row in rows}
    turtle = server.get(urls["text/turtle"])
    claims = "https://w3id.org/claimgraph/ontology#Claim"
    found = {
        quad.subject.value.partition("/id/")[2]
        for quad in parse(turtle.content, RdfFormat.TURTLE)
        if quad.object.value == claims
    }
    assert set(named) == found


def test_a_list_answers_programs_by_accept_and_by_suffix(server):
    for accept, suffix in (("text/turtle", "ttl"), ("text/csv", "csv")):
        by_accept, by_suffix = server.get("/events", accept), server.get(f"/events.{suffix}")
        assert by_accept.content == by_suffix.content
        assert by_accept.headers["content-type"].startswith(accept)
    assert 406 == server.get("/events", "image/png").status_code
    assert server.get("/events").headers["content-type"].startswith(HTML)


def test_a_list_is_sorted_both_ways_and_pages_follow_each_other(server):
    _, up = page(server, "/actors?sort=says")
    _, down = page(server, "/actors?sort=-says")
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down
    numbers = [int(n) for n in re.findall(r'data-name="claims made">.*?>(\d+)</bdi>', down)]
    assert sorted(numbers, reverse=True) == numbers
    seen, url = [], "/claims?sort=-year"
    while url:
        _, text = page(server, url)
        seen += re.findall(r'<th scope="row">.*?href="([^"]*)"', text, re.S)
        after = re.search(r'<a href="([^"]*)">next</a>', text)
        url = unescape(after[1]) if after else ""
    assert len(seen) == len(set(seen)) == shown(text)


def test_names_are_sorted_and_labelled_in_the_language_of_the_reader(server):
    french, _ = page(server, "/events?lang=fr")
    assert {"fr"} == french.languages("Événements")
    arabic, text = page(server, "/claims?lang=ar&voice=scheme/voice/indirect")
    assert arabic.languages("الادعاءات")
    files = re.findall(r'href="(/claims\.csv[^"]*)"', text)
    assert files
    header = server.get("/claims.csv?lang=ar").text.splitlines()[0]
    assert "القائل" in header


def test_search_engines_get_one_url_for_each_list_and_no_deep_ones(server):
    _, plain = page(server, "/claims?sort=-year")
    assert '<link rel="canonical" href="https://w3id.org/claimgraph/claims">' in plain
    assert 'content="noindex"' in plain
    assert 'content="noindex"' not in page(server, "/claims")[1]
    two = "/claims?voice=scheme/voice/indirect&stance=scheme/stance/reported"
    _, deep = page(server, two)
    assert 'content="noindex"' in deep
    assert "nofollow" in deep


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/claims?page=99", 404),
        ("/claims?page=x", 404),
        ("/list", 400),
        ("/list?class=http://nothing.example/", 404),
        ("/list?class=https://w3id.org/claimgraph/id/claim/c-0045", 404),
        ("/list?class=https://w3id.org/claimgraph/ontology%23Claim&format=xlsx", 404),
        ("/claims?voice=nothing", 200),
        ("/claims?sort=nothing&utm_source=x", 200),
    ],
)
def test_what_cannot_be_is_said(server, path, status):
    response = server.get(path, HTML)
    assert status == response.status_code
    if "voice" in path:
        assert "Nothing has all that was chosen" in response.text


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    folder = tmp_path_factory.mktemp("foreign")
    hostile = 'ex:t000 rdfs:label "<script>alert(1)</script>\u202e" ; ex:colour "<b>\\"" . '
    (folder / "a.ttl").write_text(PREFIXES + things(120) + hostile, encoding="utf-8")
    with serving(str(folder), env={"KG_BASE": "http://example.org/"}) as server:
        yield server


def test_any_class_of_any_folder_has_a_list_with_facets(foreign):
    text = foreign.get("/", HTML).text
    url = f"/list?class={quote('http://example.org/Car', safe='')}"
    assert f'href="{url}"' in text
    _, listed = page(foreign, url)
    colours = facets(listed)["ex:colour"]
    assert 80 == shown(listed) == sum(count for _, count in colours.values())
    _, red = page(foreign, colours["ex:red"][0])
    assert colours["ex:red"][1] == shown(red)
    rows = foreign.get(f"{url}&format=csv&ex%3Acolour=red").text.splitlines()
    assert colours["ex:red"][1] == len(rows) - 1


def test_labels_are_text_in_a_list(foreign):
    url = f"/list?class={quote('http://example.org/Thing', safe='')}"
    listed, text = page(foreign, url)
    assert not {"b", "img"}.intersection(listed.elements)
    assert "<script>alert" not in text
    asked, _ = page(foreign, f"{url}&ex%3Acolour=%3Cscript%3E&sort=%22%3E%3Cscript%3E")
    assert "script" not in [e for e in asked.elements if e == "script"][1:]


def test_all_that_points_at_a_resource_is_a_list(wide):
    to, by = quote("http://example.org/hub", safe=""), quote("http://example.org/to", safe="")
    text = wide.get("/doc/hub?page=80", HTML).text
    assert f"/list?to={to}&amp;by={by}" in text
    _, listed = page(wide, f"/list?to={to}&by={by}&page=400")
    assert 20_000 == shown(listed)
    assert "spoke/" in listed
    rows = wide.get(f"/list?to={to}&by={by}&format=csv").text.splitlines()
    assert 20_001 == len(rows)
    assert 413 == wide.get(f"/list?to={to}&by={by}&format=ttl").status_code
    assert 404 == wide.get(f"/list?to={to}&by=http%3A%2F%2Fnothing.example%2F", HTML).status_code
