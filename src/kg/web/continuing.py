"""Pages that belong together are of one version (storey 4), whichever server answers for each.

Where a published version is served, links to other pages of an answer name it. A server that has
another version leads to the old one, or says which it is, and never answers with its own.
"""

import json
import re
from http import HTTPStatus
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.publication import Publication
from kg.rdf.formats import HTML, PROBLEM
from kg.versions.archive import Archive
from kg.versions.reading import version_path
from kg.versions.version import Version
from kg.web.answers import RawHeaders

# a link to another page, but one of a version already
LINK = re.compile(
    rb'<((?!/version/)[^>]*[?&]page=\d+[^>]*)>(?=; rel="(?:first|prev|previous|next|last)\b)'
)
NAMED = re.compile(rb"&snapshot=([0-9a-f]{12})(?=&|$)")
PAGE = re.compile(rb"(?:^|&)page=\d+")

DOCUMENTS = b"/doc/"

# seconds after its start in which a server takes it that others still have the version before
HANDING_OVER = 3600


def continuing(app: ASGIApp, publication: Publication) -> ASGIApp:
    """Return the application with versions in its links, where it serves a published one."""
    versions = publication.archive.versions
    if not versions or versions[-1].id != publication.snapshot.id:
        return app
    return Continuing(app, publication.archive)


class Continuing:
    """The application `app`, which serves the newest version of the archive."""

    def __init__(self, app: ASGIApp, archive: Archive) -> None:
        self.app = app
        self._versions = {version.name: version for version in archive.versions}
        self._newest = archive.versions[-1]
        self._began = monotonic()
        self._named = rb"<\1&snapshot=" + self._newest.name.encode() + rb">"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, if it is for this version or for none."""
        query = scope["query_string"] if scope["type"] == "http" else b""
        named = NAMED.search(query) if PAGE.search(query) else None
        if named:
            query = query[: named.start()] + query[named.end() :]
            version = self._versions.get(named[1].decode())
            if version is not self._newest:
                await _send(send, *self._elsewhere(scope, query, version))
                return
            scope = {**scope, "query_string": query}

        async def with_version(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = tuple(self._linked(*header) for header in message["headers"])
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, with_version)

    def _linked(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        return name, LINK.sub(self._named, value) if name == b"link" else value

    def _elsewhere(
        self, scope: Scope, query: bytes, version: Version | None
    ) -> tuple[int, RawHeaders, str]:
        """Return status, headers and words for a page of another version than the one served."""
        path = scope["raw_path"]
        if version and path.startswith(DOCUMENTS):
            kept = version_path(version.number).encode() + path + b"?" + query
            words = f"This page is of version {version.number}, which is kept."
            return HTTPStatus.TEMPORARY_REDIRECT, ((b"location", kept),), words
        ours = f"This server has version {self._newest.number}"
        if _is_for_people(scope):
            rest = PAGE.sub(b"", query).removeprefix(b"&")
            # two slashes in front would lead to another site
            anew = b"/" + path.lstrip(b"/\\") + (b"?" + rest if rest else b"")
            words = f"{ours}, and this page is of another: it begins again."
            return HTTPStatus.TEMPORARY_REDIRECT, ((b"location", anew),), words
        if version and monotonic() - self._began > HANDING_OVER:
            words = f"{ours}, and this page is of version {version.number}. Begin again."
            return HTTPStatus.GONE, (), words
        words = f"{ours}, and this page is of another. Ask again, or begin again."
        return HTTPStatus.SERVICE_UNAVAILABLE, ((b"retry-after", b"1"),), words


def _is_for_people(scope: Scope) -> bool:
    return any(
        name == b"accept" and HTML.media_type.encode() in value for name, value in scope["headers"]
    )


async def _send(send: Send, status: int, headers: RawHeaders, words: str) -> None:
    title = HTTPStatus(status).phrase
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": words})
    common = (
        (b"content-type", PROBLEM.media_type.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    )
    start = {"type": "http.response.start", "status": status, "headers": (*headers, *common)}
    await send(start)
    await send({"type": "http.response.body", "body": body.encode()})
