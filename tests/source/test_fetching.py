"""A data set by URL, from a real server on the loopback interface that can be slow and wrong."""

import gzip
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from kg.errors import ProjectError
from kg.project import open_project
from kg.settings import Limits
from kg.source.fetching import fetched, is_url
from kg.source.loading import load

TURTLE = b"<http://example.org/a> <http://example.org/p> 1 .\n"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        """Say nothing."""

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.server.targets[path[4:]])
            self.end_headers()
            return
        status, headers, body = self.server.files.get(path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        if path == "/slow.ttl":
            self.server.stop.wait(20)


@pytest.fixture(scope="module")
def place():
    """Where the server answers, without a trailing slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.stop = Event()
    address = f"http://127.0.0.1:{server.server_port}"
    server.targets = {
        "a": f"{address}/a.ttl", "file": "file:///etc/passwd", "ftp": "ftp://127.0.0.1/a.ttl",
        "round": f"{address}/to/round",
    }  # fmt: skip
    server.files = {
        "/a.ttl": (200, {}, TURTLE),
        "/a.ttl.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress(TURTLE)),
        "/dump": (200, {"Content-Type": "text/turtle; charset=utf-8"}, TURTLE),
        "/page": (200, {"Content-Type": "text/html"}, b"<p>no"),
        "/cut.ttl": (200, {"Content-Length": "1000"}, TURTLE),
        "/large.ttl": (200, {"Content-Length": "100000"}, TURTLE),
        "/endless.ttl": (200, {}, TURTLE * 10_000),
        "/slow.ttl": (200, {"Content-Length": "1000"}, TURTLE),
        "/gone.ttl": (410, {}, b""),
    }
    Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.stop.set()
    server.shutdown()
    server.server_close()


LIMITS = Limits(fetched_bytes=50_000, fetched_seconds=5.0)


@pytest.mark.parametrize(
    ("path", "name"),
    [("/a.ttl", "a.ttl"), ("/a.ttl?x=1", "a.ttl"), ("/a.ttl.gz", "a.ttl.gz"),
     ("/dump", "dump.ttl"), ("/to/a", "a.ttl")],
)  # fmt: skip
def test_a_file_is_fetched_and_read(place, tmp_path, path, name):
    file = fetched(place + path, tmp_path, LIMITS)
    assert name == file.name
    assert 1 == len(list(load(open_project(file, environ={})).quads("data")))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing.ttl", "the server answers 404"),
        ("/gone.ttl", "the server answers 410"),
        ("/page", "neither its name nor its media type, text/html"),
        ("/large.ttl", "more than 50,000 bytes.*fetched_bytes"),
        ("/endless.ttl", "more than 50,000 bytes"),
        ("/cut.ttl", "bytes are missing at its end"),
        ("/to/file", "the server answers 302"),
        ("/to/ftp", "unknown url type"),
        ("/to/round", "302"),
    ],
)
def test_what_cannot_be_fetched_is_said_with_its_url(place, tmp_path, path, words):
    with pytest.raises(ProjectError, match=words) as caught:
        fetched(place + path, tmp_path, LIMITS)
    assert str(caught.value).startswith(place + path)


def test_a_slow_server_is_not_waited_for(place, tmp_path):
    with pytest.raises(ProjectError, match=r"timed out|not whole after"):
        fetched(f"{place}/slow.ttl", tmp_path, replace(LIMITS, fetched_seconds=0.5))


def test_nobody_listening_is_an_error(tmp_path):
    with pytest.raises(ProjectError, match="cannot be fetched"):
        fetched("http://127.0.0.1:9/a.ttl", tmp_path, LIMITS)


def test_only_http_and_https_name_urls():
    assert is_url("https://example.org/a.ttl")
    assert not is_url("file:///etc/passwd")
    assert not is_url("data/a.ttl")
