"""A server of the checker's own, which notes that somebody calls it (storey 1).

A query names it, so that neither the site is made to call itself, which some answer never again,
nor anybody else. It listens where the site is at hand: on this machine, or in a private network.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Event, Thread
from urllib.parse import urlsplit

from kg.rdf.formats import JSON, TURTLE

ROW = b'{"head":{"vars":["one"]},"results":{"bindings":[{"one":{"type":"literal","value":"1"}}]}}'
STATEMENT = b"<urn:kg-check:a> <urn:kg-check:b> <urn:kg-check:c> ."


@dataclass(frozen=True, slots=True)
class Canary:
    """A URL for a query to name, and whether anybody has called it."""

    url: str
    called: Event


@contextmanager
def listening(site: str) -> Iterator[Canary | None]:
    """Yield a canary that the site can reach; None where it is somewhere else.

    `site` is any URL of it.
    """
    address = _address_beside(site)
    if not address:
        yield None
        return
    called = Event()
    with ThreadingHTTPServer((address, 0), _handler(called)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Canary(f"http://{address}:{server.server_address[1]}/canary", called)
        finally:
            server.shutdown()


def _address_beside(site: str) -> str:
    """Return the address by which this machine reaches a site at hand, else nothing."""
    parts = urlsplit(site)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # nothing is sent: this only chooses a way
            probe.connect((parts.hostname or "", parts.port or 80))
        except OSError:
            return ""
        at_hand = ip_address(probe.getpeername()[0]).is_private
        return str(probe.getsockname()[0]) if at_hand else ""


def _handler(called: Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Gives one row to who asks a query, and one statement to who asks for a document."""

        def do_GET(self) -> None:
            called.set()
            asked = "query=" in self.path or self.command == "POST"
            kind, body = (JSON, ROW) if asked else (TURTLE, STATEMENT)
            self.send_response(200)
            self.send_header("Content-Type", kind.media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if self.command != "HEAD" else b"")

        do_POST = do_HEAD = do_GET  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
            """Say nothing: the check says what came."""

    return Handler
