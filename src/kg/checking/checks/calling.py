"""Checks that a query cannot have the server call a URL of its choice.

The URLs are the site's own, so that nobody else is called.
"""

from collections.abc import Iterator

from kg.checking.asking import by_get
from kg.checking.check import Check, Judgement, Level, require
from kg.checking.reading import boolean_of, format_of, rows_of
from kg.checking.site import Site
from kg.rdf.formats import JSON, TURTLE

PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/#"


def service_fetches_nothing(site: Site) -> Iterator[Judgement]:
    """Judge whether a query can have the server call a URL: its own, for one constant row."""
    if not site.endpoint:
        return
    inner = f"SERVICE <{site.endpoint}> {{ SELECT ?one {{ VALUES ?one {{ 1 }} }} }}"
    answer = site.client.ask(by_get(site.endpoint, f"SELECT ?one {{ {inner} }}", JSON.media_type))
    try:
        called = bool(rows_of(answer))
    except ValueError:
        called = False
    yield require(not called, answer, "the server has called the URL that SERVICE names")


def from_fetches_nothing(site: Site) -> Iterator[Judgement]:
    """Judge whether a query can have the server fetch a document: one of its own."""
    places = (site.described_at, *site.documents[:2]) if site.endpoint else ()
    for url in filter(None, (*places, site.endpoint if site.endpoint else "")):
        named = site.client.ask(
            by_get(site.endpoint, f"ASK {{ GRAPH <{url}> {{ ?s ?p ?o }} }}", JSON.media_type)
        )
        document = site.client.get(url, TURTLE.media_type)
        if boolean_of(named) is not False or not format_of(document.media_type):
            continue
        for query in (f"ASK FROM <{url}> {{ ?s ?p ?o }}",):
            answer = site.client.ask(by_get(site.endpoint, query, JSON.media_type))
            yield require(not boolean_of(answer), answer, "the server has fetched the document")


CHECKS = (
    Check(
        "service-call",
        Level.SHOULD,
        f"{PROTOCOL}policy-security",
        "A query cannot have the server call any URL by SERVICE.",
        service_fetches_nothing,
    ),
    Check(
        "from-fetch",
        Level.SHOULD,
        f"{PROTOCOL}policy-security",
        "A query cannot have the server fetch any URL by FROM.",
        from_fetches_nothing,
    ),
)
