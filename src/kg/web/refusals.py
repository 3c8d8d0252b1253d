"""Whole responses to what is no request (storey 4): no application is asked."""

import json
from http import HTTPStatus
from types import MappingProxyType

from kg.rdf.formats import PROBLEM
from kg.web.answers import COMMON_HEADERS, header_lines

# bytes of a request line and its headers, and seconds in which they must come
HEAD_BYTES, HEAD_SECONDS = 64_000, 15

REFUSALS = MappingProxyType(
    {
        HTTPStatus.BAD_REQUEST: "This is not an HTTP request that can be read.",
        HTTPStatus.REQUEST_TIMEOUT: f"The headers did not come within {HEAD_SECONDS} seconds.",
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
            f"The request line and headers are larger than {HEAD_BYTES:,} bytes. "
            "Send a long query by POST."
        ),
    }
)


def refusal(status: HTTPStatus) -> bytes:
    """Return a whole response that refuses a request, with problem details, and ends."""
    problem = {"type": "about:blank", "title": status.phrase, "status": status}
    body = json.dumps({**problem, "detail": REFUSALS[status]}).encode()
    headers = (
        (b"content-type", PROBLEM.media_type.encode()),
        (b"content-length", b"%d" % len(body)),
        (b"connection", b"close"),
        *COMMON_HEADERS,
    )
    line = b"HTTP/1.1 %d %b\r\n" % (status, status.phrase.encode())
    return b"%b%b\r\n%b" % (line, header_lines(headers), body)
