"""Each planted fault is found by the check that is for it: our server behind one that spoils it."""

import gzip
import re
from dataclasses import replace
from typing import NamedTuple

import httpx
import pytest

from kg.checking.checks.table import CHECKS
from kg.checking.client import Client
from kg.checking.discovery import discover
from kg.checking.limits import Limits
from tests.checking.hostile import site


class Asked(NamedTuple):
    """A request, as far as faults depend on it."""

    method: str
    path: str
    accept: str


LIMITS = Limits(requests=400, seconds=60, resources=2, links=10)
HOP = {"transfer-encoding", "connection", "content-length", "date", "server"}


def without(name):
    """An answer without a header."""
    return lambda _, status, headers, body: (status, {**headers, name: None}, body)


def with_header(name, value):
    """An answer with a header that is wrong."""
    return lambda _, status, headers, body: (status, {**headers, name: value}, body)


def always(status, media_type="text/html", body=b"<html></html>"):
    """Always the same answer."""
    return lambda *_: (status, {"content-type": media_type}, body)


def status_of(old, new):
    """One status in the place of another."""
    return lambda _, status, headers, body: (new if status == old else status, headers, body)


def heads(status):
    """That status for each HEAD."""
    return lambda asked, *answer: (status if asked.method == "HEAD" else answer[0], *answer[1:])


def first_named(asked):
    """An answer of the type that is named first."""
    return 200, {"content-type": re.split("[ ;,]", asked.accept)[0]}, b""


FAULTS = {
    "void-well-known": always(404),
    "api-catalog": always(404),
    "robots": always(404),
    "sitemap": always(404),
    "sitemap-true": heads(404),
    "document-in-dataset": always(200, "text/turtle", b"<a:b> <a:c> <a:d> ."),
    "document-alternates": without("link"),
    "thing-answers": always(404),
    "thing-data": always(200, "text/turtle", b"<a:b> <a:c> <a:d> ."),
    "thing-page": always(200, "text/turtle", b""),
    "unknown-404": always(200),
    "format-offered": always(200),
    "format-asked": always(200, "text/turtle", b""),
    "format-true": lambda _, s, h, __: (s, h, b"<broken"),
    # as a server that takes the first type, whatever its weight
    "accept-weights": lambda a, *answer: first_named(a) if ";" in a.accept else answer,
    "accept-anything": always(406),
    "accept-clients": always(200),
    "accept-none": always(200),
    "accept-odd": always(500),
    "vary": with_header("vary", "Origin"),
    "etag": without("etag"),
    "cache-control": without("cache-control"),
    "etag-differs": with_header("etag", '"one"'),
    "not-modified": status_of(304, 200),
    "not-modified-headers": lambda _, s, h, b: (s, {**h, "vary": None} if s == 304 else h, b),
    "not-modified-since": status_of(304, 200),
    "head": lambda a, s, h, b: (s, {**h, "link": None} if a.method == "HEAD" else h, b),
    "content-location": with_header("content-location", "/robots.txt"),
    "content-coding": lambda _, s, h, b: (s, {**h, "vary": "Accept"}, b),
    "redirect-head": heads(200),
    "cors-documents": without("access-control-allow-origin"),
    "cors-sparql": without("access-control-allow-origin"),
    "cors-headers": without("access-control-expose-headers"),
    "cors-preflight": always(405),
    "query-get": always(200),
    "query-form": always(405),
    "query-post": always(415),
    "query-dataset": always(200, "application/sparql-results+json", b'{"head":{},"boolean":true}'),
    "query-bad": status_of(400, 200),
    "query-two": status_of(400, 200),
    "query-missing": status_of(400, 500),
    "query-media-type": status_of(415, 200),
    "query-charset": status_of(400, 500),
    "query-version": always(415),
    "update-as-query": always(200),
    "update-get": always(200),
    "results-json": always(200, "application/sparql-results+json", b'{"head":{},"boolean":true}'),
    "results-xml": always(200, "application/sparql-results+json", b"{}"),
    "results-csv": always(200, "text/csv", b"?text\nx\n"),
    "results-tsv": always(200, "application/sparql-results+xml", b""),
    "results-boolean": always(500),
    "results-graph": always(200),
    "results-default": always(200),
    "results-none": always(200),
    "results-vary": without("vary"),
    "service-description": always(200),
    "service-formats": lambda a, s, h, b: (406 if "query=" in a.path else s, h, b),
    "service-graphs": lambda _, s, h, b: (s, h, re.sub(rb'"value":"\d+', b'"value":"3', b)),
    "endpoint-announced": always(404),
    "void-numbers": lambda _, s, h, b: (s, h, re.sub(rb'"value":"\d+', b'"value":"3', b)),
    "void-partitions": lambda _, s, h, b: (s, h, re.sub(rb'"value":"\d+', b'"value":"0', b)),
    "void-examples": always(404),
    "dumps": with_header("content-type", "text/plain"),
    "closure-data": heads(404),
    "closure-links": heads(404),
    "closure-pages": heads(404),
}


@pytest.fixture(scope="module")
def spoilt(server):
    """Our server behind one that spoils answers, and what discovery finds while it does not."""
    with httpx.Client(timeout=30, headers={}) as inner:
        inner.headers.clear()

        def reply(handler):
            method, path, body = handler.server.seen[-1]
            # the host too: what the site map lists leads through here again
            sent = dict(handler.headers.items())
            came = inner.request(method, server.url + path, headers=sent, content=body)
            raw = came.content
            headers = {n: v for n, v in came.headers.items() if n not in HOP}
            # httpx has unpacked it: packed again it would be another
            if "content-encoding" in headers:
                raw = gzip.compress(raw)
            spoil = handler.server.spoil
            asked = Asked(method, path, handler.headers.get("accept", ""))
            status, headers, raw = spoil(asked, came.status_code, headers, raw)
            handler.send(status, raw, **{n: v for n, v in headers.items() if v is not None})

        with site(reply) as proxy:
            proxy.spoil = lambda _, *answer: answer
            client = Client(LIMITS)
            proxy.found = discover(client, proxy.url)
            client.close()
            yield proxy


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_by_its_check(spoilt, name):
    (check,) = (one for one in CHECKS if one.id == name)
    client = Client(LIMITS)
    spoilt.spoil = FAULTS[name]
    try:
        found = [one for one in check.run(replace(spoilt.found, client=client)) if one]
    finally:
        client.close()
        spoilt.spoil = lambda _, *answer: answer
    assert found
    assert found[0].asked.startswith("curl ")
