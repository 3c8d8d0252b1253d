"""Representations as HTTP responses (storey 4): validators, caching and links."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import quote

from fastapi import Response

from kg.rdf.formats import with_charset
from kg.views.representation import Representation
from kg.web.links import URI

# Browsers ask again, which 304 makes cheap, so that they never show old data; what stands
# before many clients answers for five minutes, and on while the server cannot.
# Source: https://www.rfc-editor.org/rfc/rfc9111 and https://www.rfc-editor.org/rfc/rfc5861
CACHED = "public, max-age=0, s-maxage=300, stale-if-error=86400"

# what the choice of a redirect depends on, what that of bytes depends on besides, and of pages
NEGOTIATED = "Accept"
NEGOTIATED_BYTES = "Accept, Accept-Encoding"
NEGOTIATED_PAGES = "Accept, Accept-Language, Accept-Encoding"


def respond(
    representation: Representation, headers: Mapping[str, str] | None = None, modified: str = ""
) -> Response:
    """Return 200 with the representation; `web.exchange` makes 304 and packed bytes of it.

    `modified` is an HTTP date, or "".
    """
    common = {
        "ETag": representation.etag,
        **page_headers(representation),
        "Cache-Control": CACHED,
        **({"Last-Modified": modified} if modified else {}),
        **(headers or {}),
    }
    content_type = with_charset(representation.media_type)
    return Response(representation.body, headers=common, media_type=content_type)


def page_headers(representation: Representation) -> dict[str, str]:
    """Return what the headers say of a page's language, and of what the bytes depend on."""
    vary = NEGOTIATED_PAGES if representation.negotiated else NEGOTIATED_BYTES
    named = {"Content-Language": representation.language} if representation.language else {}
    return {"Vary": vary, **named}


def see_other(path: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return 303 to a root-relative URL.

    Source: https://www.rfc-editor.org/rfc/rfc9110#name-303-see-other
    """
    common = {"Location": path, "Vary": NEGOTIATED, "Cache-Control": CACHED}
    return Response(status_code=303, headers={**common, **(headers or {})})


def permanently(path: str) -> Response:
    """Return 308 to a URL, which may be an IRI: what was asked for has that one now, and no other.

    Source: https://www.rfc-editor.org/rfc/rfc9110#name-308-permanent-redirect
    """
    location = quote(path, safe=URI)
    return Response(status_code=308, headers={"Location": location, "Cache-Control": CACHED})


def http_date(date: datetime | None) -> str:
    """Return the date as HTTP writes it, "" for none and for one that is yet to come.

    Source: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.1
    """
    if date is None or date > datetime.now(UTC):
        return ""
    return format_datetime(date.astimezone(UTC), usegmt=True)
