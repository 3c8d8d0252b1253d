"""What HTTP asks of every answer, done once, around the whole application (storey 4).

Routes answer with 200, a strong entity tag and bytes; here those bytes are packed as the client
likes, remembered, compared with what the client holds, and left out for HEAD. `OPTIONS` is
answered from what the routes allow. Answers in pieces pass through.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.rdf.formats import HTML, PROBLEM
from kg.web.codings import LONG, coded_tag, coding_for, packed
from kg.web.conditions import judge
from kg.web.memo import Answer, Key, Memo, RawHeaders

# nothing from outside, nothing inline: data in a page can never become a program
CONTENT_SECURITY_POLICY = (
    b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

EXPOSED = (
    b"Link, ETag, Content-Location, Last-Modified, Location, Retry-After, Accept-Ranges, "
    b"Content-Range, Content-Length, Allow"
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

# what a 304 repeats, besides what is true of every answer
# Source: https://www.rfc-editor.org/rfc/rfc9110#name-304-not-modified
REPEATED = frozenset(
    {b"etag", b"vary", b"cache-control", b"content-location", b"expires", b"last-modified"}
) | {name for name, _ in (*COMMON_HEADERS, *PAGE_HEADERS)}

CONDITIONS = frozenset({"if-match", "if-none-match", "if-modified-since", "if-unmodified-since"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request decides how an answer is sent; names of headers are in lower case."""

    method: str
    key: Key
    headers: Mapping[str, str]


class Exchange:
    """The application that `app` is to clients; `memo` holds what it answered before."""

    def __init__(self, app: ASGIApp, memo: Memo) -> None:
        self.app = app
        self.memo = memo

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; anything else goes to the application as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = read(scope)
        reading = asked.method in ("GET", "HEAD")
        answer = self.memo.get(asked.key) if reading else None
        if answer is not None:
            await _send(send, conditioned(answer, asked), body=asked.method != "HEAD")
            return
        gathered = Gathered(send, asked)
        try:
            await self.app(scope, receive, gathered.take)
        finally:
            # an application that fails answers first, and raises then, for the log
            if gathered.answer is not None:
                answer = await prepared(gathered.answer, asked)
                if reading and is_kept(answer):
                    self.memo.put(asked.key, wired(answer))
                await _send(send, conditioned(answer, asked), body=asked.method != "HEAD")


class Gathered:
    """Takes the application's answer: keeps a whole one, passes on one that comes in pieces."""

    def __init__(self, send: Send, asked: Asked) -> None:
        self.answer: Answer | None = None
        self._send = send
        self._asked = asked
        self._start: Message = {}
        self._passing = False
        self._dropping = False

    async def take(self, message: Message) -> None:
        """Take one message of the application's."""
        if message["type"] == "http.response.start":
            self._start = message
        elif self._passing:
            if not self._dropping:
                await self._send(message)
        elif message.get("more_body") or message["type"] != "http.response.body":
            await self._pass_on(message)
        else:
            self.answer = answer_of(self._start, message.get("body", b""))

    async def _pass_on(self, message: Message) -> None:
        self._passing = True
        answer = with_common_headers(answer_of(self._start, b""))
        judged = conditioned(answer, self._asked)
        if judged is not answer:
            self._dropping = True
            await _send(self._send, judged, body=True)
            return
        await self._send({**self._start, "headers": answer.headers})
        await self._send(message)


def read(scope: Scope) -> Asked:
    """Return what is asked; several lines of one header count as one list."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    key = (
        scope["raw_path"],
        scope["query_string"],
        headers.get("host", ""),
        headers.get("accept", ""),
        headers.get("accept-encoding", ""),
    )
    return Asked(scope["method"], key, headers)


def answer_of(start: Message, body: bytes) -> Answer:
    """Return the answer that an ASGI start message and a body make."""
    headers = tuple((name.lower(), value) for name, value in start["headers"])
    validators = {name: value.decode("latin-1") for name, value in headers}
    etag, modified = validators.get(b"etag", ""), validators.get(b"last-modified", "")
    return Answer(start["status"], headers, body, etag, modified)


async def prepared(answer: Answer, asked: Asked) -> Answer:
    """Return the answer as this client reads it, with the headers that all answers carry."""
    if asked.method == "OPTIONS" and answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
        answer = options(answer)
    elif answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
        answer = replace(answer, headers=with_value(answer.headers, b"allow", allowed(answer)))
    elif b"accept-encoding" in value_of(answer, b"vary").lower():
        coding = coding_for(asked.headers.get("accept-encoding"), answer.body)
        if coding and len(answer.body) > LONG:
            answer = await to_thread.run_sync(coded, answer, coding)
        elif coding:
            answer = coded(answer, coding)
    return with_common_headers(answer)


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
    """Return the answer with the headers that all answers carry, and those of pages on pages."""
    is_page = value_of(answer, b"content-type").startswith(HTML.media_type.encode())
    extra = (*COMMON_HEADERS, *PAGE_HEADERS) if is_page else COMMON_HEADERS
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
    return replace(answer, wire=_lines(answer.headers), wire_of_304=_lines(repeated))


def _lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    return b"".join(b"%b: %b\r\n" % header for header in headers)


def conditioned(answer: Answer, asked: Asked) -> Answer:
    """Return the answer, or 304 or 412 in its place where the request's conditions say so."""
    if not answer.etag or CONDITIONS.isdisjoint(asked.headers):
        return answer
    status = judge(asked.headers, answer.etag, answer.modified)
    good = answer.status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT)
    if asked.method not in ("GET", "HEAD") or not good or status is None:
        return answer
    headers = tuple(header for header in answer.headers if header[0] in REPEATED)
    if status == HTTPStatus.NOT_MODIFIED:
        return Answer(status, headers, b"")
    body = json.dumps({"type": "about:blank", "title": status.phrase, "status": status}).encode()
    extra = (
        (b"content-type", PROBLEM.media_type.encode()),
        (b"content-length", b"%d" % len(body)),
    )
    return Answer(status, (*headers, *extra), body)


def with_value(headers: RawHeaders, name: bytes, value: bytes) -> RawHeaders:
    """Return the headers with that one in place of those of its name."""
    return (*(header for header in headers if header[0] != name), (name, value))


def value_of(answer: Answer, name: bytes) -> bytes:
    """Return the values of a header as one list, b"" where there is none."""
    return b", ".join(value for found, value in answer.headers if found == name)


async def _send(send: Send, answer: Answer, *, body: bool) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body if body else b""})
