"""Fixtures that many tests share: small projects, the claim graph, a real server, the article."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse

import kg
from kg.rdf.formats import JSON_LD

REPO = Path(__file__).parents[1]

PREFIXES = """\
@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):  # noqa: ARG001 - pytest gives arguments by name
    """Where KG_SKIPS_FAIL is set, as in CI, a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get("KG_SKIPS_FAIL") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr[2]}"
    return report


@pytest.fixture(scope="session")
def article() -> str:
    """The text of the article, which is not in the repository."""
    path = os.environ.get("KG_ARTICLE")
    if not path:
        pytest.skip("KG_ARTICLE does not name the file of the article")
    return Path(path).read_text(encoding="utf-8")


def with_context(document: bytes, context: bytes) -> bytes:
    """A JSON-LD document with the published context in the place of its URL.

    The engine's parser loads no context, and tests of parts have no server.
    """
    body = json.loads(document)
    named = body["@context"] if isinstance(body["@context"], list) else [body["@context"]]
    assert "/context.jsonld" == named[0]
    return json.dumps({**body, "@context": [json.loads(context)["@context"], *named[1:]]}).encode()


@pytest.fixture
def write_project(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes files, given as {path: text}, and returns their folder.

    Turtle gets the prefixes of this module in front.
    """

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PREFIXES + text if name.endswith(".ttl") else text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def snapshot_of(write_project) -> Callable[..., kg.Snapshot]:
    """A function that builds a snapshot of files, given as {path: text}, without validating."""

    def make(files: dict[str, str]) -> kg.Snapshot:
        source = kg.load(kg.open_project(write_project(files), environ={}))
        return kg.build(source, kg.Report((), 0), kg.read_queries(source))

    return make


@pytest.fixture(scope="session")
def source() -> kg.Source:
    """The claim graph as its files have it."""
    return kg.load(kg.open_project(REPO, environ={}))


@pytest.fixture(scope="session")
def report(source) -> kg.Report:
    """What the shapes find in the claim graph."""
    return kg.validate(source)


@pytest.fixture(scope="session")
def snapshot(source, report) -> kg.Snapshot:
    """The claim graph, ready to be published."""
    return kg.build(source, report, kg.read_queries(source))


@dataclass(frozen=True)
class Server:
    """A running `kg serve`: its address without a trailing slash, what it printed, its process."""

    url: str
    printed: str
    client: httpx.Client
    pid: int

    def get(self, path: str, accept: str | None = None, **options) -> httpx.Response:
        """Request a path, with that Accept header or none, following no redirect."""
        return self.request("GET", path, accept, **options)

    def request(self, method: str, path: str, accept: str | None = None, **options):
        headers = {**options.pop("headers", {}), **({"accept": accept} if accept else {})}
        return self.client.request(method, self.url + path, headers=headers, **options)


def canonical(statements: Iterable[Quad | Triple]) -> Dataset:
    """The triples of the statements, whatever graph they are in: equal where isomorphic."""
    dataset = Dataset(Quad(one.subject, one.predicate, one.object) for one in statements)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def triples_of(body: bytes | str, engine: RdfFormat) -> Dataset:
    """The triples of a document in that format, as `canonical` gives them."""
    return canonical(parse(body, engine, base_iri="http://relative.invalid/"))


def read_triples(server, body: bytes, format_) -> Dataset:
    """The triples of a document that the server sent, with its context where it names one."""
    if format_ is JSON_LD:
        body = with_context(body, server.get("/context.jsonld").content)
    return triples_of(body, format_.engine)


@contextmanager
def reserved_port() -> Iterator[int]:
    """A port of the loopback interface that is given to nobody else until the block ends.

    A socket that is bound and does not listen keeps it; on Linux a server may be bound beside.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
        if sys.platform != "linux":
            # elsewhere only one may be bound: the port is free, if nobody is quicker
            holder.close()
        yield port


@contextmanager
def serving(
    *arguments: str,
    env: dict[str, str] | None = None,
    port: int = 0,
    stderr: IO | None = None,
    python: str = sys.executable,
) -> Iterator[Server]:
    """Run `kg serve` on the loopback interface, by default on a free port, until the block ends.

    Its log goes to the file `stderr`, where there is one; `python` runs it.
    """
    command = [python, "-m", "kg", "serve", *arguments, "--port", str(port)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        env={**os.environ, **(env or {})},
    )
    lines = []
    try:
        # the announcement ends with how to stop it, when the socket already listens
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Ctrl+C"):
                break
        assert process.poll() is None, "".join(lines)
        with httpx.Client(timeout=30) as client:
            # httpx would add an Accept header of its own
            client.headers.pop("accept")
            yield Server(lines[0].strip().rstrip("/"), "".join(lines), client, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The claim graph, served as users serve it."""
    with serving(str(REPO)) as running:
        yield running
