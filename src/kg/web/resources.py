"""Dereference IRIs (storey 4): 303 from things, documents in every format; 404 by the snapshot.

The store is never asked here, so that a dead engine does not break an IRI.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request, Response
from pyoxigraph import NamedNode

from kg.dataset.addresses import (
    BY_SUFFIX,
    DOCUMENT_FORMATS,
    Location,
    document_path,
    format_path,
    local_path,
    locate,
    page_path,
    version_names,
)
from kg.dataset.context import context
from kg.dataset.description import Description, describe, modified, types
from kg.dataset.document import about_document
from kg.dataset.frame import described_data_set
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Tables
from kg.dataset.tombstones import merged_into, withdrawn
from kg.errors import NotAcceptable, NotFound
from kg.publication import Publication
from kg.rdf.formats import HTML, LINK_SETS, Format, PlainFormat
from kg.rdf.namespaces import OWL
from kg.rdf.negotiation import choose
from kg.versions.archive import Archive
from kg.versions.version import Version
from kg.views.html import render
from kg.views.jsonld import Names
from kg.views.ontology_page import ontology_page
from kg.views.representation import Representation, represent
from kg.views.resource import resource_page
from kg.web.links import Link, link_header, link_set
from kg.web.mementos import found, links_of, memento_of, wanted_moment
from kg.web.readers import Readers
from kg.web.requests import accept_of, page_number
from kg.web.responses import http_date, permanently, respond, see_other
from kg.web.signposts import Signposts, signposts


@dataclass(frozen=True, slots=True)
class Documents:
    """What documents are made from: the snapshot, its tables, readers of pages, links, names.

    `names` are those of JSON-LD. `version` is the published one that the snapshot is, None for
    the present state; `archive` has all of them.
    """

    snapshot: Snapshot
    readers: Readers
    signposts: Signposts
    names: Names
    tables: Tables
    archive: Archive
    version: Version | None = None

    def answer(self, request: Request, location: Location, page: int) -> Response:
        """Return the document at the location, in the format that it or the client names.

        Whoever names a date is led to what it was then.
        """
        path = document_path(self.snapshot, location.iri).partition("#")[0]
        if past := self._past(request, location.iri, path):
            return past
        format_ = location.format or self._chosen(request, location.iri)
        description = describe(self.snapshot, location.iri, page)
        if format_ in LINK_SETS:
            return respond(self._link_set(request, path, description, format_))
        url = self._url(request, location.iri, format_)
        paged, named = description.pages > 1, location.format is not None
        links = self.signposts.of_document(description, format_, by_suffix=named)
        headers = {
            "Content-Location": page_path(url, page) if paged else url,
            "Link": link_header((*links, *self._times(path))),
            **({"Memento-Datetime": http_date(self.version.date)} if self.version else {}),
        }
        date = modified(self.snapshot, description, self.signposts.dataset)
        made = self._represented(request, description, format_)
        response = respond(made, headers, http_date(date))
        if self.archive.versions and not self.version:
            response.headers["Vary"] += ", Accept-Datetime"
        return response

    def _past(self, request: Request, iri: str, path: str) -> Response | None:
        moment = wanted_moment(request)
        if moment is None or self.version:
            return None
        past = memento_of(self.archive, iri, moment)
        return found(path, past) if past else None

    def _times(self, path: str) -> Iterable[Link]:
        present = path.removeprefix(self.snapshot.root)
        return links_of(present) if self.archive.versions else ()

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


def documents_of(
    publication: Publication, readers: Readers, version: Version | None = None
) -> Documents:
    """Return what makes the documents of a publication, which may be a published version."""
    snapshot = publication.snapshot
    links = signposts(snapshot, described_data_set(snapshot), publication.dumps)
    names, archive = context(snapshot), publication.archive
    return Documents(snapshot, readers, links, names, publication.tables, archive, version)


def router(publication: Publication, readers: Readers) -> APIRouter:
    """Return the routes that answer for every IRI of the snapshot; include them last."""
    routes = APIRouter()
    documents = documents_of(publication, readers)

    @routes.api_route("/resource", methods=["GET", "HEAD"], include_in_schema=False)
    def described(request: Request) -> Response:
        """Answer with the document about any IRI that the snapshot describes."""
        return document_about(documents, request)

    @routes.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def dereferenced(request: Request, page: str = "1") -> Response:
        """Answer for the IRI whose path this is: a thing by 303, a document by its bytes."""
        path = request.scope["raw_path"].decode("ascii", errors="replace").removeprefix("/")
        return answer_at(documents, request, path, page_number(page))

    return routes


def document_about(documents: Documents, request: Request) -> Response:
    """Answer with the document about the IRI that the request's parameter `iri` names.

    Raises: NotFound where nothing is said of it, HTTPException for a format that there is not.
    """
    asked = request.query_params
    iri, format_ = asked.get("iri"), asked.get("format", "")
    if iri is None:
        raise HTTPException(400, "Name what you want described: /resource?iri=…")
    if not (documents.snapshot.describes(iri) or iri in documents.snapshot.documents):
        raise NotFound(iri)
    kinds = {kind.extension: kind for kind in (*DOCUMENT_FORMATS, *BY_SUFFIX)}
    if format_ and format_ not in kinds:
        raise HTTPException(404, f"There is no format {format_}. Known: {', '.join(kinds)}.")
    if kept := _given_up(documents, iri):
        return kept
    location = Location(iri, document=True, format=kinds.get(format_))
    return documents.answer(request, location, page_number(asked.get("page", "1")))


def answer_at(documents: Documents, request: Request, path: str, page: int) -> Response:
    """Answer for a path below those documents, as sent, without a slash in front.

    Raises: NotFound where nothing is there, Gone for what was withdrawn.
    """
    snapshot = documents.snapshot
    query = request.scope["query_string"].decode("ascii", errors="replace")
    # a question mark may belong to the IRI
    whole = locate(snapshot, f"{path}?{query}") if query else None
    location = whole or locate(snapshot, path) or _of_version(snapshot, path)
    if location is None:
        raise NotFound(snapshot.base + path)
    if kept := _given_up(documents, location.iri):
        return kept
    if location.document:
        return documents.answer(request, location, page)
    # what is behind a question mark of the IRI asks for no language
    target = documents.place(None if whole else request, location.iri)
    return see_other(target, {"Link": link_header(documents.signposts.of_thing(location.iri))})


def _of_version(snapshot: Snapshot, path: str) -> Location | None:
    """Return where the ontology is whose present version the path names."""
    ontology = version_names(snapshot).get(snapshot.base + path)
    return Location(ontology, document=False) if ontology else None


def _given_up(documents: Documents, iri: str) -> Response | None:
    """Return where an IRI is led that is another's now, or raise Gone for one withdrawn."""
    snapshot = documents.snapshot
    if gone := withdrawn(snapshot, iri):
        raise gone
    other = merged_into(snapshot, iri)
    return (
        permanently(local_path(snapshot, other) if snapshot.describes(other) else other)
        if other
        else None
    )
