"""The SPARQL endpoint (storey 4): the protocol's query operation, and a page for people.

Source: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from kg.dataset.queries import find_query
from kg.errors import KgError, QueryError, UnsupportedMediaType, UpdateRefused
from kg.publication import Publication
from kg.rdf.formats import (
    FORM,
    FORMATS,
    HTML,
    JSON,
    RESULT_FORMATS,
    SPARQL_QUERY,
    SPARQL_UPDATE,
    TURTLE,
    Format,
    PlainFormat,
    ResultFormat,
    with_charset,
)
from kg.rdf.negotiation import choose
from kg.rdf.sparql_text import query_form
from kg.store.base import SparqlRequest
from kg.views.html import render
from kg.views.overview import site_part
from kg.views.query_page import answered_page, graph_page, query_form_page
from kg.web.errors import status_of
from kg.web.requests import accept_of, media_type_of, read_body
from kg.web.responses import respond
from kg.web.service_description import service_description


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a protocol request, each list in the order the client sent it."""

    parameters: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a parameter."""
        return tuple(value for key, value in self.parameters if key == name)

    def one(self, name: str) -> str | None:
        """Return a parameter's value, or None.

        Raises: QueryError when it is given more than once.
        """
        values = self.all(name)
        if len(values) > 1:
            raise QueryError(f"Send exactly one {name}; there are {len(values)}.")
        return values[0] if values else None


def router(publication: Publication) -> APIRouter:
    """Return the routes of the endpoint."""
    routes = APIRouter()

    @routes.api_route("/sparql", methods=["GET", "HEAD"])
    async def by_get(request: Request) -> Response:
        """Answer the query in the URL; without one, the query page or the service description."""
        asked = Asked(tuple(request.query_params.multi_items()))
        if asked.all("update"):
            raise QueryError("Updates are not answered, and never by GET: data changes by files.")
        query = asked.one("query")
        if query is None:
            return _front(publication, request, asked)
        return await _answer(publication, request, query, asked)

    @routes.post("/sparql")
    async def by_post(request: Request) -> Response:
        """Answer the query in the body, as a form or as it is."""
        query, asked = await _posted(request, publication.project.limits.body_bytes)
        if query is None:
            raise QueryError("There is no query: send it as the parameter query.")
        return await _answer(publication, request, query, asked)

    return routes


async def _posted(request: Request, limit: int) -> tuple[str | None, Asked]:
    media_type = media_type_of(request)
    in_url = tuple(request.query_params.multi_items())
    if media_type == SPARQL_UPDATE.media_type:
        raise UpdateRefused("Data changes by files, not by SPARQL Update.")
    if media_type not in (FORM.media_type, SPARQL_QUERY.media_type):
        raise UnsupportedMediaType(
            f"Send {SPARQL_QUERY.media_type} or {FORM.media_type}, not {media_type or 'nothing'}."
        )
    body = await read_body(request, limit)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError("The request body is not UTF-8.") from error
    if media_type == SPARQL_QUERY.media_type:
        return text, Asked(in_url)
    asked = Asked((*in_url, *parse_qsl(text, keep_blank_values=True)))
    if asked.all("update"):
        raise UpdateRefused("Data changes by files, not by SPARQL Update.")
    return asked.one("query"), asked


def _front(publication: Publication, request: Request, asked: Asked) -> Response:
    """Answer a request without a query: people get the form, programs the description."""
    offered: Sequence[Format | PlainFormat] = (*FORMATS, HTML)
    if choose(accept_of(request), offered) is not HTML:
        format_ = choose(accept_of(request), FORMATS)
        endpoint = str(request.url.replace(query=""))
        return respond(request, service_description(publication.snapshot, endpoint, format_))
    snapshot = publication.snapshot
    stored = find_query(snapshot.queries, asked.one("name") or "")
    text = stored.text if stored else ""
    return respond(request, render(query_form_page(snapshot, site_part(snapshot), text)))


async def _answer(publication: Publication, request: Request, query: str, asked: Asked) -> Response:
    offered = FORMATS if query_form(query) in ("CONSTRUCT", "DESCRIBE") else _results_for(query)
    format_ = _wanted(request, asked, offered)
    if isinstance(format_, PlainFormat):
        return await _page(publication, request, query, asked)
    sparql = _request(publication, query, format_, asked)
    answer = await run_in_threadpool(publication.store.answer, sparql)
    headers = {"Vary": "Accept", "Cache-Control": "public, no-cache"}
    return Response(answer.body, media_type=with_charset(answer.media_type), headers=headers)


def _results_for(query: str) -> Sequence[ResultFormat]:
    asks = query_form(query) == "ASK"
    return [format_ for format_ in RESULT_FORMATS if format_.boolean or not asks]


def _wanted(
    request: Request, asked: Asked, offered: Sequence[Format | ResultFormat]
) -> Format | ResultFormat | PlainFormat:
    """Return the format that the parameter `format` names, else the one that Accept prefers.

    Clients such as SPARQLWrapper send the parameter with names of their own beside an Accept
    header: a name that the table lacks is passed over.
    """
    name = (asked.one("format") or "").lower()
    for format_ in offered:
        if name in (format_.extension, format_.name.lower()):
            return format_
    everything: Sequence[Format | ResultFormat | PlainFormat] = (*offered, HTML)
    return choose(accept_of(request), everything)


def _request(
    publication: Publication, query: str, format_: Format | ResultFormat, asked: Asked
) -> SparqlRequest:
    limits = publication.project.limits
    return SparqlRequest(
        query,
        format_,
        limits.query_seconds,
        limits.result_bytes,
        asked.all("default-graph-uri"),
        asked.all("named-graph-uri"),
    )


async def _page(publication: Publication, request: Request, query: str, asked: Asked) -> Response:
    """Answer people with a page that holds the query and its answer, or why there is none."""
    snapshot, site = publication.snapshot, site_part(publication.snapshot)
    graph = query_form(query) in ("CONSTRUCT", "DESCRIBE")
    sparql = _request(publication, query, TURTLE if graph else JSON, asked)
    try:
        answer = await run_in_threadpool(publication.store.answer, sparql)
    except KgError as error:
        page = render(query_form_page(snapshot, site, query, str(error)))
        return Response(page.body, status_of(error), media_type=with_charset(page.media_type))
    make = graph_page if graph else answered_page
    return respond(request, render(make(snapshot, site, query, answer.body)))
