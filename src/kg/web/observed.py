"""Every request, seen from its headers to the end of its answer (storey 4).

It gets an id, the address that it is really from, a number among the counts and a line in the
log; what answers it knows nothing of that.
"""

import re
from dataclasses import dataclass
from random import getrandbits
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.answers import RawHeaders
from kg.web.counts import Counts
from kg.web.forwarded import Proxies
from kg.web.journal import REQUEST, Entry, Journal

# where a scope holds what is known of its request
SEEN = "kg.seen"

ID_HEADER = b"x-request-id"
# what others may call a request; anything else gets an id of ours
ID = re.compile(rb"[A-Za-z0-9._~+/=-]{1,100}")

# a client that left before there was an answer, as nginx writes it
LEFT = 499


@dataclass(slots=True)
class Seen:
    """What is known of one request by now: its id, since when, how it is answered."""

    id: bytes
    is_told: bool
    began: float
    status: int = LEFT
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Watch:
    """Sees requests begin and end, and counts and logs them."""

    proxies: Proxies
    counts: Counts
    journal: Journal

    def begin(self, scope: Scope) -> Seen:
        """Return what is known of a request, and put its real client and scheme into the scope."""
        origin = self.proxies.origin(scope)
        if origin:
            scope["scheme"] = origin.scheme
            if origin.is_told:
                scope["client"] = (origin.client, 0)
        is_told = origin is not None and origin.is_told
        seen = scope[SEEN] = Seen(_id(scope["headers"]), is_told, perf_counter())
        return seen

    def end(self, scope: Scope, seen: Seen) -> None:
        """Count and log a request whose answer is sent."""
        client = scope["client"][0] if scope.get("client") else ""
        path = scope["raw_path"].decode("latin-1")
        seconds = perf_counter() - seen.began
        self.counts.add(path, seen.status, seconds, seen.bytes)
        if self.journal.wants(seen.status):
            size, id_ = seen.bytes, seen.id.decode()
            self.journal.add(Entry(id_, client, scope["method"], path, seen.status, size, seconds))

    def saw(self, path: str, status: int, size: int, client: str, began: float) -> None:
        """Count and log a request that was answered from bytes, and so has no id.

        It is a GET request, or none that could be read, whose path is "".
        """
        seconds = perf_counter() - began
        self.counts.add(path, status, seconds, size)
        if self.journal.wants(status):
            method = "GET" if path else "-"
            self.journal.add(Entry("", client, method, path, status, size, seconds))


def _id(headers: RawHeaders) -> bytes:
    """Return what the client calls its request, or an id that tells it from others."""
    for name, value in headers:
        if name == ID_HEADER and ID.fullmatch(value):
            return value
    # no secret: whoever asks is told, and a look-up should not wait for the system's
    return b"%016x" % getrandbits(64)


def is_told(scope: Scope) -> bool:
    """Whether a trusted proxy said who the request is from."""
    return bool(scope[SEEN].is_told) if SEEN in scope else False


class Observed:
    """The application, watched; every answer carries the id of its request."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self.app = app
        self.watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; anything else goes to the application as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen: Seen = scope.get(SEEN) or self.watch.begin(scope)
        REQUEST.set(seen.id.decode())

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                named = (*message["headers"], (ID_HEADER, seen.id))
                message = {**message, "headers": named}
            elif message["type"] == "http.response.body":
                seen.bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            self.watch.end(scope, seen)
