"""What HTTP asks of every answer: over a real server, for failures over a small application."""

import asyncio
import gzip

import httpx
import pytest
import zstandard
from fastapi import FastAPI

from kg.web.exchange import Exchange
from kg.web.memo import Memo

DOCUMENT = "/doc/claim/c-0045"
UNPACK = {
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
}


def raw(server, path: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """A response and its body as it was sent, not unpacked."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with server.client.stream("GET", server.url + path, headers=named) as response:
        return response, b"".join(response.iter_raw())


@pytest.mark.parametrize("path", ["/", DOCUMENT, f"{DOCUMENT}.html", "/ontology", "/static/kg.css"])
@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_packed_bytes_are_the_same_bytes_under_another_strong_tag(server, path, coding):
    plain, body = raw(server, path, accept_encoding="identity")
    packed, packed_body = raw(server, path, accept_encoding=coding)
    assert "content-encoding" not in plain.headers
    assert coding == packed.headers["content-encoding"]
    assert str(len(packed_body)) == packed.headers["content-length"]
    assert body == UNPACK[coding](packed_body)
    assert plain.headers["etag"] != packed.headers["etag"]
    assert not packed.headers["etag"].startswith("W/")
    for response in (plain, packed):
        assert "Accept-Encoding" in response.headers["vary"]


def test_the_tag_of_the_packed_bytes_is_not_that_of_the_plain_ones(server):
    packed, _ = raw(server, DOCUMENT, accept_encoding="gzip")
    held = packed.headers["etag"]
    assert 304 == raw(server, DOCUMENT, accept_encoding="gzip", if_none_match=held)[0].status_code
    assert 200 == raw(server, DOCUMENT, accept_encoding="zstd", if_none_match=held)[0].status_code
    again, _ = raw(server, DOCUMENT, accept_encoding="identity", if_none_match=held)
    assert 200 == again.status_code


def test_an_answer_is_packed_the_same_whenever_it_is_asked_for(server):
    first = raw(server, "/doc/claim/c-0001.ttl", accept_encoding="gzip")[1]
    assert first == raw(server, "/doc/claim/c-0001.ttl", accept_encoding="gzip;q=0.5")[1]


def test_a_304_repeats_what_a_cache_must_know_and_has_no_body(server):
    first, _ = raw(server, DOCUMENT, accept="text/turtle")
    again, body = raw(server, DOCUMENT, accept="text/turtle", if_none_match=first.headers["etag"])
    assert (304, b"") == (again.status_code, body)
    for name in ("etag", "vary", "cache-control", "content-location", "last-modified"):
        assert first.headers[name] == again.headers[name], name
    assert "content-type" not in again.headers
    assert "*" == again.headers["access-control-allow-origin"]


def test_the_date_of_the_data_is_enough_to_get_304(server):
    first = server.get(DOCUMENT)
    date = first.headers["last-modified"]
    assert date.endswith(" GMT")
    assert 304 == server.get(DOCUMENT, headers={"if-modified-since": date}).status_code
    old = {"if-modified-since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert 200 == server.get(DOCUMENT, headers=old).status_code


def test_whoever_expects_other_bytes_gets_412(server):
    etag = server.get(DOCUMENT).headers["etag"]
    for method in ("GET", "HEAD"):
        good = server.request(method, DOCUMENT, headers={"if-match": etag})
        bad = server.request(method, DOCUMENT, headers={"if-match": '"other"'})
        assert (200, 412) == (good.status_code, bad.status_code)
    assert 412 == server.get(DOCUMENT, headers={"if-match": '"other"'}).json()["status"]


@pytest.mark.parametrize("path", ["/", "/id/claim/c-0045", DOCUMENT, "/sparql", "/validate", "/no"])
def test_options_says_what_is_allowed_and_satisfies_a_preflight(server, path):
    asked = {
        "origin": "https://elsewhere.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match, accept-profile",
    }
    response = server.request("OPTIONS", path, headers=asked)
    assert (204, b"") == (response.status_code, response.content)
    methods = set(response.headers["allow"].split(", "))
    posts = path in ("/sparql", "/validate")
    assert {"OPTIONS", "GET", "HEAD"} | ({"POST"} if posts else set()) == methods
    assert methods == set(response.headers["access-control-allow-methods"].split(", "))
    assert "*" == response.headers["access-control-allow-headers"]
    assert "*" == response.headers["access-control-allow-origin"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/id/claim/c-0045", "/static/kg.css", "/no/such/thing"])
def test_other_methods_are_refused_with_those_that_are_allowed(server, method, path):
    response = server.request(method, path)
    assert 405 == response.status_code
    assert "GET, HEAD, OPTIONS" == response.headers["allow"]
    assert "*" == response.headers["access-control-allow-origin"]


def test_a_cdn_may_keep_what_browsers_ask_for_again(server):
    for path in ("/", "/id/claim/c-0045", DOCUMENT):
        directives = server.get(path).headers["cache-control"].split(", ")
        assert {"public", "max-age=0", "s-maxage=300"} <= set(directives)
    assert "no-store" == server.get("/no").headers["cache-control"]


def test_a_remembered_answer_is_the_first_one_again(server):
    path = "/doc/claim/c-0002"
    first, again = server.get(path), server.get(path)
    assert first.content == again.content
    volatile = {"date", "x-request-id"}
    assert {k: v for k, v in first.headers.items() if k not in volatile} == {
        k: v for k, v in again.headers.items() if k not in volatile
    }
    assert b"" == server.request("HEAD", path).content
    assert first.content == server.get(path).content


def test_a_failing_application_answers_500_and_raises_for_the_log():
    app = FastAPI()

    @app.get("/")
    def fail():
        message = "planted"
        raise RuntimeError(message)

    async def ask():
        transport = httpx.ASGITransport(Exchange(app, Memo(0)), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get("/")

    response = asyncio.run(ask())
    assert 500 == response.status_code
    assert "*" == response.headers["access-control-allow-origin"]
