"""The dumps as files to download (storey 4), whole or in ranges.

Source: https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
"""

from fastapi import APIRouter, Request, Response
from starlette.responses import FileResponse

from kg.dataset.description import latest
from kg.dataset.dumps import Dump
from kg.dataset.frame import described_data_set
from kg.dataset.snapshot import Snapshot
from kg.publication import Publication
from kg.rdf.formats import with_charset
from kg.web.links import link_header
from kg.web.responses import CACHED, http_date
from kg.web.signposts import signposts


def router(publication: Publication) -> APIRouter:
    """Return a route for each dump of the publication."""
    routes = APIRouter()
    headers = _shared_headers(publication.snapshot)

    def add(dump: Dump) -> None:
        def downloaded(request: Request) -> Response:
            """Answer with the file, or with the ranges of it that are wanted."""
            return _file(request, dump, headers)

        routes.add_api_route(
            f"/{dump.name}", downloaded, methods=["GET", "HEAD"], include_in_schema=False
        )

    for dump in publication.dumps:
        add(dump)
    return routes


def _file(request: Request, dump: Dump, shared: dict[str, str]) -> Response:
    etag = f'"{dump.sha256[:32]}"'
    headers = {**shared, "ETag": etag}
    _settle_range(request, etag)
    content_type = with_charset(dump.media_type)
    # with the status given at once, no header is made of the file's time later
    status = dump.path.stat()
    response = FileResponse(dump.path, headers=headers, media_type=content_type, stat_result=status)
    if "Last-Modified" not in shared:
        del response.headers["Last-Modified"]
    return response


def _settle_range(request: Request, etag: str) -> None:
    """Take from the request a range that must be ignored, and a condition that holds.

    Only GET has ranges, only `bytes` are known, and If-Range compares strongly: the day of a
    change is too coarse. What is left, the response answers.
    Source: https://www.rfc-editor.org/rfc/rfc9110#name-range and #name-if-range
    """
    unit = request.headers.get("range", "").partition("=")[0].strip().lower()
    wanted = request.method == "GET" and unit == "bytes"
    holds = request.headers.get("if-range", etag) == etag
    settled = (b"if-range",) if wanted and holds else (b"if-range", b"range")
    request.scope["headers"] = [
        (name, value) for name, value in request.scope["headers"] if name not in settled
    ]


def _shared_headers(snapshot: Snapshot) -> dict[str, str]:
    """Return the headers that all dumps have, with the day of the data's last change, if said."""
    dataset = described_data_set(snapshot)
    links = signposts(snapshot, dataset).of_all
    date = http_date(latest(snapshot, (dataset,)))
    headers = {"Cache-Control": CACHED, "Link": link_header(links)}
    return {**headers, "Last-Modified": date} if date else headers
