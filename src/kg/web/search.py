"""Search over all names and texts (storey 4): a page, JSON and CSV, and how browsers add it."""

from xml.sax.saxutils import escape

from fastapi import APIRouter, HTTPException, Request, Response

from kg.dataset.labels import LONGEST
from kg.dataset.matching import Match, find
from kg.errors import QueryError
from kg.publication import Publication
from kg.rdf.formats import CSV, HTML, OPEN_SEARCH, PLAIN_JSON
from kg.rdf.negotiation import choose
from kg.views.html import render
from kg.views.representation import representation
from kg.views.search_page import FILES, as_csv, as_json, search_page
from kg.web.readers import Reader, Readers
from kg.web.requests import accept_of, client_of, parameters_in
from kg.web.responses import respond
from kg.web.turns import turns

# resources that one search answers with
MOST = 100
AT_ONCE = 2


def router(publication: Publication, readers: Readers) -> APIRouter:
    """Return the routes of search."""
    routes = APIRouter()
    waiting = turns(AT_ONCE)

    @routes.api_route("/search", methods=["GET", "HEAD"])
    @routes.api_route("/search.{file}", methods=["GET", "HEAD"])
    async def search(request: Request, file: str = "") -> Response:
        """Answer with the resources whose names or texts are like the parameter `q`."""
        asked = _asked(request)
        format_ = _wanted(request, file)
        reader = readers.of(request)
        return await waiting.run(client_of(request), _found, publication, reader, asked, format_)

    @routes.api_route("/opensearch.xml", methods=["GET", "HEAD"], include_in_schema=False)
    def open_search(request: Request) -> Response:
        """Say how to search here. Source: https://github.com/dewitt/opensearch."""
        text = _description(readers, request)
        return respond(representation(text.encode(), OPEN_SEARCH.media_type))

    return routes


def _asked(request: Request) -> str:
    """Return what is searched for, "" for nothing yet.

    Raises: QueryError when it is given twice or is too long.
    """
    asked = parameters_in(request.url.query).one("q") or ""
    if len(asked) > LONGEST:
        raise QueryError(f"q: search for at most {LONGEST} characters.")
    return " ".join(asked.split())


def _wanted(request: Request, file: str) -> object:
    name = file or parameters_in(request.url.query).one("format")
    if not name:
        return choose(accept_of(request), (HTML, *FILES))
    for format_ in (HTML, *FILES):
        if format_.extension == name:
            return format_
    known = ", ".join(one.extension for one in (HTML, *FILES))
    raise HTTPException(404 if file else 400, f"There is no format {name[:20]!r}. Known: {known}.")


def _found(publication: Publication, reader: Reader, asked: str, format_: object) -> Response:
    matches = matches_of(publication, asked, MOST + 1)
    shown, snapshot, site = matches[:MOST], reader.snapshot, reader.site
    if format_ is PLAIN_JSON:
        return respond(as_json(snapshot, site, asked, shown))
    if format_ is CSV:
        return respond(as_csv(snapshot, site, shown))
    page = search_page(snapshot, site, asked, shown, more=len(matches) > MOST)
    return respond(render(page))


def matches_of(publication: Publication, asked: str, limit: int) -> tuple[Match, ...]:
    """Return the resources whose names or texts are like what is asked, the best first."""
    return find(publication.labels, asked, limit, texts=True)


def _description(readers: Readers, request: Request) -> str:
    site, address = readers.of(request).site, str(request.base_url)
    # of at most as many characters as the format allows
    title, template = escape(site.title.text[:16]), f"{escape(address)}search"
    urls = "".join(
        f'<Url type="{one.media_type}" template="{template}{suffix}?q={{searchTerms}}"/>'
        for one, suffix in ((HTML, ""), *((one, f".{one.extension}") for one in FILES))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{title}</ShortName><Description>{escape(site.title.text[:1024])}</Description>"
        f"<InputEncoding>UTF-8</InputEncoding>{urls}</OpenSearchDescription>\n"
    )
