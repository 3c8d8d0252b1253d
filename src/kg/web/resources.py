"""Dereference IRIs (storey 4): 303 from things, documents in every format; 404 by the snapshot.

The store is never asked here, so that a dead engine does not break an IRI.
"""

from fastapi import APIRouter, Request, Response

from kg.dataset.addresses import DOCUMENT_FORMATS, Location, document_path, format_path, locate
from kg.dataset.description import describe
from kg.dataset.snapshot import Snapshot
from kg.errors import NotFound
from kg.publication import Publication
from kg.rdf.formats import Format, PlainFormat
from kg.rdf.negotiation import choose
from kg.views.compose import resource_page
from kg.views.html import render
from kg.views.overview import site_part
from kg.views.pages import SitePart
from kg.views.representation import Representation, represent
from kg.web.requests import accept_of
from kg.web.responses import link_header, respond


def router(publication: Publication) -> APIRouter:
    """Return the routes that answer for every IRI of the snapshot; include them last."""
    routes = APIRouter()
    snapshot = publication.snapshot
    site = site_part(snapshot)

    @routes.api_route("/resource", methods=["GET", "HEAD"], include_in_schema=False)
    # `format` is the parameter's name in the URL
    def described(request: Request, iri: str, format: str = "") -> Response:  # noqa: A002
        """Answer with the document about any IRI that the snapshot describes."""
        if not snapshot.describes(iri):
            raise NotFound(iri)
        named = next((f for f in DOCUMENT_FORMATS if f.extension == format), None)
        return _document(snapshot, site, request, Location(iri, document=True, format=named))

    @routes.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def dereferenced(request: Request) -> Response:
        """Answer for the IRI whose path this is: a thing by 303, a document by its bytes."""
        path = request.scope["raw_path"].decode("ascii", errors="replace").lstrip("/")
        location = locate(snapshot, path)
        if location is None:
            raise NotFound(snapshot.base + path)
        if location.document:
            return _document(snapshot, site, request, location)
        target = document_path(snapshot, location.iri)
        return Response(status_code=303, headers={"Location": target, "Vary": "Accept"})

    return routes


def _document(snapshot: Snapshot, site: SitePart, request: Request, location: Location) -> Response:
    format_ = location.format or choose(accept_of(request), DOCUMENT_FORMATS)
    path = document_path(snapshot, location.iri)
    links = [(path, "canonical", "")] if location.format else []
    links += [
        (format_path(path, other), "alternate", other.media_type)
        for other in DOCUMENT_FORMATS
        if other is not format_
    ]
    links.append((location.iri, "describes", ""))
    headers = {"Link": link_header(links), "Content-Location": format_path(path, format_)}
    return respond(request, _representation(snapshot, site, location.iri, format_), headers)


def _representation(
    snapshot: Snapshot, site: SitePart, iri: str, format_: Format | PlainFormat
) -> Representation:
    description = describe(snapshot, iri)
    if isinstance(format_, Format):
        return represent(snapshot, description, format_)
    return render(resource_page(snapshot, site, description))
