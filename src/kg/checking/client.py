"""HTTP to a site that may be slow, hostile or endless (storey 1).

One request at a time, with a deadline for the whole of each answer, a limit on its bytes before
and after unpacking, and limits on the run. What goes wrong on the way is part of the answer.
"""

import ssl
import time
import zlib
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse
from types import MappingProxyType
from typing import cast
from urllib.parse import urlsplit

from kg.checking.exchange import Answer, Request, address_of
from kg.checking.limits import REMEMBERED, LimitReached, Limits
from kg.patience import Patient, time_left
from kg.rdf.lines import visible

PIECE = 65_536

# characters of what is no HTTP that are told
SHOWN = 200

# the only ones that are ever sent; POST carries queries
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Client:
    """Asks, remembers what it was told, and counts what that costs.

    `broken` are the answers with a fault; `ended` says in words which limit has ended the run, "".
    """

    def __init__(self, limits: Limits, agent: str = "kg-check") -> None:
        self.limits = limits
        self.requests = 0
        self.broken: list[Answer] = []
        self.ended = ""
        self._agent = agent
        self._deadline = time.monotonic() + limits.seconds
        self._answers: dict[Request, Answer] = {}
        self._remembered = 0
        self._idle: dict[tuple[str, str], HTTPConnection] = {}

    def get(self, url: str, accept: str | None = None, **headers: str) -> Answer:
        """Return the answer to a GET; headers have underscores for hyphens."""
        return self.ask(request("GET", url, accept, **headers))

    def head(self, url: str, accept: str | None = None, **headers: str) -> Answer:
        """Return the answer to a HEAD."""
        return self.ask(request("HEAD", url, accept, **headers))

    def ask(self, asked: Request) -> Answer:
        """Return the answer, which is one from memory where the same was asked before.

        Raises: LimitReached when the run has no requests or no time left.
        """
        known = self._answers.get(asked)
        if known:
            return known
        answer = self._sent(asked)
        if answer.fault:
            self.broken.append(answer)
        # one that is too large for what is left is not remembered, those after it may be
        if self._remembered + len(answer.body) <= REMEMBERED:
            self._remembered += len(answer.body)
            self._answers[asked] = answer
        return answer

    def follow(self, asked: Request) -> tuple[Answer, ...]:
        """Return the answers on the way along redirects; the last may have a `fault`."""
        chain = [self.ask(asked)]
        while chain[-1].status in REDIRECTS and chain[-1].location:
            last = chain[-1]
            if len(chain) > self.limits.redirects:
                said = f"more than {self.limits.redirects} redirects"
                chain.append(Answer(last.request, fault=said))
                self.broken.append(chain[-1])
                break
            next_ = Request(last.location, asked.method, asked.headers)
            if next_ in {one.request for one in chain}:
                chain.append(Answer(last.request, fault=f"redirects in a circle: {last.location}"))
                self.broken.append(chain[-1])
                break
            chain.append(self.ask(next_))
        return tuple(chain)

    def close(self) -> None:
        """Let go of all connections."""
        for connection in self._idle.values():
            connection.close()
        self._idle.clear()

    def _sent(self, asked: Request) -> Answer:
        assert asked.method in METHODS
        if self.requests >= self.limits.requests:
            raise self._limit(f"all {self.limits.requests:,} requests are used up (--requests)")
        if self._is_late():
            raise self._limit(f"all {self.limits.seconds:g} s are used up (--seconds)")
        self.requests += 1
        deadline = min(time.monotonic() + self.limits.answer_seconds, self._deadline)
        try:
            return self._exchanged(asked, deadline)
        except TimeoutError as error:
            # the site had less than its time: that is no fault of it
            if self._is_late():
                raise self._limit(
                    f"all {self.limits.seconds:g} s are used up (--seconds)"
                ) from error
            return Answer(asked, fault=f"no whole answer after {self.limits.answer_seconds:g} s")
        except (HTTPException, zlib.error) as error:
            said = visible(str(error) or type(error).__name__)[:SHOWN]
            return Answer(asked, fault=f"broken off, or not HTTP: {said}")
        except (OSError, ValueError) as error:
            return Answer(asked, fault=f"cannot be reached: {error}")

    def _is_late(self) -> bool:
        return time.monotonic() >= self._deadline

    def _limit(self, why: str) -> LimitReached:
        self.ended = why
        return LimitReached(why)

    def _exchanged(self, asked: Request, deadline: float) -> Answer:
        parts = urlsplit(asked.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return Answer(asked, fault="no http or https URL")
        place = (parts.scheme, parts.netloc.rpartition("@")[2])
        kept = self._idle.pop(place, None)
        if kept:
            try:
                return self._talk(kept, asked, place, deadline)
            except TimeoutError:
                raise
            except (HTTPException, OSError):
                # the site may have closed what was idle: all that is asked can be asked twice
                kept.close()
        return self._talk(_connected(place, deadline), asked, place, deadline)

    def _talk(
        self, connection: HTTPConnection, asked: Request, place: tuple[str, str], deadline: float
    ) -> Answer:
        cast("Patient", connection.sock).deadline = deadline
        kept = False
        try:
            _send(connection, asked, self._agent)
            response = connection.getresponse()
            answer = self._read(response, asked)
            kept = response.isclosed() and not response.will_close and not answer.fault
            return answer
        finally:
            if kept:
                self._idle[place] = connection
            else:
                connection.close()

    def _read(self, response: HTTPResponse, asked: Request) -> Answer:
        headers: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
        if asked.method == "HEAD":
            response.read()
        pieces, size, limit = [], 0, self.limits.bytes
        for piece in _unpacked(_pieces(response, limit), headers.get("content-encoding", "")):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                return Answer(asked, fault=f"more than {limit:,} bytes")
        if response.length and asked.method != "HEAD":
            raise HTTPException(f"{response.length:,} bytes are missing")
        return Answer(asked, response.status, MappingProxyType(headers), b"".join(pieces))


def request(method: str, url: str, accept: str | None = None, **headers: str) -> Request:
    """Return a request without a body; headers have underscores for hyphens."""
    accepted = (("Accept", accept),) if accept is not None else ()
    others = tuple((name.replace("_", "-").title(), value) for name, value in headers.items())
    return Request(address_of(url), method, (*accepted, *others))


def _connected(place: tuple[str, str], deadline: float) -> HTTPConnection:
    scheme, netloc = place
    parts = urlsplit(f"//{netloc}")
    host = parts.hostname or ""
    port = parts.port or (443 if scheme == "https" else 80)
    connection = HTTPConnection(host, port, timeout=time_left(deadline))
    connection.connect()
    if scheme == "https":
        connection.sock.settimeout(time_left(deadline))
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
    connection.sock = cast("ssl.SSLSocket", Patient(connection.sock))
    return connection


def _send(connection: HTTPConnection, asked: Request, agent: str) -> None:
    parts = urlsplit(asked.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    given = {name for name, _ in asked.headers}
    connection.putrequest(asked.method, target, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", parts.netloc.rpartition("@")[2])
    connection.putheader("User-Agent", agent)
    if "Accept-Encoding" not in given:
        connection.putheader("Accept-Encoding", "identity")
    for name, value in asked.headers:
        connection.putheader(name, value.encode())
    if asked.method == "POST":
        connection.putheader("Content-Length", str(len(asked.body)))
    connection.endheaders(asked.body or None)


def _pieces(response: HTTPResponse, limit: int) -> Iterator[bytes]:
    """Yield the body as it comes, at most a piece over the limit."""
    size = 0
    while size <= limit and (piece := response.read1(PIECE)):
        size += len(piece)
        yield piece


def _unpacked(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """Yield the pieces without their content coding, none larger than what is read at a time."""
    if coding.strip().lower() not in ("gzip", "x-gzip"):
        yield from pieces
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for piece in pieces:
        data = piece
        while data:
            yield unpacker.decompress(data, PIECE)
            data = unpacker.unconsumed_tail
