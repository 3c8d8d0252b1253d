"""Checks of what leads a stranger to everything: well-known places, site map, links."""

from collections.abc import Iterator

from kg.checking.check import Check, Judgement, Level, require
from kg.checking.client import request
from kg.checking.discovery import RDF, graph
from kg.checking.exchange import Answer
from kg.checking.reading import format_of, links_of, objects
from kg.checking.site import Site, origin_of
from kg.rdf.formats import LINK_SET_JSON, TEXT
from kg.rdf.namespaces import DCTERMS, VOID

MAP = "https://www.sitemaps.org/protocol.html"


def void_is_well_known(site: Site) -> Iterator[Judgement]:
    """Judge what /.well-known/void answers."""
    answer = _got(site, origin_of(site.home) + ".well-known/void", RDF)
    good = answer.status == 200 and format_of(answer.media_type)
    yield require(good, answer, "no description of a data set in RDF")


def says_data_set(site: Site) -> Iterator[Judgement]:
    """Judge whether the description names a data set, with licence and title."""
    if not site.described_at:
        yield require(good=False, answer=_got(site, site.home, RDF), came="no data set described")
        return
    answer = _got(site, site.described_at, RDF)
    for name in ("title", "description", "license"):
        found = objects(site.description, f"{DCTERMS}{name}")
        yield require(found, answer, f"no dcterms:{name}")


def catalogue_is_well_known(site: Site) -> Iterator[Judgement]:
    """Judge what /.well-known/api-catalog answers."""
    if not site.endpoint:
        return
    url = origin_of(site.home) + ".well-known/api-catalog"
    answer = _got(site, url, LINK_SET_JSON.media_type)
    good = answer.status == 200 and answer.media_type == LINK_SET_JSON.media_type
    yield require(good, answer, "no link set of the APIs")


def robots_are_told(site: Site) -> Iterator[Judgement]:
    """Judge robots.txt."""
    answer = _got(site, origin_of(site.home) + "robots.txt")
    yield require(answer.status == 200 and answer.media_type == TEXT.media_type, answer)


def map_is_there(site: Site) -> Iterator[Judgement]:
    """Judge whether there is a site map with URLs of the site."""
    url = next(iter(site.robots.site_maps() or ()), origin_of(site.home) + "sitemap.xml")
    answer = _got(site, url)
    strange = next((one for one in site.map if not one.startswith(origin_of(url))), "")
    good = answer.status == 200 and site.map and not strange
    yield require(good, answer, strange or "no URL in it")


def map_is_true(site: Site) -> Iterator[Judgement]:
    """Judge some of the URLs of the site map."""
    for url in [one for one in site.map if site.may_crawl(one)][: 5 * site.client.limits.resources]:
        answer = site.client.head(url)
        yield require(answer.status == 200, answer)


def documents_name_data_set(site: Site) -> Iterator[Judgement]:
    """Judge whether documents lead back to the data set."""
    for url in site.documents:
        answer = site.client.get(url, RDF)
        found = objects(graph(site.client, answer), f"{VOID}inDataset")
        yield require(found, answer, "no void:inDataset")


def documents_name_formats(site: Site) -> Iterator[Judgement]:
    """Judge whether a document names its other formats in links."""
    for url in site.documents:
        answer = site.client.get(url, RDF)
        types = {link.type for link in links_of(answer) if "alternate" in link.relations}
        yield require(types - {""}, answer, 'no Link with rel="alternate" and type')


def _got(site: Site, url: str, accept: str | None = None) -> Answer:
    return site.client.follow(request("GET", url, accept))[-1]


CHECKS = (
    Check(
        "void-well-known",
        Level.SHOULD,
        "https://www.w3.org/TR/void/#well-known",
        "/.well-known/void leads to a description of the data set in RDF.",
        void_is_well_known,
    ),
    Check(
        "dataset-described",
        Level.SHOULD,
        "https://www.w3.org/TR/void/#metadata",
        "The site describes its data set in RDF, with a title, a description and a licence.",
        says_data_set,
    ),
    Check(
        "api-catalog",
        Level.ADVICE,
        "https://www.rfc-editor.org/rfc/rfc9727#section-2",
        "A site with an endpoint lists its APIs as a link set at /.well-known/api-catalog.",
        catalogue_is_well_known,
    ),
    Check(
        "robots",
        Level.ADVICE,
        "https://www.rfc-editor.org/rfc/rfc9309#section-2.3",
        "/robots.txt is there, as plain text.",
        robots_are_told,
    ),
    Check(
        "sitemap",
        Level.ADVICE,
        MAP,
        "A site map, where robots.txt says or at /sitemap.xml, lists URLs of the site.",
        map_is_there,
    ),
    Check("sitemap-true", Level.SHOULD, MAP, "URLs of the site map answer 200.", map_is_true),
    Check(
        "document-in-dataset",
        Level.SHOULD,
        "https://www.w3.org/TR/void/#backlinks",
        "A document of RDF says by void:inDataset which data set it is of.",
        documents_name_data_set,
    ),
    Check(
        "document-alternates",
        Level.SHOULD,
        "https://www.w3.org/TR/cooluris/#conneg",
        "A document names its other formats in Link headers, each with its media type.",
        documents_name_formats,
    ),
)
