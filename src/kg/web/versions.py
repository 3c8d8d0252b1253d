"""Published versions beside the present state (storey 4): their documents, dumps and differences.

Below `/version/{n}/` the site answers as it would have done with that version's data.
"""

import json

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import FileResponse

from kg.dataset.context import CONTEXT_PATH
from kg.publication import Publication
from kg.rdf.formats import (
    ATOM,
    HTML,
    JSON_LD,
    N_QUADS,
    PLAIN_JSON,
    RDF_PATCH,
    TIME_MAP,
    AnyFormat,
    PlainFormat,
)
from kg.rdf.negotiation import choose
from kg.versions.difference import as_json, as_patch, difference, difference_of
from kg.versions.version import DUMP, Version
from kg.views.feed import feed
from kg.views.html import render
from kg.views.jsonld import context_document
from kg.views.pages import FormatLink
from kg.views.representation import Representation, representation
from kg.views.versions_page import difference_page, versions_page
from kg.web.mementos import time_map
from kg.web.past import Past
from kg.web.readers import Readers
from kg.web.requests import accept_of, client_of, page_number
from kg.web.resources import Documents, answer_at, document_about
from kg.web.responses import CACHED, respond
from kg.web.turns import Turns, turns

OFFERED = (HTML, PLAIN_JSON, RDF_PATCH)

# documents of versions, differences and lists of times that are made at a time: versions may have
# to be read, and the threads that answer for the present are not to wait for that
AT_ONCE = 2


def router(publication: Publication, readers: Readers) -> APIRouter:
    """Return the routes of the versions; without any there is only the page that says so."""
    routes = APIRouter()
    past, waiting = Past(publication), turns(AT_ONCE)
    _add_versions(routes, publication, readers, past, waiting)
    _add_changes(routes, publication, readers, past, waiting)
    return routes


def _add_versions(
    routes: APIRouter, publication: Publication, readers: Readers, past: Past, waiting: Turns
) -> None:
    of = readers.of

    @routes.api_route("/version", methods=["GET", "HEAD"], include_in_schema=False)
    def listed(request: Request) -> Response:
        """List the versions."""
        versions = publication.archive.versions
        if choose(accept_of(request), (HTML, PLAIN_JSON)) is PLAIN_JSON:
            return respond(_written(_as_json(versions), PLAIN_JSON))
        reader = of(request)
        return respond(render(versions_page(reader.snapshot, reader.site, versions)))

    @routes.api_route(
        "/version/{number}/{path:path}", methods=["GET", "HEAD"], include_in_schema=False
    )
    async def kept(request: Request, number: str, path: str, page: str = "1") -> Response:
        """Answer for a path as it was in a version."""
        version = past.version(number)
        if path == DUMP:
            return _dump(version)
        wanted = number, path, page_number(page)
        return await waiting.run(client_of(request), _kept, request, past, *wanted)


def _kept(request: Request, past: Past, number: str, path: str, page: int) -> Response:
    documents = past.documents(int(number))
    if path == "resource":
        return document_about(documents, request)
    if f"/{path}" == CONTEXT_PATH:
        return respond(_written(context_document(documents.snapshot), JSON_LD))
    raw = request.scope["raw_path"].decode("ascii", errors="replace")
    rest = raw.removeprefix(f"/version/{number}/")
    return answer_at(documents, request, rest or _dataset_path(documents), page)


def _add_changes(
    routes: APIRouter, publication: Publication, readers: Readers, past: Past, waiting: Turns
) -> None:
    of = readers.of

    @routes.api_route("/timemap/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def listed_times(request: Request) -> Response:
        """List the states of a document, as Memento does."""
        path = request.scope["raw_path"].decode("ascii", errors="replace").removeprefix("/timemap")
        asked = publication.archive, past.iri_at(path), path, str(request.base_url).rstrip("/")
        body = await waiting.run(client_of(request), time_map, *asked)
        return respond(_written(body, TIME_MAP))

    @routes.api_route("/changes.atom", methods=["GET", "HEAD"], include_in_schema=False)
    def changes(request: Request) -> Response:
        """Answer with the feed of versions."""
        address = str(request.base_url).rstrip("/")
        title = of(request).site.title.text
        body = feed(title, publication.archive.versions, address)
        return respond(_written(body, ATOM))

    @routes.api_route("/diff/{old}/{new}", methods=["GET", "HEAD"], include_in_schema=False)
    @routes.api_route(
        "/diff/{old}/{new}/{path:path}", methods=["GET", "HEAD"], include_in_schema=False
    )
    async def differing(request: Request, old: str, new: str, path: str = "") -> Response:
        """Answer with what changed between two states, of everything or of one document."""
        asked = readers, past, (old, new), path
        return await waiting.run(client_of(request), _changed, request, *asked)


def _dataset_path(documents: Documents) -> str:
    """Return the path of what the version says of itself as a data set."""
    base = documents.snapshot.base
    return documents.signposts.dataset.removeprefix(base) or "graph/description"


def _dump(version: Version) -> Response:
    headers = {"ETag": f'"{version.id[:32]}"', "Cache-Control": CACHED}
    status = version.dump.stat()
    return FileResponse(
        version.dump, headers=headers, media_type=N_QUADS.media_type, stat_result=status
    )


def _as_json(versions: tuple[Version, ...]) -> bytes:
    listed = [
        {
            "number": version.number,
            "id": version.id,
            "date": version.date.isoformat(),
            "triples": version.triples,
            "note": version.note,
            "dump": f"/version/{version.number}/{DUMP}",
        }
        for version in versions
    ]
    return json.dumps({"versions": listed}, ensure_ascii=False, indent=1).encode() + b"\n"


def _changed(
    request: Request, readers: Readers, past: Past, names: tuple[str, str], path: str
) -> Response:
    format_ = _format(request)
    old, new = past.state(names[0]), past.state(names[1])
    iri = past.iri_at(f"/{path}") if path else ""
    change = difference_of(old, new, iri) if iri else difference(old, new)
    if format_ is RDF_PATCH:
        return respond(_written(as_patch(change, old.id, new.id), format_))
    if format_ is PLAIN_JSON:
        return respond(_written(as_json(change, old=names[0], new=names[1], iri=iri), format_))
    url = "/".join(("/diff", *names, *filter(None, (path,))))
    links = [FormatLink(f.name, f"{url}?format={f.extension}", f.media_type) for f in OFFERED[1:]]
    site = readers.of(request).site
    return respond(render(difference_page((old, new), site, names, change, iri, links)))


def _written(text: str | bytes, format_: AnyFormat) -> Representation:
    body = text.encode() if isinstance(text, str) else text
    return representation(body, format_.media_type)


def _format(request: Request) -> PlainFormat:
    name = request.query_params.get("format")
    if name is None:
        return choose(accept_of(request), OFFERED)
    found = next((one for one in OFFERED if one.extension == name), None)
    if found is None:
        known = ", ".join(one.extension for one in OFFERED)
        raise HTTPException(404, f"There is no format {name[:20]}. Known: {known}.")
    return found
