"""What HTTP asks of every answer, done once, around the whole application (storey 4).

Routes answer with 200, a strong entity tag and bytes; here those bytes are packed as the client
likes, remembered, compared with what the client holds, and left out for HEAD. `OPTIONS` is
answered from what the routes allow. Answers in pieces pass through.
"""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from http import HTTPStatus

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.dataset.languages import COMMON
from kg.rdf.formats import PROBLEM
from kg.rdf.negotiation import choose_language
from kg.web.answers import (
    REPEATED,
    REPEATED_BY_412,
    Answer,
    RawHeaders,
    allowed,
    answer_of,
    as_sent,
    coded,
    is_kept,
    options,
    value_of,
    wired,
    with_common_headers,
    with_value,
)
from kg.web.codings import LONG, coding_for
from kg.web.conditions import judge
from kg.web.memo import BY_LANGUAGE, Key, Memo

# `*` is not a resource but the server, and only OPTIONS asks for it
# Source: https://www.rfc-editor.org/rfc/rfc9110#name-options
OF_THE_SERVER = Answer(
    HTTPStatus.METHOD_NOT_ALLOWED, ((b"allow", b"GET, HEAD, POST"), (b"content-length", b"0")), b""
)

CONDITIONS = frozenset({"if-match", "if-none-match", "if-modified-since", "if-unmodified-since"})
# what a server may put into the scope: it sends a whole response and says whether it could
AT_ONCE = "kg.at_once"

# bytes of a long answer that are sent at once
PIECE = 256_000

# what takes more than a look: other conditions, and a date of the past
NOT_AT_ONCE = (CONDITIONS - {"if-none-match"}) | {"accept-datetime"}

# headers whose language is remembered, and the length of those that are not
HEADERS, LONGEST = 1_000, 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a request decides how an answer is sent; names of headers are in lower case."""

    method: str
    key: Key
    headers: Mapping[str, str]


class Exchange:
    """The application that `app` is to clients; `memo` holds what it answered before.

    `languages` are those of pages. All that a client says of its languages counts as the one that
    follows from it, and for pages alone: what has no language is remembered once.
    """

    def __init__(self, app: ASGIApp, memo: Memo, languages: Sequence[str] = (COMMON,)) -> None:
        self.app = app
        self.memo = memo
        self._language = lru_cache(HEADERS)(partial(choose_language, offered=languages))

    def at_once(self, scope: Scope) -> tuple[bytes, bytes] | None:
        """Return a remembered answer to GET as (status and header lines, body), or None.

        A server may ask this before it makes a task of the request.
        """
        if scope["method"] != "GET":
            return None
        asked = read(scope)
        if not NOT_AT_ONCE.isdisjoint(asked.headers):
            return None
        headers = asked.headers
        held, languages = headers.get("if-none-match", ""), headers.get("accept-language", "")
        return self.remembered(asked.key, held, languages)

    def remembered(self, key: Key, held: str, languages: str) -> tuple[bytes, bytes] | None:
        """Return what was answered to that key as (status and header lines, body), or None.

        `held` is the request's If-None-Match, its only precondition, or ""; `languages` is its
        Accept-Language, or "".
        """
        answer = self._found(key, languages)
        return as_sent(answer, held) if answer else None

    def _found(self, key: Key, languages: str) -> Answer | None:
        answer = self.memo.get(key)
        if answer is BY_LANGUAGE:
            return self.memo.get((*key[:5], self._chosen(languages)))
        return answer

    def _keep(self, asked: Asked, answer: Answer) -> None:
        key = asked.key
        if b"accept-language" in value_of(answer, b"vary").lower():
            self.memo.put(key, BY_LANGUAGE)
            key = (*key[:5], self._chosen(asked.headers.get("accept-language", "")))
        self.memo.put(key, wired(answer))

    def _chosen(self, languages: str) -> str:
        # nobody can fill the memory with long headers
        short = len(languages) < LONGEST
        return self._language(languages) if short else self._language.__wrapped__(languages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; anything else goes to the application as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = read(scope)
        if scope["raw_path"] == b"*":
            await _send(scope, send, await prepared(OF_THE_SERVER, asked), body=True)
            return
        reading = asked.method in ("GET", "HEAD") and "accept-datetime" not in asked.headers
        languages = asked.headers.get("accept-language", "")
        answer = self._found(asked.key, languages) if reading else None
        if answer is not None:
            await _send(scope, send, conditioned(answer, asked), body=asked.method != "HEAD")
            return
        gathered = Gathered(send, asked)
        try:
            await self.app(scope, receive, gathered.take)
        finally:
            # an application that fails answers first, and raises then, for the log
            if gathered.answer is not None:
                answer = await prepared(gathered.answer, asked)
                if reading and is_kept(answer):
                    self._keep(asked, answer)
                await _send(scope, send, conditioned(answer, asked), body=asked.method != "HEAD")


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
            await _send({}, self._send, judged, body=True)
            return
        await self._send({**self._start, "headers": answer.headers})
        await self._send(message)


def read(scope: Scope) -> Asked:
    """Return what is asked; several lines of one header count as one list."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    host = headers.get("host", "")
    key = (
        scope["raw_path"],
        scope["query_string"],
        # absolute URLs in answers begin with both
        host if scope["scheme"] == "http" else f"{scope['scheme']}://{host}",
        headers.get("accept", ""),
        headers.get("accept-encoding", ""),
    )
    return Asked(scope["method"], key, headers)


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


def conditioned(answer: Answer, asked: Asked) -> Answer:
    """Return the answer, or 304 or 412 in its place where the request's conditions say so."""
    if not answer.etag or CONDITIONS.isdisjoint(asked.headers):
        return answer
    status = judge(asked.headers, answer.etag, answer.modified)
    good = answer.status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT)
    if asked.method not in ("GET", "HEAD") or not good or status is None:
        return answer
    if status == HTTPStatus.NOT_MODIFIED:
        return Answer(status, _among(answer, REPEATED), b"")
    body = json.dumps({"type": "about:blank", "title": status.phrase, "status": status}).encode()
    extra = (
        (b"content-type", PROBLEM.media_type.encode()),
        (b"content-length", b"%d" % len(body)),
    )
    return Answer(status, (*_among(answer, REPEATED_BY_412), *extra), body)


def _among(answer: Answer, names: Set[bytes]) -> RawHeaders:
    return tuple(header for header in answer.headers if header[0] in names)


async def _send(scope: Scope, send: Send, answer: Answer, *, body: bool) -> None:
    content, at_once = answer.body if body else b"", scope.get(AT_ONCE)
    short = len(content) <= PIECE
    if short and at_once and at_once(scope, answer.status, answer.headers, bytes(content)):
        return
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    rest = memoryview(content)
    # each waits until the client has read most of those before
    while len(rest) > PIECE:
        await send({"type": "http.response.body", "body": bytes(rest[:PIECE]), "more_body": True})
        rest = rest[PIECE:]
    await send({"type": "http.response.body", "body": bytes(rest)})
