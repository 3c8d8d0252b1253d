"""Stored queries as APIs: the real server answers each by URL, and names what is wrong."""

import csv
import io
import json
import os
import re
import signal
from html import unescape
from urllib.parse import urlencode, urljoin

import pytest
from pyoxigraph import RdfFormat, parse

from kg.rdf.formats import CSV, FORMATS, HTML, JSON, PROBLEM, RESULT_FORMATS, TURTLE
from kg.rdf.sparql_text import GRAPH_FORMS, query_form
from tests.conftest import REPO, serving
from tests.test_server import children
from tests.web.test_foreign import links

SPEAKER = "/queries/1-first-steps/claims-of-one-source"
KINDS = "/queries/1-first-steps/kinds-of-actor"
NAMES = sorted(
    path.relative_to(REPO / "queries").with_suffix("").as_posix()
    for path in (REPO / "queries").rglob("*.rq")
)

RELATIONS = ("first", "prev", "next", "last")

PREFIXES = "PREFIX ex: <http://example.org/>\n"
QUERIES = {
    "must.rq": f"{PREFIXES}SELECT ?n {{ ?s ex:kind ?_kind_iri ; ex:n ?n }} ORDER BY ?n",
    "may.rq": f"{PREFIXES}SELECT ?n {{ ?s ex:kind ?__kind_iri ; ex:n ?n }} ORDER BY ?n",
    "ask.rq": f"{PREFIXES}ASK {{ ?s ex:n ?_n_integer }}",
    "graph.rq": f"{PREFIXES}CONSTRUCT {{ ?s ex:is ?_word_en }} WHERE {{ ?s ex:n 1 }}",
    "paged.rq": f"#+ pagination: 4\n{PREFIXES}SELECT ?n {{ ?s ex:n ?n }} ORDER BY ?n",
    "wrong.rq": "SELECT ?n { nonsense }",
    "deep/odd name, 50%.rq": "ASK {}",
    "fixed.rq": "#+ enumerate:\n#+   - w: [a, b]\nSELECT (STR(?_w) AS ?v) {}",
    "echo.rq": "SELECT (?_text AS ?v) {}",
}
DATA = "".join(
    f"<http://example.org/{n}> <http://example.org/n> {n} ; "
    f"<http://example.org/kind> <http://example.org/{'odd' if n % 2 else 'even'}> .\n"
    for n in range(1, 11)
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A project with ten things and queries of every kind."""
    folder = tmp_path_factory.mktemp("queries")
    files = {f"queries/{name}": text for name, text in QUERIES.items()}
    for name, text in {**files, "data/ttl/a.ttl": DATA, "kg.toml": ""}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with serving(str(folder)) as running:
        yield running


def numbers(response) -> list[int]:
    assert 200 == response.status_code, response.text
    return [int(row["n"]) for row in csv.DictReader(io.StringIO(response.text))]


@pytest.mark.parametrize("name", NAMES)
def test_every_stored_query_has_a_page_and_answers_programs(server, name):
    page = server.get(f"/queries/{name}", HTML.media_type)
    assert 200 == page.status_code
    assert "<h1>" in page.text
    answer = server.get(f"/queries/{name}")
    assert 200 == answer.status_code
    if query_form((REPO / "queries" / f"{name}.rq").read_text("utf-8")) in GRAPH_FORMS:
        assert answer.headers["content-type"].startswith(TURTLE.media_type)
        assert list(parse(answer.content, RdfFormat.TURTLE))
        return
    assert JSON.media_type == answer.headers["content-type"]
    assert answer.json()["results"]["bindings"]


def test_the_list_names_every_query(server):
    page = server.get("/queries", HTML.media_type).text
    assert [] == [name for name in NAMES if f'href="/queries/{name}"' not in page]


@pytest.mark.parametrize("format_", RESULT_FORMATS, ids=lambda f: f.name)
def test_an_answer_comes_in_every_format_by_accept_and_by_name(server, format_):
    by_accept = server.get(KINDS, format_.media_type)
    by_name = server.get(f"{KINDS}?format={format_.extension}", HTML.media_type)
    assert format_.media_type == by_accept.headers["content-type"].partition(";")[0]
    assert by_accept.content == by_name.content
    assert 'rel="describedby"' in by_accept.headers["link"]


def test_a_parameter_changes_the_answer_by_get_and_by_post(server):
    given = {"speaker": "actor:us-treasury", "format": CSV.extension}
    by_get = server.get(f"{SPEAKER}?{urlencode(given)}")
    by_post = server.request("POST", SPEAKER, data=given)
    assert by_get.content == by_post.content
    whole = given | {"speaker": "https://w3id.org/claimgraph/id/actor/us-treasury"}
    assert by_get.content == server.get(f"{SPEAKER}?{urlencode(whole)}").content
    assert by_get.content != server.get(SPEAKER, CSV.media_type).content
    assert server.request("HEAD", f"{SPEAKER}?{urlencode(given)}").headers["etag"]


def test_what_is_no_graph_is_described_in_rdf(server):
    answer = server.get(KINDS, TURTLE.media_type)
    assert 303 == answer.status_code
    described = server.get(answer.headers["location"], TURTLE.media_type)
    assert "SPARQLExecutable" in described.text


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (f"{SPEAKER}?speaker=nobody", {"speaker"}),
        (f"{SPEAKER}?speaker=actor:a&speaker=actor:b", {"speaker"}),
        (f"{SPEAKER}?talker=actor:a&x=1", {"talker", "x"}),
        (f"{SPEAKER}?page=0&pageSize=many&timeout=soon", {"page", "pageSize", "timeout"}),
        (f"{SPEAKER}?page=99999999999999999999&pageSize=20000", {"page", "pageSize"}),
        (f"{SPEAKER}?format=exe", {"format"}),
        (f"{KINDS}?language=de", {"language"}),
        (f"{SPEAKER}?speaker=http://a/%3E%7D%20DROP%20ALL", {"speaker"}),
        ("/queries/3-numbers-and-times/claims-about-2015?from=2015-02-30&to=x", {"from", "to"}),
    ],
)
def test_everything_that_is_wrong_with_parameters_is_named_at_once(server, url, named):
    answer = server.get(url, JSON.media_type)
    assert 400 == answer.status_code
    assert PROBLEM.media_type == answer.headers["content-type"]
    assert named == {one["parameter"] for one in answer.json()["errors"]}
    assert all(len(one["detail"]) < 200 for one in answer.json()["errors"])
    page = server.get(url, HTML.media_type)
    assert (400, HTML.media_type) == (
        page.status_code, page.headers["content-type"].partition(";")[0]
    )  # fmt: skip


def test_so_many_parameters_as_a_body_holds_are_refused_at_once(server):
    """Each was counted among all of them: a megabyte had kept the server busy for hours."""
    body = "&".join(map(str, range(140_000)))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = server.request("POST", SPEAKER, JSON.media_type, content=body, headers=form)
    assert (400, "Send at most 1,000 parameters.") == (answer.status_code, answer.json()["detail"])
    url = f"{SPEAKER}?{'&'.join(f'x{n}' for n in range(999))}&x1"
    assert 999 == len(server.get(url, JSON.media_type).json()["errors"])


def test_a_missing_parameter_is_named_and_people_get_the_form(small):
    answer = small.get("/queries/must", CSV.media_type)
    assert 400 == answer.status_code
    said = "This parameter must be given: ?_kind_iri in the query."
    assert [{"parameter": "kind", "detail": said}] == answer.json()["errors"]
    page = small.get("/queries/must", HTML.media_type)
    assert 200 == page.status_code
    assert 'name="kind"' in page.text
    assert "<table" not in page.text
    assert [2, 4, 6, 8, 10] == numbers(small.get("/queries/must?kind=ex:even", CSV.media_type))


def test_an_optional_parameter_may_be_left_out_or_empty(small):
    every = list(range(1, 11))
    assert every == numbers(small.get("/queries/may", CSV.media_type))
    assert every == numbers(small.get("/queries/may?kind=", CSV.media_type))
    assert [1, 3, 5, 7, 9] == numbers(small.get("/queries/may?kind=ex:odd", CSV.media_type))


def test_pages_are_linked_from_first_to_last_and_hold_every_row(small):
    found, url, relations = [], "/queries/paged", []
    while url:
        answer = small.get(url, CSV.media_type)
        found += numbers(answer)
        relations.append(
            [name for name in ("first", "prev", "next", "last") if links(answer, name)]
        )
        following = links(answer, "next")
        url = urljoin(url, following[0][0]) if following else ""
    assert list(range(1, 11)) == found
    assert [
        ["first", "next", "last"],
        ["first", "prev", "next", "last"],
        ["first", "prev", "last"],
    ] == relations
    assert [9, 10] == numbers(small.get(links(answer, "last")[0][0], CSV.media_type))


def test_the_size_of_a_page_is_for_the_client_to_say(small):
    answer = small.get("/queries/may?pageSize=3&page=2&kind=ex:odd&format=csv")
    assert [7, 9] == numbers(answer)
    ((first, _),) = links(answer, "first")
    assert "/queries/may?kind=ex%3Aodd&pageSize=3&format=csv&page=1" == first
    assert [1, 3, 5] == numbers(small.get(first))
    assert 404 == small.get("/queries/may?pageSize=3&page=5").status_code


def test_asks_and_graphs_are_answered_and_have_no_pages(small):
    assert small.get("/queries/ask?n=7").json()["boolean"] is True
    assert small.get("/queries/ask?n=70").json()["boolean"] is False
    assert {"page"} == {
        one["parameter"] for one in small.get("/queries/ask?n=7&page=2").json()["errors"]
    }
    (triple,) = parse(small.get("/queries/graph?word=%22+.").content, RdfFormat.TURTLE)
    assert ('" .', "en") == (triple.object.value, triple.object.language)
    for format_ in FORMATS:
        assert 200 == small.get("/queries/graph?word=a", format_.media_type).status_code
    for url in ("/queries/ask?n=7", "/queries/graph?word=a"):
        assert "kg-answer" in small.get(url, HTML.media_type).text


@pytest.mark.parametrize(
    "text", ['"} #', "\\", "\\u0022", "<script>alert(1)</script>", "?_text", "\u0000", "ä ع", "'''"]
)
def test_text_comes_back_as_it_was_sent_and_is_escaped_on_pages(small, text):
    url = f"/queries/echo?{urlencode({'text': text})}"
    (row,) = small.get(url, JSON.media_type).json()["results"]["bindings"]
    assert {"type": "literal", "value": text} == row["v"]
    assert "<script>alert" not in small.get(url, HTML.media_type).text


def test_a_fixed_choice_is_all_there_is(small):
    assert "a" in small.get("/queries/fixed?w=a", CSV.media_type).text
    assert 400 == small.get("/queries/fixed?w=c", CSV.media_type).status_code
    assert re.search(r'<select[^>]* name="w"', small.get("/queries/fixed", HTML.media_type).text)


def test_a_query_that_is_none_says_so_and_no_other_is_hurt(small):
    answer = small.get("/queries/wrong")
    assert 400 == answer.status_code
    assert "line 1" in answer.json()["detail"]
    assert 400 == small.get("/queries/wrong", HTML.media_type).status_code
    assert 200 == small.get("/queries/may").status_code


def test_odd_names_have_addresses_and_short_ones_lead_to_them(small, server):
    page = small.get("/queries", HTML.media_type).text
    (href,) = re.findall(r'href="(/queries/deep[^"]*)"', page)
    assert small.get(href).json()["boolean"] is True
    short = server.get(f"/queries/kinds-of-actor?{urlencode({'language': 'fr'})}")
    assert (307, f"{KINDS}?language=fr") == (short.status_code, short.headers["location"])
    assert 404 == server.get("/queries/nothing").status_code
    assert 405 == server.request("DELETE", KINDS).status_code


def test_a_form_proposes_what_the_data_has(server):
    page = server.get(SPEAKER, HTML.media_type).text
    chosen = re.findall(r'<option value="([^"]+)"[^>]* selected>([^<]+)<', page)
    assert ("https://w3id.org/claimgraph/id/actor/csis" in chosen[0][0], 1) == (True, len(chosen))
    assert page.count("<option") > 10
    assert re.search(r"<option[^>]*>[^<]*Treasury", page)


def test_a_form_that_had_no_proposals_because_workers_failed_has_them_later(tmp_path):
    files = {"queries/pick.rq": f"#+ enumerate:\n#+   - kind\n{QUERIES['must.rq']}", "a.ttl": DATA}
    for name, text in files.items():
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_text(text, encoding="utf-8")
    cache = tmp_path / "cache"
    with serving(str(tmp_path / "data"), env={"XDG_CACHE_HOME": str(cache)}) as server:
        (copy,) = (one for one in (cache / "kg" / "builds").iterdir() if (one / "store").exists())
        copy.rename(tmp_path / "moved")
        for worker in children(server.pid):
            os.kill(worker, signal.SIGKILL)
        assert "example.org/odd" not in server.get("/queries/pick", HTML.media_type).text
        (tmp_path / "moved").rename(copy)
        assert "example.org/odd" in server.get("/queries/pick", HTML.media_type).text


def test_another_body_or_another_accept_is_refused(server):
    body = {"content": b"{}", "headers": {"content-type": JSON.media_type}}
    assert 415 == server.request("POST", KINDS, **body).status_code
    assert 406 == server.get(KINDS, "image/png").status_code
    assert json.loads(server.get(KINDS, "image/png").content)["alternatives"]


def test_queries_whose_rows_are_on_pages_stand_apart_and_folded(server):
    text = server.get("/queries", "text/html").text
    asked, _, folded = text.partition('<details class="rest">')
    assert "/queries/2-who-says-it/dated-documents" in asked
    assert "/queries/pages/" not in asked
    assert "/queries/pages/claim/speakers" in folded


@pytest.mark.parametrize("view", ["graph", "tree"])
def test_the_page_of_a_stored_query_has_the_views_that_fit_its_rows(server, view):
    tensions = "/queries/4-argument/all-tensions"
    page = server.get(tensions, HTML.media_type).text
    links = [unescape(href) for href in re.findall(rf'href="({tensions}[^"]*)"', page)]
    (link,) = [href for href in links if f"view={view}" in href]
    drawn = server.get(link, HTML.media_type).text
    assert f'<figure class="picture {view}">' in drawn
    assert "<table>" in drawn
    # programs get what they always get
    assert server.get(f"{link}&format=csv").content == server.get(f"{tensions}?format=csv").content
