"""The terms that the editor of the query page completes (storey 4)."""

from functools import cache

from fastapi import APIRouter, Response

from kg.publication import Publication
from kg.rdf.formats import PLAIN_JSON
from kg.views.representation import Representation, representation
from kg.views.terms import terms_document
from kg.web.responses import respond


def router(publication: Publication) -> APIRouter:
    """Return the route of the terms, which are counted when somebody asks first."""
    routes = APIRouter()

    @cache
    def document() -> Representation:
        return representation(terms_document(publication.snapshot), PLAIN_JSON.media_type)

    @routes.api_route("/terms.json", methods=["GET", "HEAD"], include_in_schema=False)
    def terms() -> Response:
        """Answer with the prefixes, classes and properties in use, with counts and labels."""
        return respond(document())

    return routes
