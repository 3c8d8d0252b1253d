"""rdflib-endpoint: a SPARQL endpoint in Python over a graph in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.serving import Served, free_port, started
from bench.subjects.rivals import program

VERSION = "0.6.3"
NAME = f"rdflib-endpoint {VERSION}"
PATH = "/?query="


def installed() -> str:
    """Return the path of the program."""
    return program("rdflib-endpoint", f"rdflib-endpoint[cli]=={VERSION}")


@contextmanager
def serving(data: Path, work: Path) -> Iterator[Served]:
    """Yield a server of the file."""
    port = free_port()
    command = [installed(), "serve", str(data), "--host", "127.0.0.1", "--port", str(port)]
    with started(command, port, work / "rdflib-endpoint.log") as served:
        yield served
