"""Forty queries and requests that end other servers; small clients beside them notice nothing."""

import os
import socket
import statistics
import subprocess
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.conftest import REPO, serving

pytestmark = [pytest.mark.long, pytest.mark.alone]

# seconds that a query has here, and what its end may take besides
LIMIT, GRACE = 2.0, 4.0

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"
TERMS = " ".join(f"<http://e/{n}>" for n in range(20_000))


def nested(opening: str, closing: str, depth: int) -> str:
    return opening * depth + closing * depth


def growing(times: int) -> str:
    binds = " ".join(f"BIND(CONCAT(?s{n},?s{n},?s{n},?s{n}) AS ?s{n + 1})" for n in range(times))
    return f"SELECT (STRLEN(?s{times}) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?s0) {binds} }}"


QUERIES = {
    "cross product counted": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "cross product listed": f"SELECT * {{ {CROSS} }}",
    "cross product sorted": f"SELECT * {{ {CROSS} }} ORDER BY ?c ?f ?i",
    "cross product distinct": f"SELECT DISTINCT ?a ?f ?k {{ {CROSS} }}",
    "cross product grouped": f"SELECT ?a (COUNT(*) AS ?n) {{ {CROSS} }} GROUP BY ?a ?f ?i",
    "cross product constructed": f"CONSTRUCT {{ ?a ?e ?o }} WHERE {{ {CROSS} }}",
    "cross product asked": f"ASK {{ {CROSS} FILTER(?a = 1) }}",
    "cross product described": f"DESCRIBE ?a WHERE {{ {CROSS} }}",
    "cross product concatenated": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?s) {{ {CROSS} }}",
    "3,000 braces": f"ASK {nested('{', '}', 3_000)}",
    "100,000 braces": f"ASK {nested('{', '}', 100_000)}",
    "open braces": "ASK " + "{" * 100_000,
    "3,000 parentheses": f"ASK {{ FILTER({nested('(', ')', 3_000).replace('()', '(1)')}) }}",
    "100,000 parentheses": f"ASK {{ FILTER({nested('(', ')', 100_000).replace('()', '(1)')}) }}",
    "20,000 negations": f"ASK {{ FILTER({'!' * 20_000}true) }}",
    "5,000 unions": f"ASK {{ {' UNION '.join(['{ ?s ?p ?o }'] * 5_000)} }}",
    "5,000 conjunctions": f"ASK {{ FILTER({' && '.join(['true'] * 5_000)}) }}",
    "20,000 sums": f"ASK {{ FILTER({'+'.join(['1'] * 20_000)} > 0) }}",
    "500 path steps": f"ASK {{ ?s {'/'.join(['<http://e/p>'] * 500)} ?o }}",
    "5,000 path steps": f"ASK {{ ?s {'/'.join(['<http://e/p>'] * 5_000)} ?o }}",
    "5,000 path choices": f"ASK {{ ?s ({'|'.join(['<http://e/p>'] * 5_000)})+ ?o }}",
    "nested path": f"ASK {{ ?s {nested('(', ')*', 3_000).replace('()', '(<http://e/p>)')} ?o }}",
    "path of everything": "SELECT (COUNT(*) AS ?n) { ?s (!<x:a>|^!<x:b>)* ?o . ?o (!<x:c>)* ?q }",
    "subselects": "SELECT * { " + "{ SELECT * { " * 1_000 + "?s ?p ?o" + " } }" * 1_000 + " }",
    "optionals": "SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?q ?r " * 500 + "}" * 500 + " }",
    "blank nodes": "ASK { ?s ?p " + "[ ?q " * 2_000 + "1" + " ]" * 2_000 + " }",
    "a list": f"ASK {{ ?s ?p ({'1 ' * 2_000}) }}",
    "1,000 patterns": "ASK { " + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(1_000)) + " }",
    "huge values": f"SELECT * {{ VALUES ?a {{ {TERMS} }} VALUES ?b {{ {TERMS} }} }}",
    "string growth": growing(16),
    "strings by regex": growing(10).replace("STRLEN(?s10)", "REPLACE(?s10,'a','aaaaaaaaaaaaaaaa')"),
    "regex backtracking": "ASK { ?s ?p ?o FILTER(REGEX(STR(?o), '(a+)+(a+)+(a+)+$')) }",
    "regex of 10^9": "ASK { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1000}){1000}){1000}')) }",
    "long text": "ASK { ?s ?p '" + "x" * 900_000 + "' }",
    "service": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
}


def memory_of(pids) -> int:
    """The resident bytes of the processes."""
    size = 0
    for pid in pids:
        try:
            size += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
        except FileNotFoundError:
            continue
    return size


def workers(server_pid: int) -> list[int]:
    """The processes in which the server's queries run."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(server_pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(row.split()[0]) for row in listed.stdout.splitlines() if "kg.store.child" in row]


@pytest.fixture(scope="module")
def guarded():
    """A server whose queries have two seconds."""
    env = {"KG_LIMITS_QUERY_SECONDS": str(LIMIT), "KG_STORE_WORKER_BYTES": "600000000"}
    with serving(str(REPO), env=env) as server:
        yield server


class Small(threading.Thread):
    """One client with small queries: how long each took, and what went wrong."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url, self.times, self.errors, self.stop = url, [], [], threading.Event()

    def run(self) -> None:
        with httpx.Client(timeout=30) as client:
            number = 0
            while not self.stop.is_set():
                number += 1
                query = f"SELECT ?p {{ <https://w3id.org/claimgraph/id/claim/c-0045> ?p {number} }}"
                start = time.perf_counter()
                response = client.get(f"{self.url}/sparql", params={"query": query})
                self.times.append(time.perf_counter() - start)
                if response.status_code != 200:
                    self.errors.append((response.status_code, response.text))
                self.stop.wait(0.05)


def raw(url: str, sent: bytes, *, linger: float = 0.0) -> bytes:
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(sent)
        if linger:
            connection.settimeout(linger)
        try:
            return connection.recv(65_536)
        except (TimeoutError, ConnectionError):
            return b""


def requests_that_kill(url: str):
    """Requests that are no queries: what each does, and a function that does it."""
    form = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    endless = QUERIES["cross product counted"].replace(" ", "%20").replace("?", "%3F")

    def large() -> None:
        with httpx.Client(timeout=30) as client:
            response = client.post(f"{url}/sparql", data={"query": "x" * 50_000_000})
            assert 413 == response.status_code

    return {
        "a body of 50 MB": large,
        "a slow body": lambda: raw(url, form + b"Content-Length: 900\r\n\r\nASK", linger=1.0),
        "a client that leaves": lambda: raw(
            url, f"GET /sparql?query={endless} HTTP/1.1\r\nHost: a\r\n\r\n".encode(), linger=0.3
        ),
        "CONNECT": lambda: raw(url, b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"),
        "half a request": lambda: raw(url, b"GET /sparql?query=ASK", linger=0.3),
    }


def test_small_clients_notice_nothing_of_forty_killers(guarded):
    pid = guarded.pid
    httpx.get(f"{guarded.url}/sparql", params={"query": "ASK {}"})
    clients = [Small(guarded.url) for _ in range(8)]
    for client in clients:
        client.start()
    # what they need with nobody else there
    while min(len(client.times) for client in clients) < 40:
        time.sleep(0.05)
    alone = statistics.median(t for client in clients for t in client.times)
    before = memory_of([pid, *workers(pid)])
    marks = [len(client.times) for client in clients]
    others = requests_that_kill(guarded.url)
    assert 40 == len(QUERIES) + len(others)
    for name, query in QUERIES.items():
        start = time.perf_counter()
        response = httpx.post(
            f"{guarded.url}/sparql",
            content=query,
            headers={"content-type": "application/sparql-query"},
            timeout=60,
        )
        took = time.perf_counter() - start
        assert response.status_code in (200, 400, 413, 503), name
        assert took < LIMIT + GRACE, name
        if response.status_code != 200:
            assert "application/problem+json" == response.headers["content-type"], name
    for do in others.values():
        do()
    during = [t for client, mark in zip(clients, marks, strict=True) for t in client.times[mark:]]
    for client in clients:
        client.stop.set()
        client.join()
    assert [] == [error for client in clients for error in client.errors]
    assert statistics.median(during) < 4 * alone
    # the last killer's worker has ended, or ends with its deadline
    deadline = time.monotonic() + LIMIT + GRACE
    while len(workers(pid)) > 4 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(workers(pid)) <= 4
    assert memory_of([pid, *workers(pid)]) < 2 * before + 200_000_000
    assert os.path.exists(f"/proc/{pid}")  # noqa: PTH110 - a path of the kernel's
