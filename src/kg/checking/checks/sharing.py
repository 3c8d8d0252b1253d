"""Checks of what scripts of other origins can read."""

from collections.abc import Iterator
from dataclasses import replace

from kg.checking.asking import by_get
from kg.checking.check import Check, Judgement, Level, require
from kg.checking.client import request
from kg.checking.discovery import RDF
from kg.checking.exchange import Answer
from kg.checking.site import Site
from kg.rdf.formats import JSON, SPARQL_QUERY

FETCH = "https://fetch.spec.whatwg.org/#"
ORIGIN = "https://kg-check.invalid"


def answers_are_shared(site: Site) -> Iterator[Judgement]:
    """Judge whether every hop on the way to a document may be read from elsewhere."""
    for iri in site.things:
        asked = request("GET", site.address(iri), RDF, origin=ORIGIN)
        for answer in site.client.follow(asked):
            yield _shared(answer)


def results_are_shared(site: Site) -> Iterator[Judgement]:
    """Judge whether results of queries, and refusals of them, may be read from elsewhere."""
    for query in ("ASK {}", "ASK {") if site.endpoint else ():
        asked = by_get(site.endpoint, query, JSON.media_type)
        asked = replace(asked, headers=(*asked.headers, ("Origin", ORIGIN)))
        yield _shared(site.client.ask(asked))


def headers_are_shared(site: Site) -> Iterator[Judgement]:
    """Judge whether scripts may read the headers that linked data needs."""
    for url in site.documents:
        answer = site.client.get(url, RDF, origin=ORIGIN)
        needed = [name for name in ("link", "etag") if name in answer.headers]
        hidden = [n for n in needed if not answer.has("access-control-expose-headers", n)]
        yield require(not hidden, answer, f"hidden from scripts: {', '.join(hidden)}")


def preflights_are_answered(site: Site) -> Iterator[Judgement]:
    """Judge whether a script may post a query, which a browser asks first."""
    if site.endpoint:
        asked = request(
            "OPTIONS",
            site.endpoint,
            origin=ORIGIN,
            access_control_request_method="POST",
            access_control_request_headers="content-type",
        )
        answer = site.client.ask(asked)
        allowed = answer.has("access-control-allow-headers", "content-type")
        good = 200 <= answer.status < 300 and allowed and _shared(answer) is None
        yield require(good, answer, f"for a POST of {SPARQL_QUERY.media_type}")


def _shared(answer: Answer) -> Judgement:
    allowed = answer.headers.get("access-control-allow-origin", "")
    return require(allowed in ("*", ORIGIN), answer, "no Access-Control-Allow-Origin")


CHECKS = (
    Check(
        "cors-documents",
        Level.SHOULD,
        f"{FETCH}http-access-control-allow-origin",
        "Scripts of any origin can read documents, redirects included.",
        answers_are_shared,
    ),
    Check(
        "cors-sparql",
        Level.SHOULD,
        f"{FETCH}http-access-control-allow-origin",
        "Scripts of any origin can read results of queries, and why one was refused.",
        results_are_shared,
    ),
    Check(
        "cors-headers",
        Level.ADVICE,
        f"{FETCH}http-access-control-expose-headers",
        "Scripts can read Link and ETag.",
        headers_are_shared,
    ),
    Check(
        "cors-preflight",
        Level.SHOULD,
        f"{FETCH}cors-preflight-fetch",
        "A browser that asks whether a script may post a query is told that it may.",
        preflights_are_answered,
    ),
)
