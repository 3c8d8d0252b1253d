"""The Graph Store Protocol, for reading (storey 4): whole graphs by name, from the snapshot.

Source: https://www.w3.org/TR/sparql11-http-rdf-update/#http-get
"""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response
from pyoxigraph import Triple

from kg.dataset.snapshot import Snapshot
from kg.errors import NotFound, QueryError
from kg.publication import Publication
from kg.rdf.formats import FORMATS
from kg.rdf.negotiation import choose
from kg.rdf.writing import write_graph
from kg.views.representation import representation
from kg.web.requests import accept_of, client_of, parameters_in
from kg.web.responses import respond
from kg.web.turns import turns

# graphs that are written at a time: one may be all of the data
AT_ONCE = 2


def router(publication: Publication) -> APIRouter:
    """Return the routes of the graph store."""
    routes = APIRouter()
    snapshot, waiting = publication.snapshot, turns(AT_ONCE)

    @routes.api_route("/graph-store", methods=["GET", "HEAD"], include_in_schema=False)
    async def graph(request: Request) -> Response:
        """Answer with the triples of one graph: `?default`, or `?graph=` and its IRI."""
        return await waiting.run(client_of(request), _written, snapshot, request)

    @routes.api_route(
        "/graph-store", methods=["PUT", "POST", "DELETE", "PATCH"], include_in_schema=False
    )
    def write() -> Response:
        """Refuse to change anything."""
        raise HTTPException(
            HTTPStatus.METHOD_NOT_ALLOWED,
            "This graph store is read. Its data changes by files.",
            {"Allow": "GET, HEAD"},
        )

    return routes


def _written(snapshot: Snapshot, request: Request) -> Response:
    triples = _named(snapshot, request)
    format_ = choose(accept_of(request), FORMATS)
    body = write_graph(triples, format_, dict(snapshot.prefixes.pairs))
    return respond(representation(body, format_.media_type))


def _named(snapshot: Snapshot, request: Request) -> tuple[Triple, ...]:
    """Return the triples of the graph that the request names, sorted, each once.

    Raises: QueryError when it does not name exactly one, NotFound when there is none.
    """
    asked = parameters_in(request.url.query)
    iri = asked.one("graph")
    if (iri is None) is not bool(asked.all("default")):
        raise QueryError("Name one graph: ?default, or ?graph= and the IRI of a named graph.")
    if iri is None:
        return tuple(dict.fromkeys(q.triple for q in snapshot.quads if snapshot.in_union(q)))
    quads = snapshot.by_graph.get(f"<{iri}>")
    if quads is None:
        raise NotFound(iri)
    return tuple(quad.triple for quad in quads)
