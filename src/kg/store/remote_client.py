"""HTTP to a remote engine (storey 3): one POST with a deadline and a limit on bytes.

The deadline is for the whole exchange, not for each read; redirects are not followed; an answer
that ends early is an error. Nothing here knows SPARQL: `kg.store.remote` does.
"""

import base64
import queue
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse
from threading import Lock
from typing import cast
from urllib.parse import SplitResult, unquote, urlsplit

from kg.errors import ProjectError, RemoteFailed, RemoteTimeout, ResultTooLarge, StoreUnavailable
from kg.patience import Patient, time_left
from kg.rdf.formats import FORM

PIECE = 65_536

# of an answer that tells why there is none
ERROR_BYTES = 10_000

# connections that are kept open between queries
KEPT = 8


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an engine answers; `shown` is its URL without name and password."""

    shown: str
    host: str
    port: int
    target: str
    secure: bool
    authorization: str = ""


def endpoint_at(url: str) -> Endpoint:
    """Return the endpoint at a URL, which may hold a name and password and a query.

    Raises: ProjectError when it is no http or https URL.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), 0
    if parts.scheme not in ("http", "https") or not parts.hostname or not _plain(url):
        # the URL may hold a password: it is not repeated
        raise ProjectError(
            "store.kind: what stands after sparql: must be a URL of http or https, "
            "for example sparql:https://example.org/sparql."
        )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    shown = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
    return Endpoint(shown, parts.hostname, port, target, parts.scheme == "https", _basic(parts))


def _plain(url: str) -> bool:
    return url.isascii() and all(character > " " for character in url)


def _basic(parts: SplitResult) -> str:
    """Return the credentials of a URL as a header's value: https://www.rfc-editor.org/rfc/rfc7617."""
    if not parts.username:
        return ""
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer; of one that is not 200 only the beginning of the body is read."""

    status: int
    headers: HTTPMessage
    body: bytes
    # whether its end was announced, so that a lost connection cannot pass for it
    framed: bool


class Client:
    """Connections to one endpoint, kept open while nobody needs them; for any thread."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._idle: queue.LifoQueue[HTTPConnection] = queue.LifoQueue(KEPT)
        self._lock = Lock()
        self._closed = False
        self._open: set[HTTPConnection] = set()
        self._context = ssl.create_default_context() if endpoint.secure else None

    def post(self, form: bytes, accept: str, seconds: float, limit: int) -> Reply:
        """Return the answer to a form.

        Raises: RemoteTimeout when it is not whole after that many seconds, ResultTooLarge when it
        is over the limit in bytes, StoreUnavailable when nobody is there, RemoteFailed when what
        comes is not whole or not HTTP.
        """
        deadline = time.monotonic() + seconds
        try:
            return self._exchanged(form, accept, deadline, limit)
        except TimeoutError:
            raise RemoteTimeout(
                f"The engine did not answer within {seconds:g} s. Ask for less: add a LIMIT, "
                "bind a variable, or connect the patterns that share none."
            ) from None
        except HTTPException as error:
            raise RemoteFailed(f"The engine's answer broke off or is not HTTP: {error}.") from error
        except OSError as error:
            raise StoreUnavailable(f"The engine cannot be reached: {_reason(error)}.") from error

    def close(self) -> None:
        """Break off all connections, busy or not: who waits for an answer gets an error."""
        with self._lock:
            self._closed = True
            connections = tuple(self._open)
        for connection in connections:
            # whoever waits in another thread is woken, which closing does not do
            with suppress(OSError, AttributeError):
                connection.sock.shutdown(socket.SHUT_RDWR)
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def _exchanged(self, form: bytes, accept: str, deadline: float, limit: int) -> Reply:
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            return self._sent(self._connected(deadline), form, accept, deadline, limit)
        try:
            return self._sent(connection, form, accept, deadline, limit)
        except TimeoutError:
            raise
        except (HTTPException, OSError):
            # the engine may have closed what was idle: a query can be asked twice
            return self._sent(self._connected(deadline), form, accept, deadline, limit)

    def _connected(self, deadline: float) -> HTTPConnection:
        connection = HTTPConnection(self.endpoint.host, self.endpoint.port)
        # a connection of ours has no other timeout than the socket's
        connection.timeout = time_left(deadline)
        connection.connect()
        if self._context:
            connection.sock.settimeout(time_left(deadline))
            host = self.endpoint.host
            connection.sock = self._context.wrap_socket(connection.sock, server_hostname=host)
        connection.sock = cast("socket.socket", Patient(connection.sock))
        with self._lock:
            if self._closed:
                connection.close()
                raise StoreUnavailable("The server is being stopped.")
            self._open.add(connection)
        return connection

    def _sent(
        self, connection: HTTPConnection, form: bytes, accept: str, deadline: float, limit: int
    ) -> Reply:
        kept = False
        try:
            cast("Patient", connection.sock).deadline = deadline
            connection.request("POST", self.endpoint.target, form, self._headers(accept))
            response = connection.getresponse()
            reply = _read(response, limit)
            kept = response.isclosed() and not response.will_close
            return reply
        finally:
            self._put_back(connection, kept=kept)

    def _headers(self, accept: str) -> Mapping[str, str]:
        headers = {"Accept": accept, "Content-Type": FORM.media_type, "User-Agent": "kg"}
        if self.endpoint.authorization:
            headers["Authorization"] = self.endpoint.authorization
        return headers

    def _put_back(self, connection: HTTPConnection, *, kept: bool) -> None:
        try:
            if kept and connection.sock and not self._closed:
                self._idle.put_nowait(connection)
                return
        except queue.Full:
            pass
        with self._lock:
            self._open.discard(connection)
        connection.close()


def _read(response: HTTPResponse, limit: int) -> Reply:
    framed = response.chunked or response.length is not None
    if response.status != 200:
        return Reply(response.status, response.headers, response.read(ERROR_BYTES), framed)
    pieces, size = [], 0
    while piece := response.read(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise ResultTooLarge(limit)
    if response.length:
        raise HTTPException(f"{response.length:,} bytes are missing")
    return Reply(response.status, response.headers, b"".join(pieces), framed)


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
