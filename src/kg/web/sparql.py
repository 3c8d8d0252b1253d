"""The SPARQL endpoint (storey 4): the protocol's query operation, and a page for people.

Source: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from dataclasses import replace

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from kg.dataset.panels import bound
from kg.dataset.queries import find_query
from kg.dataset.unknown import unknown_names
from kg.errors import KgError, NotFound, QueryError
from kg.rdf.formats import (
    FORMATS,
    HTML,
    JSON,
    TURTLE,
    Format,
    PlainFormat,
    with_charset,
)
from kg.rdf.negotiation import choose
from kg.rdf.sparql_text import GRAPH_FORMS, query_form
from kg.settings import ABSOLUTE_IRI
from kg.store.base import SparqlRequest
from kg.store.rows import is_empty
from kg.views.html import render
from kg.views.query_page import answered_page, graph_page, linked, query_form_page
from kg.views.representation import Representation, representation
from kg.web.asking import Endpoint, in_turn, sent
from kg.web.codings import LONG
from kg.web.errors import error_headers, status_of
from kg.web.links import Link
from kg.web.readers import Reader
from kg.web.requests import (
    Parameters,
    accept_of,
    parameters_in,
)
from kg.web.responses import respond
from kg.web.service_description import service_description
from kg.web.sparql_request import posted, results_for, sparql_request, wanted

# what a page is made from: people read no more, and programs ask for a format
PAGE_BYTES = 10_000_000


def router(endpoint: Endpoint) -> APIRouter:
    """Return the route of the endpoint."""
    routes = APIRouter()
    limit = endpoint.publication.project.limits.body_bytes

    async def asked(request: Request) -> Response:
        """Answer the query in the URL or the body; without one, say what the endpoint is."""
        if request.method == "POST":
            query, parameters = await posted(request, limit)
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


def _front(endpoint: Endpoint, request: Request, asked: Parameters) -> Response:
    """Answer a request without a query: people get the form, programs the description."""
    snapshot = endpoint.publication.snapshot
    offered: tuple[Format | PlainFormat, ...] = (*FORMATS, HTML)
    if choose(accept_of(request), offered) is not HTML:
        format_ = choose(accept_of(request), FORMATS)
        address = str(request.url.replace(query=""))
        return respond(service_description(snapshot, address, format_))
    name = asked.one("name")
    stored = find_query(snapshot.queries, name) if name else None
    if name and not stored:
        raise NotFound(f"{snapshot.base}queries/{name}")
    text = stored.example if stored else ""
    if this := asked.one("this"):
        text = bound(text, this) if ABSOLUTE_IRI.fullmatch(this) else text
    reader = endpoint.readers.of(request)
    return respond(render(query_form_page(reader.snapshot, reader.site, text)))


async def _answer(endpoint: Endpoint, request: Request, query: str, asked: Parameters) -> Response:
    offered = FORMATS if query_form(query) in GRAPH_FORMS else results_for(query)
    format_ = wanted(request, asked, offered)
    if isinstance(format_, PlainFormat):
        return await _page(endpoint, request, query, asked)
    sparql = sparql_request(endpoint.publication, query, format_, asked)
    answer = await in_turn(endpoint, request, sparql)
    if len(answer.body) > LONG:
        # to read it all takes a while
        found = await to_thread.run_sync(representation, answer.body, answer.media_type)
    else:
        found = representation(answer.body, answer.media_type)
    if is_empty(answer.body, format_):
        unknown = await to_thread.run_sync(unknown_names, endpoint.publication.snapshot, query)
        hints = [Link("/sparql", "help", title=" ".join(map(str, unknown)))] if unknown else []
        return sent(endpoint, request, query, found, hints)
    return sent(endpoint, request, query, found)


async def _page(endpoint: Endpoint, request: Request, query: str, asked: Parameters) -> Response:
    """Answer people with a page that holds the query and its answer, or why there is none."""
    reader = endpoint.readers.of(request)
    graph = query_form(query) in GRAPH_FORMS
    sparql = sparql_request(endpoint.publication, query, TURTLE if graph else JSON, asked)
    sparql = replace(sparql, bytes=min(sparql.bytes, PAGE_BYTES))
    try:
        answer = await in_turn(endpoint, request, sparql)
        of, view = asked.all("snapshot"), asked.all("view")
        page = await to_thread.run_sync(
            _answered, reader, sparql, answer.whole, of[0] if of else "", view[0] if view else ""
        )
    except KgError as error:
        page = render(query_form_page(reader.snapshot, reader.site, query, error))
        status = status_of(error)
        headers = {**error_headers(status), "Content-Language": page.language}
        return Response(page.body, status, headers, with_charset(page.media_type))
    return sent(endpoint, request, query, page)


def _answered(
    reader: Reader, request: SparqlRequest, answer: bytes, asked_of: str, view: str
) -> Representation:
    asked = reader.snapshot, reader.site, request.query, answer
    make = graph_page if request.format is TURTLE else answered_page
    page = make(*asked, view)
    return render(linked(page, reader.snapshot, asked_of))
