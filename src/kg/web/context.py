"""The JSON-LD context at its own URL (storey 4)."""

from fastapi import APIRouter, Response

from kg.dataset.context import CONTEXT_PATH
from kg.publication import Publication
from kg.rdf.formats import JSON_LD
from kg.views.jsonld import context_document
from kg.views.representation import representation
from kg.web.responses import respond


def router(publication: Publication) -> APIRouter:
    """Return the route of the context, which is the same for every document."""
    routes = APIRouter()
    document = representation(context_document(publication.snapshot), JSON_LD.media_type)

    @routes.api_route(CONTEXT_PATH, methods=["GET", "HEAD"], include_in_schema=False)
    def context() -> Response:
        """Answer with the context that the JSON-LD documents name."""
        return respond(document)

    return routes
