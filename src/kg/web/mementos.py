"""The past of a document by date (storey 4): the document is its own TimeGate.

Source: https://www.rfc-editor.org/rfc/rfc7089
"""

from collections.abc import Iterator
from datetime import datetime

from fastapi import HTTPException, Request, Response

from kg.rdf.formats import TIME_MAP
from kg.versions.archive import Archive, at
from kg.versions.reading import version_path
from kg.versions.version import Version
from kg.web.conditions import date_in
from kg.web.links import Link, link_header
from kg.web.responses import CACHED, http_date

HEADER = "accept-datetime"


def wanted_moment(request: Request) -> datetime | None:
    """Return the moment of the request's Accept-Datetime, or None where it has none.

    Raises: HTTPException, 400, where it is no date of HTTP.
    """
    text = request.headers.get(HEADER)
    if text is None:
        return None
    moment = date_in(text)
    if moment is None:
        detail = f"Accept-Datetime: {text[:60]!r} is no date like Thu, 01 Jan 2026 00:00:00 GMT."
        raise HTTPException(400, detail)
    return moment


def memento_of(archive: Archive, iri: str, moment: datetime) -> Version | None:
    """Return the version to answer with for the IRI at that moment, or None where none has it."""
    return at(archive.describing(iri), moment)


def found(path: str, version: Version) -> Response:
    """Return 302 from a document to what it was in a version."""
    headers = {
        "Location": version_path(version.number) + path,
        "Vary": "Accept, Accept-Datetime",
        "Cache-Control": CACHED,
        "Link": link_header(links_of(path)),
    }
    return Response(status_code=302, headers=headers)


def links_of(path: str) -> Iterator[Link]:
    """Yield the links that lead from a document to its past."""
    yield Link(path, "original timegate")
    yield Link(f"/timemap{path}", "timemap", TIME_MAP.media_type)


def time_map(archive: Archive, iri: str, path: str, address: str) -> str:
    """Return the list of the states of a document, as links.

    Source: https://www.rfc-editor.org/rfc/rfc7089#section-5
    """
    versions = archive.describing(iri)
    lines = [
        f'<{address}{path}>; rel="original timegate"',
        f'<{address}/timemap{path}>; rel="self"; type="{TIME_MAP.media_type}"',
    ]
    for place, version in enumerate(versions):
        first, last = place == 0, place == len(versions) - 1
        relations = [*(["first"] if first else []), *(["last"] if last else []), "memento"]
        url = f"{address}{version_path(version.number)}{path}"
        date = http_date(version.date)
        lines.append(f'<{url}>; rel="{" ".join(relations)}"; datetime="{date}"')
    return ",\n".join(lines) + "\n"
