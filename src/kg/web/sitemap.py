"""What crawlers look for (storey 4): `robots.txt` and the site map.

Source: https://www.rfc-editor.org/rfc/rfc9309 and https://www.sitemaps.org/protocol.html
"""

from collections.abc import Iterator, Sequence
from functools import cache
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response

from kg.dataset.addresses import document_path
from kg.dataset.description import date_of
from kg.dataset.frame import described_data_set
from kg.dataset.snapshot import Snapshot
from kg.errors import NotFound
from kg.publication import Publication
from kg.rdf.formats import SITE_MAP, TEXT
from kg.views.representation import representation
from kg.web.about import pages_of
from kg.web.requests import page_number
from kg.web.responses import respond

# the most that one site map may list
URLS = 50_000

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def router(publication: Publication) -> APIRouter:
    """Return the routes of both."""
    routes = APIRouter()
    snapshot = publication.snapshot

    @cache
    def documents() -> list[tuple[str, str]]:
        # for all pages of the site map, when somebody asks for the first
        pages = ["/", *pages_of(publication)]
        listed = documents_of(snapshot)
        dataset = described_data_set(snapshot)
        return [*((page, dataset) for page in pages), *listed]

    @routes.api_route("/robots.txt", methods=["GET", "HEAD"], include_in_schema=False)
    def robots(request: Request) -> Response:
        """Let every crawler in, except where it would ask queries."""
        lines = ("User-agent: *", "Disallow: /sparql?query=", "Allow: /")
        text = "\n".join((*lines, f"Sitemap: {request.base_url}sitemap.xml", ""))
        return respond(representation(text.encode(), TEXT.media_type))

    @routes.api_route("/sitemap.xml", methods=["GET", "HEAD"], include_in_schema=False)
    def site_map(request: Request, page: str = "0") -> Response:
        """List pages and documents, or the pages of the list where there are too many for one."""
        pages = -(-len(documents()) // URLS)
        number = page_number(page)
        if number > pages:
            raise NotFound(f"{snapshot.base}sitemap.xml, page {page}")
        address = str(request.base_url).rstrip("/")
        if pages > 1 and not number:
            text = _index(address, pages)
        else:
            start = URLS * max(0, number - 1)
            text = _list(snapshot, address, documents()[start : start + URLS])
        return respond(representation(text.encode(), SITE_MAP.media_type))

    return routes


def documents_of(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Return the documents of the data set's own resources as (path, IRI), sorted, each once."""
    own = (
        name[1:-1]
        for name in (*snapshot.by_subject, *snapshot.by_graph)
        if name.startswith(f"<{snapshot.base}")
    )
    found: dict[str, str] = {}
    for iri in own:
        found.setdefault(document_path(snapshot, iri).partition("#")[0], iri.partition("#")[0])
    return sorted(found.items())


def _list(snapshot: Snapshot, address: str, documents: Sequence[tuple[str, str]]) -> str:
    dataset = described_data_set(snapshot)
    rows = (("url", address + path, date_of(snapshot, iri, dataset)) for path, iri in documents)
    return "\n".join(_xml("urlset", rows))


def _index(address: str, pages: int) -> str:
    rows = (("sitemap", f"{address}/sitemap.xml?page={page + 1}", "") for page in range(pages))
    return "\n".join(_xml("sitemapindex", rows))


def _xml(root: str, rows: Iterator[tuple[str, str, str]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<{root} xmlns="{NAMESPACE}">'
    for name, url, date in rows:
        modified = f"<lastmod>{date}</lastmod>" if date else ""
        yield f"<{name}><loc>{escape(url)}</loc>{modified}</{name}>"
    yield f"</{root}>\n"
