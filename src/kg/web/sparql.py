"""The SPARQL endpoint (storey 4): the protocol's query operation, and a page for people.

Source: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from kg.dataset.panels import bound
from kg.dataset.queries import find_query
from kg.errors import KgError, NotFound, QueryError, UnsupportedMediaType, UpdateRefused
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
from kg.rdf.sparql_text import GRAPH_FORMS, is_fickle, query_form
from kg.settings import ABSOLUTE_IRI
from kg.store.base import Answer, SparqlRequest
from kg.store.opening import REMOTE
from kg.views.html import render
from kg.views.overview import site_part
from kg.views.pages import SitePart
from kg.views.query_page import answered_page, graph_page, linked, query_form_page
from kg.views.representation import Representation, representation
from kg.web.errors import error_headers, status_of
from kg.web.requests import (
    Parameters,
    accept_of,
    client_of,
    media_type_of,
    parameters_in,
    presence,
    read_body,
)
from kg.web.responses import NEGOTIATED_BYTES, respond
from kg.web.service_description import service_description
from kg.web.turns import Turns, turns

# what a page is made from: people read no more, and programs ask for a format
PAGE_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers are made from: the publication, what surrounds pages, and turns to run."""

    publication: Publication
    site: SitePart
    turns: Turns


def router(publication: Publication) -> APIRouter:
    """Return the route of the endpoint."""
    routes = APIRouter()
    site = site_part(publication.snapshot)
    endpoint = Endpoint(publication, site, turns(publication.project.store.workers))

    async def asked(request: Request) -> Response:
        """Answer the query in the URL or the body; without one, say what the endpoint is."""
        if request.method == "POST":
            query, parameters = await _posted(request, publication.project.limits.body_bytes)
            if query is None:
                raise QueryError("There is no query: send it as the parameter query.")
            return await _answer(endpoint, request, query, parameters)
        parameters = parameters_in(request.url.query)
        if parameters.all("update"):
            raise QueryError("Updates are not answered, and never by GET: data changes by files.")
        query = parameters.one("query")
        if query is None:
            return _front(endpoint, request, parameters)
        return await _answer(endpoint, request, query, parameters)

    # FastAPI's own kind of route looks for parameters that this one reads itself
    routes.add_route("/sparql", asked, ["GET", "HEAD", "POST"])
    return routes


async def _posted(request: Request, limit: int) -> tuple[str | None, Parameters]:
    media_type = media_type_of(request)
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
    in_url = parameters_in(request.url.query)
    if media_type == SPARQL_QUERY.media_type:
        if in_url.all("query"):
            raise QueryError("Send exactly one query: there is one in the URL and one in the body.")
        return text, in_url
    parameters = Parameters((*in_url.pairs, *parameters_in(text).pairs))
    if parameters.all("update"):
        raise UpdateRefused("Data changes by files, not by SPARQL Update.")
    return parameters.one("query"), parameters


def _front(endpoint: Endpoint, request: Request, asked: Parameters) -> Response:
    """Answer a request without a query: people get the form, programs the description."""
    snapshot = endpoint.publication.snapshot
    offered: Sequence[Format | PlainFormat] = (*FORMATS, HTML)
    if choose(accept_of(request), offered) is not HTML:
        format_ = choose(accept_of(request), FORMATS)
        address = str(request.url.replace(query=""))
        return respond(service_description(snapshot, address, format_))
    name = asked.one("name")
    stored = find_query(snapshot.queries, name) if name else None
    if name and not stored:
        raise NotFound(f"{snapshot.base}queries/{name}")
    text = stored.text if stored else ""
    if this := asked.one("this"):
        text = bound(text, this) if ABSOLUTE_IRI.fullmatch(this) else text
    return respond(render(query_form_page(snapshot, endpoint.site, text)))


async def _answer(endpoint: Endpoint, request: Request, query: str, asked: Parameters) -> Response:
    offered = FORMATS if query_form(query) in GRAPH_FORMS else _results_for(query)
    format_ = _wanted(request, asked, offered)
    if isinstance(format_, PlainFormat):
        return await _page(endpoint, request, query, asked)
    sparql = _request(endpoint.publication, query, format_, asked)
    answer = await _in_turn(endpoint, request, sparql)
    return _sent(endpoint, request, query, representation(answer.body, answer.media_type))


def _sent(endpoint: Endpoint, request: Request, query: str, answer: Representation) -> Response:
    """Return the answer to a query, which may be kept where it will be the same again."""
    # the data of a remote engine may change while the snapshot does not
    remote = endpoint.publication.project.store.kind.startswith(REMOTE)
    if request.method == "POST" or is_fickle(query) or remote:
        headers = {"Vary": NEGOTIATED_BYTES, "Cache-Control": "no-store"}
        return Response(answer.body, media_type=with_charset(answer.media_type), headers=headers)
    return respond(answer)


async def _in_turn(endpoint: Endpoint, request: Request, sparql: SparqlRequest) -> Answer:
    """Return the answer when it is the client's turn; the query ends if the client leaves.

    An update by GET is no query.
    """
    store = endpoint.publication.store
    try:
        async with presence(request) as gone:
            steps = store.steps(replace(sparql, gone=gone))
            return await endpoint.turns.answer(client_of(request), steps)
    except UpdateRefused as error:
        if request.method == "POST":
            raise
        raise QueryError(str(error)) from error


def _results_for(query: str) -> Sequence[ResultFormat]:
    asks = query_form(query) == "ASK"
    return [format_ for format_ in RESULT_FORMATS if format_.boolean or not asks]


def _wanted(
    request: Request, asked: Parameters, offered: Sequence[Format | ResultFormat]
) -> Format | ResultFormat | PlainFormat:
    """Return the format that the parameter `format` names, else the one that Accept prefers.

    Clients such as SPARQLWrapper send the parameter, more than once, with names of their own
    beside an Accept header: a name that the table lacks is passed over.
    """
    names = {name.lower() for name in asked.all("format")}
    for format_ in offered:
        if names & {format_.extension, format_.name.lower()}:
            return format_
    everything: Sequence[Format | ResultFormat | PlainFormat] = (*offered, HTML)
    return choose(accept_of(request), everything)


def _request(
    publication: Publication, query: str, format_: Format | ResultFormat, asked: Parameters
) -> SparqlRequest:
    limits = publication.project.limits
    return SparqlRequest(
        query,
        format_,
        min(limits.query_seconds, _seconds(asked.one("timeout"))),
        limits.result_bytes,
        asked.all("default-graph-uri"),
        asked.all("named-graph-uri"),
        limits.result_rows,
    )


def _seconds(timeout: str | None) -> float:
    """Return the client's own deadline in seconds, infinite where it sets none.

    Raises: QueryError when it is no such number.
    """
    if not timeout:
        return math.inf
    with suppress(ValueError):
        if (seconds := float(timeout)) > 0:
            return seconds
    raise QueryError(f"timeout: {timeout[:20]!r} is no number of seconds.")


async def _page(endpoint: Endpoint, request: Request, query: str, asked: Parameters) -> Response:
    """Answer people with a page that holds the query and its answer, or why there is none."""
    graph = query_form(query) in GRAPH_FORMS
    sparql = _request(endpoint.publication, query, TURTLE if graph else JSON, asked)
    sparql = replace(sparql, bytes=min(sparql.bytes, PAGE_BYTES))
    try:
        answer = await _in_turn(endpoint, request, sparql)
        of = asked.all("snapshot")
        page = await to_thread.run_sync(
            _answered, endpoint, sparql, answer.body, of[0] if of else ""
        )
    except KgError as error:
        page = render(query_form_page(endpoint.publication.snapshot, endpoint.site, query, error))
        status = status_of(error)
        content_type = with_charset(page.media_type)
        return Response(page.body, status, error_headers(status), content_type)
    return _sent(endpoint, request, query, page)


def _answered(
    endpoint: Endpoint, request: SparqlRequest, answer: bytes, asked_of: str
) -> Representation:
    make = graph_page if request.format is TURTLE else answered_page
    snapshot = endpoint.publication.snapshot
    page = make(snapshot, endpoint.site, request.query, answer)
    return render(linked(page, snapshot, asked_of))
