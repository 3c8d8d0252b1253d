"""The application (storey 4): its list of routers is the table of contents of the site."""

from fastapi import FastAPI

from kg import __version__
from kg.publication import Publication
from kg.web import (
    about,
    context,
    dumps,
    graph_store,
    health,
    lists,
    llms,
    metrics,
    pages,
    queries,
    reconcile,
    resources,
    search,
    sitemap,
    sparql,
    terms,
    validate,
    versions,
    well_known,
)
from kg.web.asking import endpoint_of
from kg.web.continuing import continuing
from kg.web.counts import Counts
from kg.web.errors import add_error_handlers
from kg.web.exchange import Exchange
from kg.web.memo import Memo
from kg.web.openapi import document
from kg.web.readers import readers


def create_app(
    publication: Publication, memo: Memo | None = None, counts: Counts | None = None
) -> Exchange:
    """Return the web application that serves one publication; `memo` is to keep its answers.

    With `counts` it tells them at `/metrics`; who adds to them is `kg.web.observed`.
    """
    app = FastAPI(title="kg", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    of = readers(publication)
    add_error_handlers(app, publication, of)
    if counts:
        app.include_router(metrics.router(publication, counts))
    endpoint = endpoint_of(publication, of)
    # the first is looked at first, and the last answers for whatever is left
    for asked in (sparql, queries):
        app.include_router(asked.router(endpoint))
    for part in (health, document, sitemap, context, graph_store, dumps, terms, well_known):
        app.include_router(part.router(publication))
    for shown in (pages, about, lists, llms, search, reconcile, versions, validate, resources):
        app.include_router(shown.router(publication, of))
    memo = memo or Memo(publication.project.limits.memo_bytes)
    return Exchange(continuing(app, publication), memo, tuple(of.by_language))
