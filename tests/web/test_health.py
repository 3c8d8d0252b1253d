"""Whether a server is ready, as those ask who stand before it."""

import os
import signal
import threading

import httpx
import pytest

from tests.conftest import serving
from tests.test_server import ENDLESS, children


@pytest.fixture
def folder(write_project):
    return write_project({"a.ttl": "".join(f"ex:a{n} ex:p {n} ." for n in range(300))})


def test_a_server_that_answers_is_ready_and_says_what_it_serves(server):
    response = server.get("/health")
    assert 200 == response.status_code
    assert "no-store" == response.headers["cache-control"]
    said = response.json()
    assert ("ready", "Queries are answered.") == (said["status"], said["detail"])
    assert 64 == len(said["snapshot"])
    assert 200 == server.request("HEAD", "/health").status_code
    assert 405 == server.request("POST", "/health").status_code


def test_a_server_whose_workers_cannot_start_is_not_ready_and_says_why(folder, tmp_path):
    cache = tmp_path / "cache"
    with serving(str(folder), env={"XDG_CACHE_HOME": str(cache)}) as server:
        assert 200 == server.get("/health").status_code
        (copy,) = (one for one in (cache / "kg" / "builds").iterdir() if (one / "store").exists())
        copy.rename(tmp_path / "moved")
        for worker in children(server.pid):
            os.kill(worker, signal.SIGKILL)
        response = server.get("/health")
        assert 503 == response.status_code
        assert "Queries are not answered: " in response.json()["detail"]
        assert "no-store" == response.headers["cache-control"]
        assert 200 == server.get("/doc/a1.ttl").status_code
        (tmp_path / "moved").rename(copy)
        assert 200 == server.get("/health").status_code


def test_a_remote_engine_that_is_down_takes_no_iri_with_it(folder):
    env = {"KG_STORE_KIND": "sparql:http://127.0.0.1:9/sparql"}
    with serving(str(folder), env=env) as server:
        response = server.get("/health")
        assert 200 == response.status_code
        assert response.json()["detail"].startswith("IRIs are answered, queries are not: ")


def asked_from(url: str, number: int) -> None:
    """Ask without end from an address of the loopback network."""
    transport = httpx.HTTPTransport(local_address=f"127.0.0.{number}")
    with httpx.Client(transport=transport, timeout=60) as client:
        client.get(f"{url}/sparql", params={"query": ENDLESS})


def test_workers_that_are_busy_are_not_broken(folder):
    with serving(str(folder), env={"KG_STORE_WORKERS": "1", "KG_LIMITS_QUERY_SECONDS": "4"}) as it:
        # one client alone leaves a place to others
        asking = [threading.Thread(target=asked_from, args=(it.url, n)) for n in range(2, 5)]
        for one in asking:
            one.start()
        while it.get("/health").json()["detail"] != "All workers are busy.":
            assert any(one.is_alive() for one in asking)
        for one in asking:
            one.join()
        assert "Queries are answered." == it.get("/health").json()["detail"]
