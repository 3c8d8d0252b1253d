"""How routes have the store answer (storey 4): in turn, for as long as the client is there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import Request, Response

from kg.errors import QueryError, UpdateRefused
from kg.publication import Publication
from kg.rdf.formats import with_charset
from kg.rdf.sparql_text import is_fickle
from kg.store.base import Answer, SparqlRequest
from kg.store.opening import REMOTE
from kg.views.representation import Representation
from kg.web.links import Link, link_header
from kg.web.readers import Readers
from kg.web.requests import client_of, presence
from kg.web.responses import page_headers, respond
from kg.web.turns import Turns, turns


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers are made from: the publication, readers of pages, and turns to run."""

    publication: Publication
    readers: Readers
    turns: Turns


def endpoint_of(publication: Publication, readers: Readers) -> Endpoint:
    """Return what all routes that ask the store share: who waits at one waits at each of them."""
    return Endpoint(publication, readers, turns(publication.project.store.workers))


def sent(
    endpoint: Endpoint,
    request: Request,
    query: str,
    answer: Representation,
    links: Sequence[Link] = (),
) -> Response:
    """Return the answer to a query, which may be kept where it will be the same again.

    `links` lead from it to others.
    """
    more = {"Link": link_header(links)} if links else {}
    # the data of a remote engine may change while the snapshot does not
    remote = endpoint.publication.project.store.kind.startswith(REMOTE)
    if request.method == "POST" or is_fickle(query) or remote:
        headers = {**page_headers(answer), "Cache-Control": "no-store", **more}
        return Response(answer.body, media_type=with_charset(answer.media_type), headers=headers)
    return respond(answer, more)


async def in_turn(endpoint: Endpoint, request: Request, sparql: SparqlRequest) -> Answer:
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
