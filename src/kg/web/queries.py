"""Stored queries over HTTP (storey 4): a page with a form, and a resource in every result format.

Pages of an answer are linked as RFC 8288 has it.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from anyio import to_thread
from fastapi import APIRouter, HTTPException, Request, Response

from kg.dataset.addresses import document_path, turning
from kg.dataset.executables import query_iri
from kg.dataset.queries import StoredQuery, find_query
from kg.errors import KgError, ParametersRefused
from kg.rdf.formats import (
    HTML,
    JSON,
    PLAIN_JSON,
    TURTLE,
    Format,
    PlainFormat,
    ResultFormat,
    with_charset,
)
from kg.rdf.negotiation import choose
from kg.rdf.sparql_parts import TOTAL, counting, page_of
from kg.rdf.sparql_text import GRAPH_FORMS, query_form
from kg.rdf.terms import Term
from kg.store.base import SparqlRequest
from kg.views.html import render
from kg.views.query_page import answered_page, graph_page
from kg.views.representation import Representation, representation
from kg.views.stored import (
    Paging,
    address,
    formats_of,
    queries_page,
    stored_page,
    with_answer,
)
from kg.web.asking import Endpoint, in_turn, sent
from kg.web.errors import error_headers, status_of
from kg.web.links import Link
from kg.web.proposals import Proposals
from kg.web.query_request import Asked, asked_of, given_in, wanted_format
from kg.web.readers import Reader
from kg.web.requests import Parameters, accept_of, sent_with
from kg.web.responses import page_headers, respond, see_other

DESCRIPTION = Link("/openapi.json", "service-desc", PLAIN_JSON.media_type)

# bytes that a number takes
COUNTED = 10_000


def router(endpoint: Endpoint) -> APIRouter:
    """Return the routes of the list of queries and of each of them."""
    routes = APIRouter()
    snapshot = endpoint.publication.snapshot
    proposals = Proposals(endpoint)

    async def every(request: Request) -> Response:
        """Answer with the list of all stored queries."""
        choose(accept_of(request), (HTML,))
        reader = endpoint.readers.of(request)
        return respond(render(queries_page(reader.snapshot, reader.site)))

    def named(name: str, query: StoredQuery) -> Callable[[Request], Awaitable[Response]]:
        async def one(request: Request) -> Response:
            """Answer a stored query, or with its form."""
            if query.name != name:
                asked = f"?{request.url.query}" if request.url.query else ""
                return Response(status_code=307, headers={"Location": address(query) + asked})
            return await _answered(proposals, request, query)

        return one

    if not snapshot.describes(f"{snapshot.base}queries"):
        routes.add_route("/queries", every, ["GET", "HEAD"])
    # a route for each name: any other below /queries/ may be an IRI of the data
    for name, query in _names(snapshot.queries).items():
        routes.add_route(f"/queries/{name}", named(name, query), ["GET", "HEAD", "POST"])
    return routes


def _names(queries: Sequence[StoredQuery]) -> dict[str, StoredQuery]:
    """Return the queries by name, and by the last part of it where no other has that.

    Names with braces, which mean parameters in routes, are left out.
    """
    found = {query.name: query for query in queries}
    for query in queries:
        short = query.name.rpartition("/")[2]
        if find_query(queries, short) is query:
            found.setdefault(short, query)
    return {name: query for name, query in found.items() if not set("{}") & set(name)}


async def _answered(proposals: Proposals, request: Request, query: StoredQuery) -> Response:
    endpoint = proposals.endpoint
    publication = endpoint.publication
    parameters = await sent_with(request, publication.project.limits.body_bytes)
    format_ = wanted_format(request, parameters, query)
    described = document_path(publication.snapshot, query_iri(query, publication.snapshot.base))
    if isinstance(format_, PlainFormat):
        return await _page(proposals, request, query, parameters)
    if format_ not in formats_of(query):
        # what has no triples as its answer is described in triples
        return see_other(described)
    asked = asked_of(publication, query, parameters, for_people=False)
    paging, answer = await _rows(endpoint, request, asked, format_)
    links = [Link(url, relation) for relation, url in paging.links]
    return sent(
        endpoint, request, asked.text, answer, [Link(described, "describedby"), DESCRIPTION, *links]
    )


async def _rows(
    endpoint: Endpoint, request: Request, asked: Asked, format_: Format | ResultFormat
) -> tuple[Paging, Representation]:
    """Return the answer, or the page of it that is asked for, and where the others are."""
    paging, text = Paging(), asked.text
    if asked.size:
        paging = await _pages(endpoint, request, asked)
        text = page_of(text, asked.size, (asked.page - 1) * asked.size)
    limits = endpoint.publication.project.limits
    sparql = SparqlRequest(
        text, format_, asked.seconds, limits.result_bytes, rows=limits.result_rows
    )
    answer = await in_turn(endpoint, request, sparql)
    return paging, representation(answer.body, answer.media_type)


async def _pages(endpoint: Endpoint, request: Request, asked: Asked) -> Paging:
    """Return where the page stands among those of the answer.

    Raises: HTTPException, 404, when the answer has no such page.
    """
    count = counting(asked.text)
    if count is None:
        # no engine reads it: let it say what is wrong
        return Paging()
    sparql = SparqlRequest(count, JSON, asked.seconds, COUNTED)
    (row,) = json.loads((await in_turn(endpoint, request, sparql)).whole)["results"]["bindings"]
    total = int(row[TOTAL]["value"])
    pages = max(1, -(-total // asked.size))
    if asked.page > pages:
        raise HTTPException(404, f"There is no page {asked.page}: the answer has {pages}.")
    numbers = {
        "first": 1,
        "prev": asked.page - 1,
        "next": asked.page + 1 if asked.page < pages else 0,
        "last": pages,
    }
    links = tuple(
        (relation, address(asked.query, {**asked.kept, "page": str(number)}))
        for relation, number in numbers.items()
        if number and pages > 1
    )
    return Paging(asked.page, pages, asked.size, total, links)


async def _page(
    proposals: Proposals, request: Request, query: StoredQuery, parameters: Parameters
) -> Response:
    """Answer people: with the form alone before anything is given that must be."""
    endpoint = proposals.endpoint
    reader, given = endpoint.readers.of(request), given_in(parameters)
    found = await proposals.of(request, query)
    proposed = found or {}
    if not given and any(one.required for one in query.parameters):
        missing = {one.name: "" for one in query.parameters if one.required}
        page = render(stored_page(reader.snapshot, reader.site, query, given, proposed, missing))
        return _of_now(page) if found is None else respond(page)
    try:
        asked = asked_of(endpoint.publication, query, parameters, for_people=True)
        graph = query_form(query.text) in GRAPH_FORMS
        paging, answer = await _rows(endpoint, request, asked, TURTLE if graph else JSON)
    except KgError as error:
        wrong = error.wrong if isinstance(error, ParametersRefused) else {"": str(error)}
        shown = render(stored_page(reader.snapshot, reader.site, query, given, proposed, wrong))
        status = status_of(error)
        headers = {**error_headers(status), "Content-Language": shown.language}
        return Response(shown.body, status, headers, with_charset(shown.media_type))
    made = await to_thread.run_sync(_made, reader, asked, proposed, paging, answer)
    return _of_now(made) if found is None else sent(endpoint, request, asked.text, made)


def _of_now(made: Representation) -> Response:
    """Return a page that nobody is to keep, because the next may have proposals."""
    headers = {**page_headers(made), "Cache-Control": "no-store"}
    return Response(made.body, headers=headers, media_type=with_charset(made.media_type))


def _made(
    reader: Reader,
    asked: Asked,
    proposed: Mapping[str, Sequence[Term]],
    paging: Paging,
    answer: Representation,
) -> Representation:
    snapshot, site = reader.snapshot, reader.site
    page = stored_page(snapshot, site, asked.query, asked.given, proposed)
    make = graph_page if answer.media_type == TURTLE.media_type else answered_page
    number = {"page": str(asked.page)} if paging.pages > 1 else {}
    here = address(asked.query, {**asked.kept, **number, "view": ""})
    shown = make(snapshot, site, asked.text, bytes(answer.body), asked.view, here)
    links = tuple((relation, turning(snapshot, url)) for relation, url in paging.links)
    return render(with_answer(page, shown, replace(paging, links=links)))
