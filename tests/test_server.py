"""The server as a process: busy, told to stop, and gone."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from kg.errors import ProjectError
from kg.listening import bound, listen
from tests.conftest import serving
from tests.processes import command_of

# no machine ends it: 300 triples joined six times without a common variable
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


def ask(url: str, answers: list) -> None:
    """Ask what has no end, and keep the answer, or None where the server went away."""
    try:
        answers.append(httpx.get(f"{url}/sparql", params={"query": ENDLESS}, timeout=60))
    except httpx.HTTPError:
        answers.append(None)


@pytest.fixture
def folder(write_project):
    return write_project({"a.ttl": "".join(f"ex:a{n} ex:p {n} ." for n in range(300))})


def started(folder, temporary, **env: str) -> tuple[subprocess.Popen[str], str]:
    """Start a server that keeps its temporary files in that folder."""
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary), **env},
    )
    url = process.stdout.readline().strip()
    for line in process.stdout:
        if line.startswith("Ctrl+C"):
            break
    return process, url


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_leaves_nothing_behind(folder, tmp_path, number):
    process, url = started(folder, tmp_path / "temporary")
    assert httpx.get(f"{url}sparql", params={"query": "ASK {}"}).json()["boolean"]
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert [] == list((tmp_path / "temporary").iterdir())
    assert "Traceback" not in out + err


def test_a_query_that_runs_does_not_keep_the_server_from_stopping(folder, tmp_path):
    process, url = started(folder, tmp_path / "temporary")
    answers = []
    asking = threading.Thread(target=ask, args=(url.rstrip("/"), answers))
    asking.start()
    # the query runs when the other worker has answered this one
    httpx.get(f"{url}sparql", params={"query": "ASK {}"})
    process.terminate()
    # far less than the thirty seconds that the query may take
    process.communicate(timeout=15)
    asking.join()
    (answer,) = answers
    assert answer is None or 503 == answer.status_code


@contextmanager
def never_ending(url):
    """A request that the server waits for the body of, which never comes."""
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as asking:
        asking.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n"
            b"Content-Type: application/sparql-query\r\n\r\n"
        )
        assert asking.recv(100).startswith(b"HTTP/1.1 100 ")
        yield


@pytest.mark.alone
def test_a_server_ends_within_five_seconds_of_sigterm_whatever_runs(folder, tmp_path):
    process, url = started(folder, tmp_path / "temporary")
    answers = []
    asking = threading.Thread(target=ask, args=(url.rstrip("/"), answers))
    asking.start()
    httpx.get(f"{url}sparql", params={"query": "ASK {}"})
    with never_ending(url):
        process.terminate()
        try:
            process.communicate(timeout=5)
        finally:
            process.kill()
    asking.join()
    assert 0 == process.returncode
    assert [] == list((tmp_path / "temporary").iterdir())


def test_iris_answer_while_queries_wait_in_long_rows(folder):
    answers = []
    with serving(str(folder)) as server:
        rows = [threading.Thread(target=ask, args=(server.url, answers)) for _ in range(100)]
        for row in rows:
            row.start()
        # with one pool of threads for all, these would wait until a query is stopped
        for _ in range(20):
            assert 200 == server.get("/doc/a1.ttl").status_code
        early = [answer.text for answer in answers if answer]
    for row in rows:
        row.join()
    assert 100 == len(answers)
    assert [] == [text for text in early if "stopped after" in text]
    refused = [answer for answer in answers if answer and "Too many" in answer.text]
    assert {503} == {answer.status_code for answer in refused}
    assert all(answer.headers["retry-after"] for answer in refused)


def test_iris_of_any_script_are_answered_in_every_format(write_project):
    name = "http://example.org/حلب/é"
    folder = write_project(
        {"a.ttl": f"<{name}> a ex:City ; rdfs:label 'حلب'@ar . ex:b a ex:City ."}
    )
    with serving(str(folder)) as server:
        path = quote("/حلب/é")
        assert 303 == server.get(path).status_code
        for suffix in ("ttl", "nt", "jsonld", "rdf", "trig", "nq", "html"):
            response = server.get(f"/doc{path}.{suffix}")
            assert 200 == response.status_code, suffix
            assert response.headers["link"].isascii()
            assert "حلب" in response.text or "\\u062D" in response.text


def test_settings_that_are_moved_with_the_data_still_count_it(write_project):
    settings = 'base = "http://example.org/"\n[folders]\ndata = "d"\n'
    settings += '[site]\nclasses = ["http://example.org/City"]\n'
    folder = write_project({"kg.toml": settings, "d/a.ttl": "ex:a a ex:City ."})
    with serving(str(folder), "--base", "http://127.0.0.1:9/") as server:
        assert "1 City" in server.printed or "1 ex:City" in server.printed


def children(pid: int) -> set[int]:
    """The processes that this one has started, without those that they have started."""
    found = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    # Python has one of its own, which cleans up after others
    return {child for child in found if "resource_tracker" not in command_of(child)}


def answers(url: str) -> bool:
    with httpx.Client() as client:
        asked = client.get(f"{url}sparql", params={"query": "ASK {}"})
        return asked.json()["boolean"] and client.get(f"{url}dump.nq").status_code == 200


def until(condition) -> None:
    """Wait for what happens soon, and fail where it does not."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_several_processes_serve_one_snapshot_and_one_that_dies_is_replaced(folder, tmp_path):
    process, url = started(folder, tmp_path / "temporary", KG_SITE_PROCESSES="3")
    serving_it = children(process.pid)
    assert 3 == len(serving_it)
    os.kill(min(serving_it), signal.SIGKILL)
    until(lambda: len(children(process.pid) - {min(serving_it)}) == 3)
    assert all(answers(url) for _ in range(20))
    # what they read is in the cache: one folder is for large answers
    assert 1 == len(list((tmp_path / "temporary").iterdir()))
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    assert [] == list((tmp_path / "temporary").iterdir())
    assert "Traceback" not in out + err
    assert "Ctrl+C" not in out, "it was said before"


def test_processes_end_with_the_one_that_started_them(folder, tmp_path):
    process, _ = started(folder, tmp_path / "temporary", KG_SITE_PROCESSES="2")
    serving_it = children(process.pid)
    process.kill()
    # they hold its standard output: it ends when they have ended
    process.communicate(timeout=20)
    assert 2 == len(serving_it)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in serving_it))


def test_a_request_that_has_begun_is_answered_when_the_server_is_told_to_stop(folder, tmp_path):
    process, url = started(folder, tmp_path / "temporary", KG_LOG_REQUESTS="all")
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    body = b"query=" + b"ASK+%7B%7D"
    head = f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n"
    with (
        socket.create_connection((host, int(port)), timeout=20) as asking,
        socket.create_connection((host, int(port)), timeout=20) as idle,
    ):
        asking.sendall(head.encode())
        # it is sent when the application waits for the body
        assert asking.recv(100).startswith(b"HTTP/1.1 100 ")
        process.terminate()
        # who asks for nothing is let go at once
        assert b"" == idle.recv(1)
        asking.sendall(body)
        answer = b"".join(iter(lambda: asking.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"connection: close" in answer.lower()
    assert answer.endswith(b'"boolean":true}')
    _, err = process.communicate(timeout=20)
    assert 0 == process.returncode
    assert '"status": 200' in err


def test_a_client_that_never_ends_its_request_does_not_keep_the_server(folder, tmp_path):
    process, url = started(folder, tmp_path / "temporary")
    with never_ending(url):
        process.terminate()
        process.communicate(timeout=20)
    assert 0 == process.returncode
    assert [] == list((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize(
    ("host", "port", "why"),
    [("ä..b", 0, "encoding of hostname failed"), ("127.0.0.1", 99_999, "port must be 0-65535")],
)
def test_what_is_no_address_is_named(host, port, why):
    refused = pytest.raises(ProjectError, match=f"cannot listen on {host}:{port}: .*{why}")
    with refused, bound(host, port):
        raise AssertionError


def test_who_comes_before_there_are_answers_is_refused_and_may_ask_another_server():
    with bound("127.0.0.1", 0) as listener:
        address = listener.getsockname()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, timeout=20)
        listen(listener)
        socket.create_connection(address, timeout=20).close()


def test_of_two_servers_that_began_at_once_the_slower_one_says_that_the_port_is_taken():
    with bound("127.0.0.1", 0) as faster:
        port = faster.getsockname()[1]
        with bound("127.0.0.1", port) as slower:
            listen(faster)
            with pytest.raises(ProjectError, match=f"cannot listen on 127.0.0.1:{port}: .*in use"):
                listen(slower)
