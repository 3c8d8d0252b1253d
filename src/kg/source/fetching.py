"""A data set that is named by its URL (storey 1): fetched once, because an operator names it.

Nothing else is ever fetched: not what data, queries or requests name.
"""

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from time import monotonic
from urllib.parse import unquote, urlsplit

from kg.errors import ProjectError
from kg.rdf.formats import FORMATS, format_of_file, packing_of_file, unpacked_name
from kg.settings import Limits

CHUNK = 1_000_000
# seconds without a byte
SILENCE = 30.0
SCHEMES = ("http://", "https://")

# no proxy for files, no other schemes: a redirect must not lead to them
HANDLERS = (
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.UnknownHandler,
    urllib.request.ProxyHandler,
)


def is_url(place: str) -> bool:
    """Whether a place is named by an http or https URL."""
    return place.lower().startswith(SCHEMES)


def fetched(url: str, folder: Path, limits: Limits) -> Path:
    """Return the file that a URL leads to, as written into the folder.

    Its name is the URL's last part, with the suffix of its media type where it has none that says
    a format.
    Raises: ProjectError when there is no such file, no RDF, too much of it, or it comes too slowly.
    """
    until = monotonic() + limits.fetched_seconds
    try:
        with _opener().open(
            _request(url), timeout=min(SILENCE, limits.fetched_seconds)
        ) as response:
            file = folder / _name(url, response.geturl(), response.headers.get_content_type())
            with file.open("wb") as written:
                for chunk in _chunks(response, until, limits, url):
                    written.write(chunk)
    except urllib.error.HTTPError as error:
        error.close()
        raise ProjectError(f"{url}: the server answers {error.code} {error.reason}.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise ProjectError(f"{url}: cannot be fetched: {reason}.") from error
    return file


def _opener() -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    return opener


def _request(url: str) -> urllib.request.Request:
    accept = ", ".join(f"{f.media_type};q={1 - n / 10:.1f}" for n, f in enumerate(FORMATS))
    headers = {"Accept": f"{accept}, */*;q=0.1", "User-Agent": "kg"}
    return urllib.request.Request(url, headers=headers)  # noqa: S310 - the opener has no others


def _chunks(
    response: http.client.HTTPResponse, until: float, limits: Limits, url: str
) -> Iterator[bytes]:
    left = limits.fetched_bytes
    too_large = f"{url}: more than {left:,} bytes, which limits.fetched_bytes allows."
    if int(response.headers.get("Content-Length") or 0) > left:
        raise ProjectError(too_large)
    # what has come, so that a slow server cannot hold a read until a chunk is full
    while chunk := response.read1(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise ProjectError(too_large)
        if monotonic() > until:
            raise ProjectError(
                f"{url}: not whole after {limits.fetched_seconds:g} s, limits.fetched_seconds."
            )
        yield chunk
    if response.length:
        raise ProjectError(f"{url}: {response.length:,} bytes are missing at its end.")


def _name(asked: str, url: str, media_type: str) -> str:
    """Return the file's name: of the URL that answers, else of the one asked, or by its type."""
    names = [
        unquote(PurePosixPath(urlsplit(one).path).name).replace("/", "_") for one in (url, asked)
    ]
    for name in names:
        if format_of_file(unpacked_name(name)):
            return name
    for format_ in FORMATS:
        if media_type in (format_.media_type, *format_.aliases):
            stem = names[0] or "data"
            packing = packing_of_file(stem)
            end = f".{packing.extension}" if packing else ""
            return f"{unpacked_name(stem)}.{format_.extension}{end}"
    raise ProjectError(
        f"{asked}: neither its name nor its media type, {media_type}, is of an RDF format. "
        "Name a file of RDF, such as a dump."
    )
