"""The examples of `deploy/` as real proxies run them, before a real server."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import serving
from tests.deploy.conftest import DEPLOY, NAME, client_from, haproxy, nginx, wanted

# 127.0.0.3 is a client somewhere, to whom nothing of the machine's own is shown
CLIENT = "127.0.0.3"


@pytest.fixture(scope="module", params=[nginx, haproxy], ids=["nginx", "haproxy"])
def behind(request, tmp_path_factory, certificate):
    """A server behind each proxy, as a client elsewhere sees it; and the lines of its log."""
    folder = tmp_path_factory.mktemp("behind")
    (folder / "a.ttl").write_text("<http://base.example/a> <http://base.example/p> 1 .")
    log = folder / "log"
    command = {"KG_LOG_REQUESTS": "all", "KG_BASE": "http://base.example/"}
    with (
        log.open("wb") as file,
        serving(str(folder), env=command, stderr=file) as server,
        request.param(
            tmp_path_factory.mktemp("proxy"), [int(server.url.rpartition(":")[2])] * 3, certificate
        ) as port,
        client_from(CLIENT, port) as client,
    ):
        yield client, log


def line_of(log: Path, id_: str) -> dict:
    """The line of the log about a request; it comes within a moment."""
    while True:
        for line in log.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n") and json.loads(line).get("request") == id_:
                return json.loads(line)


def test_the_log_names_the_client_and_not_what_it_says_of_itself(behind):
    client, log = behind
    lies = {"x-forwarded-for": "198.51.100.7", "forwarded": "for=198.51.100.7;proto=http"}
    for headers in ({}, lies):
        answer = client.get("/doc/a", headers=headers)
        assert 200 == answer.status_code
        assert CLIENT == line_of(log, answer.headers["x-request-id"])["client"]


def test_addresses_in_answers_are_the_public_ones_and_iris_are_those_of_the_base(behind):
    client, _ = behind
    links = client.get("/doc/a.linkset.json").json()["linkset"]
    assert any(link["anchor"].startswith(f"https://{NAME}/doc/a") for link in links)
    assert "<http://base.example/a>" in client.get("/doc/a.nt").text
    assert "http://base.example/" not in client.get("/sitemap.xml").text


def test_metrics_are_not_for_the_world(behind):
    client, _ = behind
    assert 404 == client.get("/metrics").status_code
    assert 200 == client.get("/health").status_code


def test_long_queries_go_through_and_bodies_that_are_too_long_do_not(behind):
    client, _ = behind
    query = "ASK {} #" + "x" * 12_000
    assert 200 == client.get("/sparql", params={"query": query}).status_code
    assert 200 == client.post("/sparql", data={"query": "ASK {} #" + "x" * 900_000}).status_code
    assert 413 == client.post("/sparql", data={"query": "ASK {} #" + "x" * 1_500_000}).status_code


def test_what_the_server_says_of_its_answers_reaches_the_client(behind):
    client, _ = behind
    first = client.get("/doc/a", headers={"accept": "text/turtle", "accept-encoding": "gzip"})
    assert "Accept, Accept-Encoding" == first.headers["vary"]
    held = {
        "accept": "text/turtle",
        "accept-encoding": "gzip",
        "if-none-match": first.headers["etag"],
    }
    assert 304 == client.get("/doc/a", headers=held).status_code
    assert 303 == client.get("/a").status_code
    assert 404 == client.get("/none%2Fat//all").status_code
    assert "*" == client.get("/doc/a").headers["access-control-allow-origin"]


def test_the_example_for_caddy_is_valid(tmp_path):
    program = wanted("caddy")
    example = DEPLOY / "Caddyfile"
    done = subprocess.run(
        [program, "validate", "--config", example, "--adapter", "caddyfile"],
        capture_output=True, text=True, check=False,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin"},
    )  # fmt: skip
    assert 0 == done.returncode, done.stderr
    assert "Valid configuration" in done.stdout + done.stderr
