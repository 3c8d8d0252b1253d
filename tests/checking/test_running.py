"""`kg check` finds nothing wrong in us, and ends within its limits whatever a site does."""

import gzip
import json
import threading
from contextlib import contextmanager
from functools import cache
from urllib.robotparser import RobotFileParser

import pytest
from typer.testing import CliRunner

from kg.checking.check import Outcome
from kg.checking.checks.dereferencing import blank_nodes_are_whole
from kg.checking.checks.table import CHECKS
from kg.checking.client import Client
from kg.checking.discovery import discover
from kg.checking.limits import Limits
from kg.checking.running import check_site
from kg.checking.site import Site
from kg.cli.app import app
from kg.errors import ProjectError
from tests.checking.hostile import site
from tests.conftest import serving

# enough for every check to have something to look at
FEW = Limits(requests=900, seconds=200, resources=2, links=15)
HURRIED = Limits(requests=40, seconds=6, answer_seconds=0.4, bytes=100_000, redirects=4)


@pytest.fixture(scope="module")
def verdict(server):
    """What is found of the claim graph, which answers for IRIs of another host."""
    return check_site(server.url + "/", FEW)


def test_the_claim_graph_has_no_fault_at_any_level(verdict):
    assert [] == [(one.check.id, one.faults) for one in verdict.results if one.faults]
    assert {Outcome.PASSED, Outcome.INAPPLICABLE} == {one.outcome for one in verdict.results}
    assert len(CHECKS) == len(verdict.results)
    # no document of ours is in the way of a blank node, and no such feature is claimed
    assert verdict.count(Outcome.INAPPLICABLE) <= 2


@pytest.mark.parametrize("path", ["/id/claim/c-0045", "/sparql"], ids=["a thing", "an endpoint"])
def test_everything_is_found_from_one_url(server, path):
    found = check_site(server.url + path, FEW, skip=[c.id for c in CHECKS[3:]])
    assert any(note == f"endpoint {server.url}/sparql" for note in found.notes)
    assert [Outcome.PASSED] * 3 == [one.outcome for one in found.results[:3]]


def test_a_folder_of_others_lacks_nothing_but_a_licence(write_project):
    folder = write_project(
        {"a.ttl": 'ex:a rdfs:seeAlso [ rdfs:seeAlso [ rdfs:label "deep" ] ] ; a skos:Concept .'}
    )
    with serving(str(folder), env={"KG_BASE": "http://example.org/"}) as running:
        found = check_site(running.url + "/", FEW)
    wrong = {one.check.id: one.faults for one in found.results if one.faults}
    assert ["dataset-described"] == list(wrong), wrong
    assert ["no dcterms:license"] == [f.came[-18:] for f in wrong["dataset-described"]]
    whole = {one.check.id: one.outcome for one in found.results}
    assert Outcome.PASSED is whole["blank-nodes-whole"]


def test_nothing_is_sent_that_could_change_anything():
    def reply(handler):
        handler.send(200, b"{}", Content_Type="application/json")

    with site(reply) as watched:
        check_site(watched.url + "sparql", HURRIED)
        assert watched.seen
        for method, path, body in watched.seen:
            assert method in ("GET", "HEAD", "OPTIONS", "POST")
            assert not (method == "POST" and b"INSERT" in body)
            assert "DELETE" not in path
            assert "INSERT" not in path or "INSERT+DATA+%7B%7D" in path


def test_what_is_no_url_and_where_nobody_is_are_errors():
    names = ("http://name:secret@x.invalid/", "http://name:secret@[x/")
    for url in ("nonsense", "file:///etc/passwd", "ftp://x/", *names):
        with pytest.raises(ProjectError) as caught:
            check_site(url, HURRIED)
        assert "secret" not in str(caught.value)
    with pytest.raises(ProjectError):
        check_site("http://127.0.0.1:1/", HURRIED)
    with pytest.raises(ProjectError):
        check_site("http://127.0.0.1:1/", HURRIED, skip=["no-such-check"])


def dripping(handler):
    """Send a byte at a time and never end, until the client is gone or the test is over."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"a")


def endless(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b"2000\r\n" + b"a" * 8192 + b"\r\n")


@cache
def bomb():
    return gzip.compress(b"a" * 50_000_000)


def packed(handler):
    handler.send(200, bomb(), Content_Encoding="gzip")


def circle(handler):
    handler.send(302, Location="/" if handler.path == "/round" else "/round")


def ladder(handler):
    handler.send(303, Location=f"{handler.path}a")


def broken(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"few")
    handler.close_connection = True


def not_http(handler):
    handler.wfile.write(b"hello\r\n\r\n")
    handler.close_connection = True


def closing(handler):
    handler.close_connection = True
    handler.connection.close()


def babbling(handler):
    """Send headers without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.server.over.is_set():
        handler.wfile.write(b"X-Word: " + b"a" * 1000 + b"\r\n")


def commanding(handler):
    """Send what a terminal would obey, in the place of a status."""
    handler.wfile.write(b"\x1b[2J\x1b]0;mine\x07" + b"a" * 5000 + b"\r\n\r\n")
    handler.close_connection = True


def garbage(handler):
    handler.send(200, bytes(range(256)) * 100, Content_Type="text/turtle")


NO_URL = "http://[no"

DESCRIPTION = f"""
@prefix void: <http://rdfs.org/ns/void#> .
<#set> a void:Dataset ; void:sparqlEndpoint "{NO_URL}" ; void:exampleResource </a> .
"""

# what a site that means harm, or is in a muddle, answers at some paths: type and body
MUDDLE = {
    "/robots.txt": ("text/plain", "User-agent: *\nDisallow: //[\nCrawl-delay: \u00b2\n"),
    "/sitemap.xml": ("text/xml", f"<urlset><loc>{NO_URL}</loc></urlset>"),
    "/.well-known/void": ("text/turtle", DESCRIPTION),
    "/.well-known/api-catalog": ("application/json", f'{{"href":"{NO_URL}/sparql"}}'),
    "/a": ("text/turtle", "</a> </p> </b> ."),
    "/": ("text/html", f'<html><a href="{NO_URL}">a</a><a href="http://[host]/">b</a></html>'),
}


def in_a_muddle(handler):
    """Name addresses that are none, in every place where one can be."""
    if handler.path not in MUDDLE:
        handler.send(302, Location=NO_URL)
        return
    media_type, body = MUDDLE[handler.path]
    links = {"Link": f"<{NO_URL}>; rel=alternate", "Content-Location": NO_URL}
    handler.send(200, body.encode(), Content_Type=media_type, **links)


def checked(url, *options, limits=HURRIED):
    """What `kg check` does, as one who calls it sees it: its exit code, and what it writes."""
    words = {
        "--requests": limits.requests,
        "--seconds": limits.seconds,
        "--answer-seconds": limits.answer_seconds,
        "--bytes": limits.bytes,
        "--redirects": limits.redirects,
    }
    given = [str(word) for pair in words.items() for word in pair]
    return CliRunner().invoke(app, ["check", url, *given, *options])


@contextmanager
def tricky(trick, answered=1):
    """A site that answers its first requests, so that there is a run, and then does that."""

    def reply(handler):
        if len(handler.server.seen) <= answered:
            handler.send(200, b"<html></html>", Content_Type="text/html")
        else:
            trick(handler)

    with site(reply) as hostile:
        hostile.over = threading.Event()
        try:
            yield hostile.url
        finally:
            hostile.over.set()


TRICKS = [dripping, endless, packed, circle, ladder, broken, not_http, closing, babbling]


@pytest.mark.parametrize("trick", [*TRICKS, commanding], ids=lambda f: f.__name__)
def test_a_hostile_site_ends_the_run_within_its_limits_and_is_told_to_be_so(trick, tmp_path):
    path = tmp_path / "check.json"
    with tricky(trick) as url:
        done = checked(url, "--format", "text", "--format", f"json={path}")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["requests"] <= HURRIED.requests
    last = found["results"][-1]
    assert ("answers-whole", "failed") == (last["id"], last["outcome"])
    assert last["faults"]
    assert 1 == done.exit_code
    assert done.stdout.splitlines()[-1].startswith("does not conform: ")
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 1000


def test_answers_that_are_garbage_conform_to_nothing():
    with tricky(garbage, answered=0) as url:
        done = checked(url)
    assert 1 == done.exit_code
    assert "MUST  unknown-404" in done.stdout


def test_addresses_that_are_none_are_faults_of_the_site_and_end_no_run():
    with tricky(in_a_muddle, answered=0) as url:
        done = checked(url, limits=FEW)
    assert done.stdout.splitlines()[-1].startswith("does not conform: "), done.exception
    assert 1 == done.exit_code


def test_no_more_pages_are_asked_for_than_are_looked_at():
    examples = ", ".join(f"</{name}>" for name in "abcd")
    pages = "".join(f"<loc>http://127.0.0.1/page-{n}</loc>" for n in range(20))
    answers = {
        **dict.fromkeys(("/a", "/b", "/c", "/d"), ("text/turtle", "</a> </p> </b> .")),
        "/.well-known/void": ("text/turtle", DESCRIPTION.replace("</a>", examples)),
    }

    def reply(handler):
        home = handler.server.url
        answers["/sitemap.xml"] = ("text/xml", pages.replace("http://127.0.0.1/", home))
        media_type, body = answers.get(handler.path, ("text/html", ""))
        handler.send(200, body.encode(), Content_Type=media_type)

    with site(reply) as listed:
        client = Client(FEW)
        found = discover(client, listed.url)
        client.close()
        asked = {path for _, path, _ in listed.seen}
    assert 2 == len(found.things)
    assert found.map
    assert not [path for path in asked if path.startswith("/page-")]


def test_what_is_too_large_to_be_remembered_keeps_nothing_else_from_being(monkeypatch):
    monkeypatch.setattr("kg.checking.client.REMEMBERED", 100)
    with site(lambda one: one.send(200, b"a" * 200 if one.path == "/large" else b"a")) as asked:
        client = Client(FEW)
        for path in ("large", "small", "small"):
            client.get(asked.url + path)
        client.close()
        assert ["/large", "/small"] == [path for _, path, _ in asked.seen]


def test_the_way_to_a_blank_node_of_which_nothing_is_said_is_told():
    def reply(handler):
        if handler.path == "/a":
            handler.send(200, b"</a> </p> [ </q> _:bare ] .", Content_Type="text/turtle")
        else:
            yes = b'{"head":{},"boolean":true}'
            handler.send(200, yes, Content_Type="application/sparql-results+json")

    with site(reply) as bare:
        client, url = Client(FEW), bare.url
        found = Site(client, url, url, url, RobotFileParser(), url + "sparql", things=(url + "a",))
        (fault,) = blank_nodes_are_whole(found)
        client.close()
    assert f"ASK {{ <{url}a> <{url}p>/<{url}q> ?b ." in fault.came


@pytest.mark.parametrize("trick", [not_http, commanding, circle, endless])
def test_a_site_that_is_hostile_from_the_first_answer_is_an_error_that_says_what_to_do(trick):
    with tricky(trick, answered=0) as url:
        done = checked(url)
    assert (2, "") == (done.exit_code, done.stdout)
    assert done.stderr.startswith(f"kg: {url}: ")
    assert "--answer-seconds, --bytes and --redirects allow it more" in done.stderr
    assert "\x1b" not in done.stderr
    assert len(done.stderr) < 1000


def test_a_run_that_a_limit_ends_is_not_good_though_nothing_is_wrong(server):
    done = checked(f"{server.url}/", limits=Limits(requests=9))
    assert 1 == done.exit_code
    said = "not ended: all 9 requests are used up (--requests); "
    assert done.stdout.splitlines()[-1].startswith(said)


def test_a_site_is_not_blamed_for_what_it_had_no_time_to_answer():
    with tricky(dripping) as url:
        done = checked(url, limits=Limits(seconds=1))
    assert 1 == done.exit_code
    said = "not ended: all 1 s are used up (--seconds); "
    assert done.stdout.splitlines()[-1].startswith(said)


def test_a_site_without_end_is_left_when_the_requests_are_used_up():
    def reply(handler):
        path = handler.path.partition("?")[0]
        body = "".join(f"<{path}{n}/> <{path}> <{path}{n}/x> .\n" for n in range(50))
        handler.send(200, body.encode(), Content_Type="text/turtle")

    with site(reply) as infinite:
        found = check_site(infinite.url + "x", HURRIED)
    assert found.requests == HURRIED.requests
    ended = [one for one in found.results if "requests are used up" in one.why]
    assert ended
    assert all(one.outcome is not Outcome.PASSED for one in ended)
