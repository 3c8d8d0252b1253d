"""Pages about the data set as a whole, beside its overview (storey 4)."""

from collections.abc import Callable
from functools import cache

from fastapi import APIRouter, Request, Response

from kg.dataset.frame import described_data_set
from kg.publication import Publication
from kg.rdf.formats import HTML
from kg.rdf.negotiation import choose
from kg.versions.changelog import changelog
from kg.views.changelog_page import changelog_page
from kg.views.checks_page import checks_page
from kg.views.data_page import about_page, data_page
from kg.views.html import Page, render
from kg.views.ontology_page import ontology_page
from kg.web.links import Link, link_header
from kg.web.readers import Reader, Readers
from kg.web.requests import accept_of
from kg.web.responses import respond
from kg.web.signposts import signposts


def router(publication: Publication, readers: Readers) -> APIRouter:
    """Return the routes of the pages; where the data has such an IRI for itself, there is none."""
    routes = APIRouter()
    for path, make in pages_of(publication).items():
        _add(routes, publication, readers, path, make)
    return routes


def pages_of(publication: Publication) -> dict[str, Callable[[Reader, str], Page]]:
    """Return what makes each page, by its path, of a reader and the server's address."""
    snapshot, classes = publication.snapshot, publication.project.site.classes
    dumps = publication.dumps
    # the same for every reader, and each version has to be read for it
    changes = cache(lambda: changelog(publication.archive, snapshot))
    pages: dict[str, Callable[[Reader, str], Page]] = {
        "/about": lambda reader, _: about_page(reader.snapshot, reader.site),
        "/checks": lambda reader, _: checks_page(reader.snapshot, reader.site),
        "/data": lambda reader, address: data_page(
            reader.snapshot, reader.site, classes, dumps, address
        ),
        "/ontology": lambda reader, _: ontology_page(reader.snapshot, reader.site),
        "/ontology/changes": lambda reader, _: changelog_page(
            reader.snapshot, reader.site, changes(), len(publication.archive.versions)
        ),
    }
    own = {path: f"{snapshot.base}{path[1:]}" for path in pages}
    return {
        path: make
        for path, make in pages.items()
        if not (snapshot.describes(own[path]) or own[path] in snapshot.documents)
    }


def _add(
    routes: APIRouter,
    publication: Publication,
    readers: Readers,
    path: str,
    make: Callable[[Reader, str], Page],
) -> None:
    dataset = described_data_set(publication.snapshot)
    common = signposts(publication.snapshot, dataset).of_all
    links = link_header((Link(path, "canonical"), *common))

    @routes.api_route(path, methods=["GET", "HEAD"], include_in_schema=False)
    def page(request: Request) -> Response:
        """Answer with the page, which is made when somebody asks."""
        choose(accept_of(request), (HTML,))
        return respond(
            render(make(readers.of(request), str(request.base_url).rstrip("/"))), {"Link": links}
        )
