"""Whole answers as values (storey 4): their headers, and what is made of one for another.

They are what `web.exchange` works with, and what is remembered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus

from starlette.types import Message

from kg.rdf.formats import HTML
from kg.web.codings import LONG, coded_tag, packed

RawHeaders = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response; `etag` and `modified` are its validators as text, "" for none.

    `wire` are its header lines as they are sent, and `wire_of_304` those of a 304 in its place:
    b"" until the answer is kept.
    """

    status: int
    headers: RawHeaders
    body: bytes | memoryview
    etag: str = ""
    modified: str = ""
    wire: bytes = b""
    wire_of_304: bytes = b""


# nothing from outside, nothing inline: data in a page can never become a program
CONTENT_SECURITY_POLICY = (
    b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

EXPOSED = (
    b"Link, ETag, Content-Location, Last-Modified, Location, Retry-After, Accept-Ranges, "
    b"Content-Range, Content-Length, Allow, Memento-Datetime, X-Request-Id"
)

COMMON_HEADERS: RawHeaders = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED),
    (b"x-content-type-options", b"nosniff"),
)

PAGE_HEADERS: RawHeaders = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY),
    (b"referrer-policy", b"no-referrer-when-downgrade"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

# what a script of another origin may send; without credentials `*` stands for every header
# Source: https://fetch.spec.whatwg.org/#http-access-control-allow-headers
PREFLIGHT: RawHeaders = (
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
)

# what a 304 repeats: the rest is with the answer that the client holds
# Source: https://www.rfc-editor.org/rfc/rfc9110#name-304-not-modified
REPEATED = frozenset(
    {b"etag", b"vary", b"cache-control", b"content-location", b"expires", b"last-modified"}
    | {b"access-control-allow-origin"}
)
# and what a 412 repeats, which has a body of its own
REPEATED_BY_412 = REPEATED | {name for name, _ in (*COMMON_HEADERS, *PAGE_HEADERS)}


OK = b"HTTP/1.1 200 OK\r\n"
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n"


def answer_of(start: Message, body: bytes) -> Answer:
    """Return the answer that an ASGI start message and a body make."""
    headers = tuple((name.lower(), value) for name, value in start["headers"])
    validators = {name: value.decode("latin-1") for name, value in headers}
    etag, modified = validators.get(b"etag", ""), validators.get(b"last-modified", "")
    return Answer(start["status"], headers, body, etag, modified)


def coded(answer: Answer, coding: str) -> Answer:
    """Return the answer with its body in that content coding, under a tag of its own."""
    body, etag = packed(answer.body, coding), coded_tag(answer.etag, coding)
    headers = with_value(answer.headers, b"content-encoding", coding.encode())
    headers = with_value(headers, b"content-length", b"%d" % len(body))
    if etag:
        headers = with_value(headers, b"etag", etag.encode("latin-1"))
    return replace(answer, headers=headers, body=body, etag=etag)


def options(refused: Answer) -> Answer:
    """Return the answer to OPTIONS, out of the 405 of a route that does not know the method."""
    methods = allowed(refused)
    headers = ((b"allow", methods), (b"access-control-allow-methods", methods), *PREFLIGHT)
    return Answer(HTTPStatus.NO_CONTENT, headers, b"")


def allowed(refused: Answer) -> bytes:
    """Return the methods of a 405's Allow header, and OPTIONS, which all URLs answer."""
    methods = {method.strip() for method in value_of(refused, b"allow").split(b",")}
    return b", ".join(sorted({*methods, b"OPTIONS"} - {b""}))


def with_common_headers(answer: Answer) -> Answer:
    """Return the answer with the headers that all answers carry, and those of pages on pages.

    A header that the answer has already stays: a page may say who else may show it in a frame.
    """
    is_page = value_of(answer, b"content-type").startswith(HTML.media_type.encode())
    common = (*COMMON_HEADERS, *PAGE_HEADERS) if is_page else COMMON_HEADERS
    said = {name for name, _ in answer.headers}
    extra = (header for header in common if header[0] not in said)
    return replace(answer, headers=(*answer.headers, *extra))


def is_kept(answer: Answer) -> bool:
    """Whether the answer can be given again: it is of bytes that last as long as the data."""
    of_bytes = b"accept-encoding" in value_of(answer, b"vary").lower()
    lasts = answer.status == HTTPStatus.OK and bool(answer.etag) and of_bytes
    return lasts or answer.status == HTTPStatus.SEE_OTHER


def wired(answer: Answer) -> Answer:
    """Return the answer with its header lines, where it is a 200, as they are sent."""
    if answer.status != HTTPStatus.OK:
        return answer
    repeated = [header for header in answer.headers if header[0] in REPEATED]
    return replace(answer, wire=header_lines(answer.headers), wire_of_304=header_lines(repeated))


def header_lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return headers as lines of a response."""
    return b"".join(b"%b: %b\r\n" % header for header in headers)


def as_sent(answer: Answer, held: str) -> tuple[bytes, bytes] | None:
    """Return a kept answer to GET as (status and header lines, body), from bytes alone.

    `held` is the request's only precondition, If-None-Match, "" for none. Returns None where
    that takes more than a look: `kg.web.conditions` decides.
    """
    if not answer.wire or held not in ("", answer.etag):
        return None
    if held:
        return NOT_MODIFIED + answer.wire_of_304, b""
    # a long body is sent in pieces
    return (OK + answer.wire, bytes(answer.body)) if len(answer.body) <= LONG else None


def with_value(headers: RawHeaders, name: bytes, value: bytes) -> RawHeaders:
    """Return the headers with that one in place of those of its name."""
    return (*(header for header in headers if header[0] != name), (name, value))


def value_of(answer: Answer, name: bytes) -> bytes:
    """Return the values of a header as one list, b"" where there is none."""
    return b", ".join(value for found, value in answer.headers if found == name)
