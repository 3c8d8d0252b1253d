"""Pages that are about the data set, not about one resource (storey 4)."""

from fastapi import APIRouter, Request, Response
from fastapi.staticfiles import StaticFiles

from kg.dataset.addresses import document_path
from kg.publication import Publication
from kg.rdf.formats import FORMATS, HTML, Format, PlainFormat
from kg.rdf.negotiation import choose
from kg.views.html import render
from kg.views.overview import data_set, overview_page, site_part
from kg.web.requests import accept_of
from kg.web.responses import respond


def router(publication: Publication) -> APIRouter:
    """Return the routes of the overview and of the files that pages need."""
    routes = APIRouter()
    snapshot = publication.snapshot
    overview = render(
        overview_page(snapshot, site_part(snapshot), publication.project.site.classes)
    )

    dataset = data_set(snapshot)
    offered: tuple[Format | PlainFormat, ...] = (HTML, *FORMATS) if dataset else (HTML,)

    @routes.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    def index(request: Request) -> Response:
        """Answer people with the overview, programs with where the data set is described."""
        if choose(accept_of(request), offered) is HTML or not dataset:
            return respond(request, overview)
        target = document_path(snapshot, dataset.value)
        return Response(status_code=303, headers={"Location": target, "Vary": "Accept"})

    routes.mount("/static", StaticFiles(packages=[("kg.views", "static")]), name="static")
    return routes
