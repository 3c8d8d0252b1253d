"""Checks that a query cannot have the server call a URL of its choice: that of a canary."""

from collections.abc import Iterator

from kg.checking.asking import by_get
from kg.checking.canary import listening
from kg.checking.check import Check, Judgement, Level, require
from kg.checking.site import Site
from kg.rdf.formats import JSON

PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/#"


def service_fetches_nothing(site: Site) -> Iterator[Judgement]:
    """Judge whether a query can have the server call a URL by SERVICE."""
    return _calls_nobody(site, "SELECT ?one {{ SERVICE <{url}> {{ SELECT ?one {{ }} }} }}")


def from_fetches_nothing(site: Site) -> Iterator[Judgement]:
    """Judge whether a query can have the server fetch a document by FROM."""
    return _calls_nobody(site, "ASK FROM <{url}> {{ ?s ?p ?o }}")


def _calls_nobody(site: Site, query: str) -> Iterator[Judgement]:
    if not site.endpoint:
        return
    with listening(site.endpoint) as canary:
        if canary:
            asked = by_get(site.endpoint, query.format(url=canary.url), JSON.media_type)
            answer = site.client.ask(asked)
            yield require(not canary.called.is_set(), answer, "the server has called that URL")


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
