"""The well-known addresses of a site that publishes data (storey 4).

Source: https://www.rfc-editor.org/rfc/rfc8615
"""

from fastapi import APIRouter, Request, Response

from kg.dataset.addresses import document_path
from kg.dataset.frame import description_graph
from kg.errors import NotFound
from kg.publication import Publication
from kg.rdf.formats import HTML, LINK_SET_JSON, PLAIN_JSON, TURTLE
from kg.web.links import Link, link_set
from kg.web.responses import respond, see_other

# the programs' doors of a site, and what says how to use them
# Source: https://www.rfc-editor.org/rfc/rfc9727
DOORS = (
    Link("/sparql", "item"),
    Link("/validate", "item"),
    Link("/queries", "item"),
    Link("/reconcile", "item"),
    Link("/.well-known/void", "describedby", TURTLE.media_type),
)


def router(publication: Publication) -> APIRouter:
    """Return the routes below `/.well-known/`."""
    routes = APIRouter()
    snapshot = publication.snapshot
    graph = description_graph(snapshot)

    @routes.api_route("/.well-known/void", methods=["GET", "HEAD"], include_in_schema=False)
    def void() -> Response:
        """Lead to the description of the data set, as VoID wants it found.

        Source: https://www.w3.org/TR/void/#discovery
        """
        if graph is None:
            raise NotFound(f"{snapshot.base}graph/description")
        return see_other(document_path(snapshot, graph))

    @routes.api_route("/.well-known/api-catalog", methods=["GET", "HEAD"], include_in_schema=False)
    def api_catalog(request: Request) -> Response:
        """List what programs can ask, as a link set.

        Source: https://www.rfc-editor.org/rfc/rfc9727
        """
        links = {
            "/.well-known/api-catalog": DOORS,
            "/": (Link("/openapi.json", "service-desc", PLAIN_JSON.media_type),),
            "/sparql": (
                Link("/sparql", "service-desc", TURTLE.media_type),
                Link("/openapi.json", "service-desc", PLAIN_JSON.media_type),
                Link("/sparql", "service-doc", HTML.media_type),
            ),
        }
        address = str(request.base_url)
        return respond(link_set(links, address, LINK_SET_JSON))

    return routes
