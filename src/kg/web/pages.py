"""Pages that are about the data set, not about one resource, and the files they need (storey 4)."""

from dataclasses import replace
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from kg.dataset.addresses import document_path
from kg.dataset.frame import described_data_set
from kg.errors import NotFound
from kg.publication import Publication
from kg.rdf.formats import FORMATS, HTML, PAGE_FILES, Format, PlainFormat
from kg.rdf.negotiation import choose
from kg.views.html import render
from kg.views.overview import OverviewPage, overview_page
from kg.views.representation import Representation, representation
from kg.web.links import link_header
from kg.web.readers import Readers
from kg.web.requests import accept_of
from kg.web.responses import respond, see_other
from kg.web.signposts import signposts


def router(publication: Publication, readers: Readers) -> APIRouter:
    """Return the routes of the overview and of the files that pages need."""
    routes = APIRouter()
    snapshot = publication.snapshot
    tables = publication.tables
    classes = publication.project.site.classes

    @cache
    def overview(language: str) -> OverviewPage:
        reader = readers.by_language[language]
        return overview_page(reader.snapshot, reader.site, classes, publication.dumps, tables)

    dataset = described_data_set(snapshot)
    links = signposts(snapshot, dataset, publication.dumps).of_landing_page()
    headers = {"Link": link_header(links)}
    offered: tuple[Format | PlainFormat, ...] = (HTML, *FORMATS) if dataset else (HTML,)
    static = static_files()

    @routes.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    def index(request: Request) -> Response:
        """Answer people with the overview, programs with where the data set is described."""
        if choose(accept_of(request), offered) is HTML:
            site = readers.of(request).site
            return respond(render(replace(overview(site.language), site=site)), headers)
        return see_other(document_path(snapshot, dataset), headers)

    @routes.api_route("/static/{name}", methods=["GET", "HEAD"], include_in_schema=False)
    def file(name: str) -> Response:
        """Answer with a file that pages need."""
        if name not in static:
            raise NotFound(f"{snapshot.base}static/{name}")
        return respond(static[name])

    @routes.api_route("/favicon.ico", methods=["GET", "HEAD"], include_in_schema=False)
    def icon() -> Response:
        """Answer browsers that look for an icon at its old place."""
        return respond(static["favicon.svg"])

    return routes


def static_files() -> dict[str, Representation]:
    """Return the files that pages need, by name, as they are in the package."""
    found = {}
    for file in files("kg.views").joinpath("static").iterdir():
        suffix = file.name.rpartition(".")[2]
        media_type = next((f.media_type for f in PAGE_FILES if f.extension == suffix), None)
        if media_type:
            found[file.name] = representation(file.read_bytes(), media_type)
    return found
