"""A small real server whose answers are what a test's function writes to the socket."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Handler(BaseHTTPRequestHandler):
    """Notes what is asked, and lets the function answer; what the client leaves is no matter."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        self.server.seen.append((self.command, self.path, body))
        self.server.reply(self)

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def send(self, status=200, body=b"", **headers):
        """Answer with a body and headers, underscores for hyphens."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that go away."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_):
        pass


@contextmanager
def site(reply: Callable[[Handler], object]) -> Iterator[Quiet]:
    """A server that answers as the function does; `url` is where, `seen` what was asked."""
    with Quiet(("127.0.0.1", 0), Handler) as server:
        server.reply, server.seen = reply, []
        server.url = f"http://127.0.0.1:{server.server_address[1]}/"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
