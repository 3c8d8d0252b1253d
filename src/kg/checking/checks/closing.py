"""Checks that whatever the site mentions of its own is there."""

from collections.abc import Iterable, Iterator

from kg.checking.check import Check, Judgement, Level, require
from kg.checking.client import request
from kg.checking.discovery import RDF, graph
from kg.checking.reading import hrefs, iris, links_of
from kg.checking.site import Site
from kg.rdf.formats import HTML

LINKED_DATA = "https://www.w3.org/DesignIssues/LinkedData"

# withdrawn is an answer too
THERE = (200, 410)


def mentioned_is_there(site: Site) -> Iterator[Judgement]:
    """Judge whether IRIs of the site in documents of RDF lead to something."""
    found: dict[str, str] = {}
    for url in site.documents:
        triples = graph(site.client, site.client.get(url, RDF))
        terms = (term for t in triples for term in (t.subject, t.predicate, t.object))
        found |= {site.address(iri): url for iri in iris(terms) if site.owns(iri)}
    yield from _all_there(site, found)


def linked_is_there(site: Site) -> Iterator[Judgement]:
    """Judge whether the targets of Link headers are there, in the type that they say."""
    for url in site.documents:
        for link in links_of(site.client.get(url, RDF)):
            if not site.owns(link.target) or not site.may_crawl(link.target):
                continue
            asked = request("HEAD", site.address(link.target), link.type or "*/*")
            answer = site.client.follow(asked)[-1]
            good = answer.status in THERE and link.type in ("", answer.media_type)
            # what cannot be written in a format is refused in that format
            refused = answer.status == 406 and "alternate" in link.relations
            rel = " ".join(link.relations)
            yield require(good or refused, answer, f"{url} links there as {rel} {link.type}")


def pages_link_to_what_is_there(site: Site) -> Iterator[Judgement]:
    """Judge whether links on pages lead somewhere."""
    found: dict[str, str] = {}
    for url in (site.home, *site.documents):
        page = site.client.get(url, HTML.media_type)
        if page.status == 200 and page.media_type == HTML.media_type:
            own = (site.address(one) for one in hrefs(page) if site.owns(one))
            found |= dict.fromkeys(own, url)
    yield from _all_there(site, found)


def _all_there(site: Site, found: dict[str, str]) -> Iterable[Judgement]:
    """Judge as many of the URLs as may be followed; each comes with where it is mentioned."""
    allowed = [url for url in found if site.may_crawl(url)]
    for url in allowed[: site.client.limits.links]:
        answer = site.client.follow(request("HEAD", url, "*/*"))[-1]
        if answer.status in (405, 501):
            answer = site.client.follow(request("GET", url, "*/*"))[-1]
        yield require(answer.status in THERE, answer, f"mentioned in {found[url]}")


CHECKS = (
    Check(
        "closure-data",
        Level.MUST,
        LINKED_DATA,
        "Every IRI of the site that a document mentions leads to something.",
        mentioned_is_there,
    ),
    Check(
        "closure-links",
        Level.MUST,
        "https://www.rfc-editor.org/rfc/rfc8288#section-3.4.1",
        "Link headers lead to what they say, in the media type that they say.",
        linked_is_there,
    ),
    Check(
        "closure-pages",
        Level.SHOULD,
        LINKED_DATA,
        "Links on pages that lead to the site itself lead to something.",
        pages_link_to_what_is_there,
    ),
)
