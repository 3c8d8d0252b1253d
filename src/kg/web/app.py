"""The application (storey 4): its list of routers is the table of contents of the site."""

from fastapi import FastAPI

from kg import __version__
from kg.publication import Publication
from kg.web import pages, resources, sparql, validate
from kg.web.errors import add_error_handlers
from kg.web.responses import CommonHeaders


def create_app(publication: Publication) -> FastAPI:
    """Return the web application that serves one publication."""
    app = FastAPI(title="kg", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    add_error_handlers(app, publication)
    app.add_middleware(CommonHeaders)
    for part in (pages, sparql, validate, resources):
        app.include_router(part.router(publication))
    return app
