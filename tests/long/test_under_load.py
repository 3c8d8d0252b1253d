"""Two hundred requests a second while the folder changes, and when the server is told to end."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import quote

import pytest

from tests.asking import until
from tests.conftest import PREFIXES, serving

pytestmark = [pytest.mark.long, pytest.mark.alone]

# requests a second, and how many connections they come by
RATE, CONNECTIONS = 200, 8

CHANGES = 3

QUERY = "SELECT ?n { ?s <http://example.org/n> ?n } ORDER BY ?s"
ASKED = (
    ("/doc/a.nt", "*/*"),
    ("/doc/a", "text/html"),
    ("/dump.nq", "*/*"),
    (f"/sparql?query={quote(QUERY)}", "text/csv"),
)


def written(folder, number: int) -> None:
    """Let the folder say that number at once, as often as there are things."""
    text = PREFIXES + "".join(f"ex:{name} ex:n 7{number}7 .\n" for name in "abc")
    beside = folder / ".a.ttl"
    beside.write_text(text, encoding="utf-8")
    beside.replace(folder / "a.ttl")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder whose state is a number; what is built of it is kept beside it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "data"
    folder.mkdir()
    written(folder, 0)
    return folder


class Steady(threading.Thread):
    """One of the connections: asks at its times whatever happens, and catches up if it is late."""

    def __init__(self, url: str, place: int, ended: threading.Event) -> None:
        super().__init__(daemon=True)
        self.host, self.place, self.ended = url.removeprefix("http://"), place, ended
        self.numbers: list[set[str]] = []
        self.wrong: list[str] = []
        self.broken: list[Exception] = []

    def run(self) -> None:
        """Ask until the end is said, or the connection breaks."""
        connection = http.client.HTTPConnection(self.host, timeout=30)
        began = time.monotonic() + self.place / RATE
        number = 0
        try:
            while not self.ended.wait(began + number * CONNECTIONS / RATE - time.monotonic()):
                path, accept = ASKED[(number + self.place) % len(ASKED)]
                # no query twice, because an answer that is remembered needs no engine
                fresh = quote(f" # {self.place} {number}") if "query=" in path else ""
                self._ask(connection, path + fresh, accept)
                number += 1
        except (OSError, http.client.HTTPException) as error:
            self.broken.append(error)
        finally:
            connection.close()

    def _ask(self, connection: http.client.HTTPConnection, path: str, accept: str) -> None:
        try:
            connection.request("GET", path, headers={"accept": accept})
            answer = connection.getresponse()
        except (ConnectionResetError, BrokenPipeError) as error:
            # a request that meets the end of its connection on the way: nothing was answered yet
            raise http.client.RemoteDisconnected from error
        text = answer.read().decode()
        if answer.status != 200:
            self.wrong.append(f"{path}: {answer.status} {text[:200]}")
        self.numbers.append({text[at - 1] for at in places(text)})


def places(text: str) -> list[int]:
    """Where the second sevens of numbers such as 737 are."""
    return [at for at in range(2, len(text)) if text[at] == text[at - 2] == "7"]


@pytest.fixture
def steady():
    """A function that starts the connections to a server; they end with the test."""
    ended, started = threading.Event(), []

    def start(url: str) -> list[Steady]:
        started.extend(Steady(url, place, ended) for place in range(CONNECTIONS))
        for one in started:
            one.start()
        return started

    yield start, ended
    ended.set()
    for one in started:
        one.join(timeout=40)


def test_a_folder_that_changes_under_200_requests_a_second_loses_none(
    folder, steady, record_property
):
    start, ended = steady
    with serving(str(folder)) as server:
        began = time.monotonic()
        clients = start(server.url)
        for number in range(1, CHANGES + 1):
            written(folder, number)
            until(
                lambda number=number: all(
                    one.broken or {str(number)} in one.numbers[-3:] for one in clients
                )
            )
        ended.set()
        for one in clients:
            one.join(timeout=40)
        sent = sum(len(one.numbers) for one in clients)
        rate = sent / (time.monotonic() - began)
    record_property("requests", sent)
    record_property("requests a second", round(rate))
    assert [] == [wrong for one in clients for wrong in (*one.wrong, *one.broken)]
    for one in clients:
        assert {1} == {len(seen) for seen in one.numbers}, "each answer is of one state"
        states = [int(*seen) for seen in one.numbers]
        assert sorted(states) == states, "nobody is led back"
        assert set(range(CHANGES + 1)) <= {*states}
    # the rate is told, not asserted: the machine may be busy
    assert sent > CHANGES * RATE


def begun(url: str, body: bytes) -> socket.socket:
    """Return the connection of a query that the application has begun to read."""
    host, port = url.removeprefix("http://").split(":")
    asking = socket.create_connection((host, int(port)), timeout=20)
    asking.sendall(
        f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\nAccept: text/csv\r\n"
        "Content-Type: application/sparql-query\r\nExpect: 100-continue\r\n\r\n".encode()
    )
    assert asking.recv(100).startswith(b"HTTP/1.1 100 ")
    return asking


def whole(asking: socket.socket) -> bytes:
    """Return what comes until the connection ends."""
    return b"".join(iter(lambda: asking.recv(65_536), b""))


def test_a_server_that_is_told_to_end_under_load_finishes_what_runs_in_five_seconds(folder, steady):
    start, _ = steady
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        url = process.stdout.readline().strip().rstrip("/")
        assert any(line.startswith("Ctrl+C") for line in process.stdout)
        clients = start(url)
        until(lambda: all(len(one.numbers) > 20 for one in clients))
        body = QUERY.encode()
        running = [begun(url, body) for _ in range(4)]
        process.terminate()
        told = time.monotonic()
        for asking in running:
            asking.sendall(body)
        answers = [whole(asking) for asking in running]
        process.wait(timeout=20)
        took = time.monotonic() - told
    finally:
        process.kill()
        process.stdout.close()
        process.wait(timeout=20)
    for asking in running:
        asking.close()
    assert 0 == process.returncode
    assert took < 5
    assert {True} == {answer.startswith(b"HTTP/1.1 200 ") for answer in answers}
    assert {b"707\r\n" * 3} == {answer.rpartition(b"n\r\n")[2] for answer in answers}
    for one in clients:
        one.join(timeout=40)
    assert [] == [wrong for one in clients for wrong in one.wrong]
    # a connection ends between two answers, never within one
    ends = {type(error) for one in clients for error in one.broken}
    assert ends <= {http.client.RemoteDisconnected, ConnectionRefusedError}, ends
