"""Requests as the log has them: of a real server, told who they are from by a real client."""

import json
import socket
from contextlib import contextmanager

import pytest

from tests.conftest import serving

# what must not be in any log
SECRET = "tell-nobody"


@contextmanager
def logged(folder, capfd, **env: str):
    """A server that logs every request; yields it, and a list that has the lines at the end."""
    lines: list[dict] = []
    with serving(str(folder), env={"KG_LOG_REQUESTS": "all", **env}) as server:
        yield server, lines
    lines += [json.loads(line) for line in capfd.readouterr().err.splitlines()]


@pytest.fixture
def folder(write_project):
    return write_project({"a.ttl": "ex:a ex:p 1 ."})


def test_every_request_has_an_id_a_line_and_no_secret(folder, capfd):
    with logged(folder, capfd) as (server, lines):
        ids = [
            server.get(f"/doc/a?key={SECRET}").headers["x-request-id"],
            server.get("/doc/a").headers["x-request-id"],
            server.get("/doc/a").headers["x-request-id"],
            server.get(f"/sparql?query=ASK%7B%22{SECRET}%22", headers={
                "authorization": SECRET, "cookie": SECRET, "referer": SECRET, "user-agent": SECRET,
            }).headers["x-request-id"],
            server.request("POST", "/sparql", data={"query": f"ASK {{}} # {SECRET}"})
            .headers["x-request-id"],
            server.request("HEAD", "/dump.nq").headers["x-request-id"],
        ]  # fmt: skip
    assert ids == [line["request"] for line in lines]
    assert 6 == len(set(ids))
    assert ["/doc/a"] * 3 + ["/sparql"] * 2 + ["/dump.nq"] == [line["path"] for line in lines]
    assert [200, 200, 200, 400, 200, 200] == [line["status"] for line in lines]
    assert lines[2]["bytes"] > 100
    assert 0 == lines[5]["bytes"]
    assert all(0 < line["seconds"] < 60 for line in lines)
    assert SECRET not in json.dumps(lines)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-123_Z.9", True), ("x" * 100, True), ("x" * 101, False), ("a b", False),
     ('"}{', False), ("", False), ("a;b", False)],
)  # fmt: skip
def test_an_id_is_taken_over_where_it_can_stand_in_a_log(server, given, kept):
    for _ in range(2):
        id_ = server.get("/doc/claim/c-0045", headers={"x-request-id": given})
        assert kept == (given == id_.headers["x-request-id"])


def test_answers_from_bytes_are_logged_too(folder, capfd):
    with logged(folder, capfd, KG_SITE_FROM_BYTES="true") as (server, lines):
        whole = [server.get("/doc/a") for _ in range(3)]
        server.get("/doc/a", headers={"if-none-match": whole[0].headers["etag"]})
    assert ["/doc/a"] * 4 == [line["path"] for line in lines]
    assert [200, 200, 200, 304] == [line["status"] for line in lines]
    assert [len(whole[0].content)] * 3 == [line["bytes"] for line in lines[:3]]
    assert ["", "", ""] == [line["request"] for line in lines[1:]]
    assert {"127.0.0.1"} == {line["client"] for line in lines}


def test_what_is_no_request_is_logged(folder, capfd):
    with logged(folder, capfd) as (server, lines):
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            connection.sendall(b"nonsense\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 400")
    (line,) = (line for line in lines if line["event"] == "request")
    assert (400, "-", "") == (line["status"], line["method"], line["path"])


def test_lines_name_the_client_that_a_trusted_proxy_names(folder, capfd):
    told = {"x-forwarded-for": "192.0.2.66, 203.0.113.9"}
    with logged(folder, capfd) as (server, lines):
        server.get("/doc/a", headers=told)
        server.get("/doc/a", headers=told)
    assert ["203.0.113.9"] * 2 == [line["client"] for line in lines]
    with logged(folder, capfd, KG_SITE_PROXIES="10.0.0.0/8") as (server, lines):
        server.get("/doc/a", headers=told)
    assert ["127.0.0.1"] == [line["client"] for line in lines]


def test_a_client_that_leaves_within_its_body_is_no_failure_of_the_server(folder, capfd):
    with logged(folder, capfd) as (server, lines):
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=60) as connection:
            connection.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n"
                b"Content-Type: application/sparql-query\r\n\r\nASK"
            )
        server.get("/doc/a")
    assert [("/sparql", 400), ("/doc/a", 200)] == [(one["path"], one["status"]) for one in lines]
