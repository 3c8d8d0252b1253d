"""Pages that are about the data set, not about one resource (storey 4)."""

from fastapi import APIRouter, Request, Response
from fastapi.staticfiles import StaticFiles

from kg.publication import Publication
from kg.views.html import render
from kg.views.overview import overview_page, site_part
from kg.web.responses import respond


def router(publication: Publication) -> APIRouter:
    """Return the routes of the overview and of the files that pages need."""
    routes = APIRouter()
    snapshot = publication.snapshot
    overview = render(
        overview_page(snapshot, site_part(snapshot), publication.project.site.classes)
    )

    @routes.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    def index(request: Request) -> Response:
        """Answer with the overview."""
        return respond(request, overview)

    routes.mount("/static", StaticFiles(packages=[("kg.views", "static")]), name="static")
    return routes
