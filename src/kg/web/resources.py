"""Dereference IRIs (storey 4): 303 from things, documents in every format; 404 by the snapshot.

The store is never asked here, so that a dead engine does not break an IRI.
"""

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request, Response
from pyoxigraph import NamedNode

from kg.dataset.addresses import (
    BY_SUFFIX,
    DOCUMENT_FORMATS,
    Location,
    document_path,
    format_path,
    locate,
    page_path,
)
from kg.dataset.context import context
from kg.dataset.description import Description, describe, modified, types
from kg.dataset.document import about_document
from kg.dataset.frame import described_data_set
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Tables
from kg.errors import NotAcceptable, NotFound
from kg.publication import Publication
from kg.rdf.formats import HTML, LINK_SETS, Format, PlainFormat
from kg.rdf.namespaces import OWL
from kg.rdf.negotiation import choose
from kg.views.html import render
from kg.views.jsonld import Names
from kg.views.ontology_page import ontology_page
from kg.views.representation import Representation, represent
from kg.views.resource import resource_page
from kg.web.links import Link, link_header, link_set
from kg.web.readers import Readers, readers
from kg.web.requests import accept_of, page_number
from kg.web.responses import http_date, respond, see_other
from kg.web.signposts import Signposts, signposts


@dataclass(frozen=True, slots=True)
class Documents:
    """What documents are made from: the snapshot, its tables, readers of pages, links, names.

    `names` are those of JSON-LD.
    """

    snapshot: Snapshot
    readers: Readers
    signposts: Signposts
    names: Names
    tables: Tables

    def answer(self, request: Request, location: Location, page: int) -> Response:
        """Return the document at the location, in the format that it or the client names."""
        path = document_path(self.snapshot, location.iri).partition("#")[0]
        format_ = location.format or self._chosen(request, location.iri)
        description = describe(self.snapshot, location.iri, page)
        if format_ in LINK_SETS:
            return respond(self._link_set(request, path, description, format_))
        url = self._url(request, location.iri, format_)
        paged, named = description.pages > 1, location.format is not None
        links = self.signposts.of_document(description, format_, by_suffix=named)
        headers = {
            "Content-Location": page_path(url, page) if paged else url,
            "Link": link_header(links),
        }
        date = modified(self.snapshot, description, self.signposts.dataset)
        made = self._represented(request, description, format_)
        return respond(made, headers, http_date(date))

    def place(self, request: Request | None, iri: str) -> str:
        """Return the URL of the document about the IRI, in the language that the request names."""
        path = document_path(self.snapshot, iri)
        return self.readers.of(request).led(path) if request else path

    def _url(self, request: Request, iri: str, format_: Format | PlainFormat) -> str:
        url = format_path(self.snapshot, iri, format_)
        return self.readers.of(request).led(url) if format_ is HTML else url

    def _chosen(self, request: Request, iri: str) -> Format | PlainFormat:
        try:
            return choose(accept_of(request), DOCUMENT_FORMATS)
        except NotAcceptable as error:
            urls = {f.media_type: format_path(self.snapshot, iri, f) for f in DOCUMENT_FORMATS}
            raise NotAcceptable(error.accept, error.offered, urls) from None

    def _represented(
        self, request: Request, description: Description, format_: Format | PlainFormat
    ) -> Representation:
        if isinstance(format_, Format):
            about = about_document(self.snapshot, description, self.signposts.dataset)
            return represent(self.snapshot, description, format_, tuple(about), self.names)
        path = document_path(self.snapshot, description.iri).partition("#")[0]
        page = page_path(path, description.page) if description.pages > 1 else path
        reader = self.readers.of(request, page)
        if description.iri in self.snapshot.documents and self._is_ontology(description.iri):
            return render(ontology_page(reader.snapshot, reader.site, description.iri))
        return render(resource_page(reader.snapshot, reader.site, description, self.tables))

    def _is_ontology(self, iri: str) -> bool:
        return f"{OWL}Ontology" in types(self.snapshot, NamedNode(iri))

    def _link_set(
        self, request: Request, path: str, description: Description, format_: PlainFormat
    ) -> Representation:
        """Return the links of the document and of its representations in RDF."""
        links = {path: self.signposts.of_document(description, format_)}
        for other in DOCUMENT_FORMATS:
            if isinstance(other, Format):
                described = Link(description.iri, "describes")
                url = format_path(self.snapshot, description.iri, other)
                links[url] = (described, *self.signposts.of_all)
        if description.iri == self.signposts.dataset:
            links["/"] = self.signposts.of_landing_page()
            links |= {dump.target: self.signposts.of_all for dump in self.signposts.dumps}
        return link_set(links, str(request.base_url), format_)


def _documents(publication: Publication) -> Documents:
    snapshot = publication.snapshot
    links = signposts(snapshot, described_data_set(snapshot), publication.dumps)
    names = context(snapshot)
    return Documents(snapshot, readers(publication), links, names, publication.tables)


def router(publication: Publication) -> APIRouter:
    """Return the routes that answer for every IRI of the snapshot; include them last."""
    routes = APIRouter()
    snapshot = publication.snapshot
    documents = _documents(publication)

    @routes.api_route("/resource", methods=["GET", "HEAD"], include_in_schema=False)
    def described(
        request: Request,
        iri: str,
        format: str = "",  # noqa: A002 - the parameter's name in the URL
        page: str = "1",
    ) -> Response:
        """Answer with the document about any IRI that the snapshot describes."""
        if not (snapshot.describes(iri) or iri in snapshot.documents):
            raise NotFound(iri)
        kinds = {kind.extension: kind for kind in (*DOCUMENT_FORMATS, *BY_SUFFIX)}
        if format and format not in kinds:
            raise HTTPException(404, f"There is no format {format}. Known: {', '.join(kinds)}.")
        location = Location(iri, document=True, format=kinds.get(format))
        return documents.answer(request, location, page_number(page))

    @routes.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def dereferenced(request: Request, page: str = "1") -> Response:
        """Answer for the IRI whose path this is: a thing by 303, a document by its bytes."""
        path = request.scope["raw_path"].decode("ascii", errors="replace").removeprefix("/")
        query = request.scope["query_string"].decode("ascii", errors="replace")
        # a question mark may belong to the IRI
        whole = locate(snapshot, f"{path}?{query}") if query else None
        location = whole or locate(snapshot, path)
        if location is None:
            raise NotFound(snapshot.base + path)
        if location.document:
            return documents.answer(request, location, page_number(page))
        # what is behind a question mark of the IRI asks for no language
        target = documents.place(None if whole else request, location.iri)
        return see_other(target, {"Link": link_header(documents.signposts.of_thing(location.iri))})

    return routes
