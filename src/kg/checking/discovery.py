"""Find out from a URL alone what a site has (storey 1): a root, a thing's IRI or an endpoint."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from html import unescape
from itertools import islice
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from pyoxigraph import Triple

from kg.checking.asking import by_get
from kg.checking.client import Client, request
from kg.checking.exchange import Answer
from kg.checking.reading import iris, links_of, objects, rows_of, triples_of
from kg.checking.site import Site, origin_of
from kg.errors import ProjectError
from kg.rdf.formats import FORMATS, HTML, JSON, LINK_SET_JSON
from kg.rdf.lines import visible
from kg.rdf.namespaces import DCAT, SD, VOID
from kg.rdf.terms import text_of

# what a client of RDF sends, the best first
RDF = ", ".join(f"{one.media_type};q={1 - n / 10:.1f}" for n, one in enumerate(FORMATS))

# a media type that nobody has
NOTHING = "kg-check/nothing"

LOC = re.compile(r"<(?:\w+:)?loc>\s*([^<>\s]*)\s*<")
NESTED = re.compile(r"<(?:\w+:)?sitemapindex\b")

# where endpoints are by habit, asked where nothing says where one is
USUAL = ("sparql", "query", "")

SUBJECTS = (
    "SELECT DISTINCT ?s {{ ?s a ?class "
    'FILTER(isIRI(?s) && STRSTARTS(STR(?s), "{space}")) }} LIMIT {limit}'
)


def discover(client: Client, url: str, base: str = "") -> Site:
    """Return what a site has; `base` is how its IRIs begin where that is not how its URLs do.

    Raises: ProjectError when it is no URL or nobody answers there, LimitReached when looking
    around uses everything up.
    """
    first = _reached(client, url)
    home = first.request.url if urlsplit(first.request.url).path.endswith("/") else ""
    home = home or origin_of(first.request.url)
    robots = RobotFileParser()
    # what has rules that are none is read up to these
    with suppress(ValueError):
        robots.parse(_robots(client, home).splitlines())
    site = Site(client, first.request.url, home, base or home, robots)
    described_at, description = _description(site, first)
    site = replace(site, described_at=described_at, description=description)
    if not base:
        site = replace(site, space=_space(site))
    site = replace(site, map=tuple(_map(site)), endpoint=_endpoint(site, first))
    # no more is asked for than is looked at
    things = tuple(islice(_things(site, first), client.limits.resources))
    return replace(site, things=things, documents=tuple(_documents(site, things)))


def _reached(client: Client, url: str) -> Answer:
    """Return the answer at the end of all redirects from what the user has named."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        # what it says of the URL may hold a password
        raise ProjectError(
            "that is no URL. Give a site, the IRI of a thing, or an endpoint."
        ) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ProjectError(
            f"{parts._replace(netloc=parts.netloc.rpartition('@')[2]).geturl()}: no URL of http "
            "or https without a name and password. Give a site, the IRI of a thing, or an endpoint."
        )
    # a root may have moved, and a thing's IRI is kept as it is
    root = parts.path in ("", "/")
    asked = request("GET", url, HTML.media_type if root else RDF + ", */*;q=0.1")
    first = client.follow(asked)[-1] if root else client.ask(asked)
    if first.fault:
        raise ProjectError(
            f"{visible(url)}: {visible(first.fault)}. Is that the site's URL, and is it up? "
            "--answer-seconds, --bytes and --redirects allow it more."
        )
    return first


def _robots(client: Client, home: str) -> str:
    *_, answer = client.follow(request("GET", origin_of(home) + "robots.txt"))
    return answer.body[:500_000].decode(errors="replace") if answer.status == 200 else ""


def _description(site: Site, first: Answer) -> tuple[str, tuple[Triple, ...]]:
    """Return where the site describes its data set, and what is said there."""
    well_known = origin_of(site.home) + ".well-known/void"
    *_, answer = site.client.follow(request("GET", well_known, RDF))
    root = site.client.follow(request("GET", site.home, RDF))[-1]
    linked = (
        link.target
        for page in (first, root)
        for link in links_of(page)
        if set(link.relations) & {"describedby", "service-desc"}
    )
    candidates: list[Answer] = [answer, root]
    seen: dict[str, None] = dict.fromkeys(url for url in linked if site.owns(url))
    candidates += [site.client.follow(request("GET", url, RDF))[-1] for url in list(seen)[:5]]
    for one in candidates:
        found = graph(site.client, one)
        if any(_describes(triple) for triple in found):
            return one.request.url, found
    return "", ()


def _describes(triple: Triple) -> bool:
    types = (f"{VOID}Dataset", f"{DCAT}Dataset", f"{SD}Service", f"{VOID}DatasetDescription")
    return getattr(triple.object, "value", "") in types


def graph(client: Client, answer: Answer) -> tuple[Triple, ...]:
    """Return the triples of an answer, none where it is no RDF or cannot be read."""
    with suppress(ValueError):
        return triples_of(client, answer) or ()
    return ()


def _space(site: Site) -> str:
    """Return how the IRIs begin, as VoID says it of the data set, where that is elsewhere.

    Other data sets are described too, those that are linked to.
    """
    said = site.description
    whole = [t.subject for t in said if t.predicate.value == f"{VOID}sparqlEndpoint"]
    named = [text_of(o) for one in whole for o in objects(said, f"{VOID}uriSpace", one)]
    all_ = [text_of(o) for o in objects(said, f"{VOID}uriSpace")]
    spaces = named or (all_ if len(all_) == 1 else [])
    if not spaces or any(space.startswith(site.home) for space in spaces):
        return site.home
    return min(spaces, key=len)


def _map(site: Site) -> Iterator[str]:
    """Yield the URLs of the site map, and of those that it lists, as many as may be followed."""
    said = site.robots.site_maps() or [origin_of(site.home) + "sitemap.xml"]
    waiting, found = [url for url in said if url.startswith("http")][:3], 0
    for url in waiting:
        *_, answer = site.client.follow(request("GET", url))
        text = answer.body.decode(errors="replace") if answer.status == 200 else ""
        urls = [unescape(match[1]) for match in LOC.finditer(text)]
        if NESTED.search(text[:5_000]):
            waiting += urls[:3] if len(waiting) < 5 else []
            continue
        yield from _spread(urls, site.client.limits.links - found)
        found += len(urls)


def _spread(urls: list[str], most: int) -> list[str]:
    """Return at most so many, from all over the list."""
    step = max(1, -(-len(urls) // max(1, most)))
    return urls[::step][: max(0, most)]


def _endpoint(site: Site, first: Answer) -> str:
    """Return the URL of the SPARQL endpoint: the first candidate that answers a query."""
    seen = []
    for url in dict.fromkeys(_candidates(site, first)):
        if is_endpoint(site.client, url):
            return url
        seen.append(url)
        if len(seen) > 8:
            break
    return ""


def _candidates(site: Site, first: Answer) -> Iterator[str]:
    said = site.description
    named = iris((*objects(said, f"{VOID}sparqlEndpoint"), *objects(said, f"{SD}endpoint")))
    named += iris(objects(graph(site.client, first), f"{SD}endpoint"))
    if first.request.url != site.home:
        yield first.request.url
    yield from (site.address(one) for one in named)
    yield from (urljoin(site.home, one) for one in USUAL)
    catalogue = site.client.get(
        origin_of(site.home) + ".well-known/api-catalog", LINK_SET_JSON.media_type
    )
    text = catalogue.body.decode(errors="replace") if catalogue.status == 200 else ""
    yield from re.findall(r'"href"\s*:\s*"(https?://[^"\s]*sparql[^"\s]*)"', text)


def is_endpoint(client: Client, url: str) -> bool:
    """Whether a query that asks for nothing is answered with SPARQL's JSON there."""
    if "?" in url:
        return False
    answer = client.ask(by_get(url, "SELECT ?one { VALUES ?one { 1 } }", JSON.media_type))
    with suppress(ValueError):
        return len(rows_of(answer) or ()) == 1
    return False


def _things(site: Site, first: Answer) -> Iterator[str]:
    """Yield IRIs of things that the site says it describes, each once."""
    seen = {site.home, site.endpoint, site.described_at}
    for iri in _named(site, first):
        address = site.address(iri)
        if site.owns(iri) and address not in seen and site.may_crawl(address):
            seen.add(address)
            yield iri


def _named(site: Site, first: Answer) -> Iterator[str]:
    if first.request.url not in (site.home, site.endpoint):
        yield first.request.url
    yield from iris(objects(site.description, f"{VOID}exampleResource"))
    wanted = site.client.limits.resources
    if site.endpoint:
        query = SUBJECTS.format(space=re.sub(r'["\\\s]', "", site.space), limit=3 * wanted)
        answer = site.client.ask(by_get(site.endpoint, query, JSON.media_type))
        with suppress(ValueError):
            rows = rows_of(answer) or []
            yield from iris(row.get("s") for row in rows)
    # a site map has pages for people too, which have no data
    for url in _spread(list(site.map), 3 * wanted):
        if graph(site.client, site.client.follow(request("GET", url, RDF))[-1]):
            yield url


def _documents(site: Site, things: Iterable[str]) -> Iterator[str]:
    """Yield the URLs of the documents that the things lead to, those with RDF."""
    found: dict[str, None] = {}
    for iri in things:
        *_, answer = site.client.follow(request("GET", site.address(iri), RDF))
        if answer.status == 200 and graph(site.client, answer):
            found[answer.request.url] = None
    yield from found


def is_page(answer: Answer) -> bool:
    """Whether the answer is a page for people."""
    return answer.media_type in (HTML.media_type, *HTML.aliases)
