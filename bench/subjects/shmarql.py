"""SHMARQL: a platform for linked data in Python, over pyoxigraph in its own process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.serving import Served, free_port, started
from bench.subjects.rivals import program

VERSION = "0.70"
NAME = f"SHMARQL {VERSION}"
PATH = "/sparql?query="


def installed() -> str:
    """Return the path of the server that its application runs in."""
    # its libraries are not those of other rivals
    return program("uvicorn", f"shmarql=={VERSION}", "rivals-shmarql")


@contextmanager
def serving(data: Path, work: Path) -> Iterator[Served]:
    """Yield a server of the file."""
    port, site = free_port(), work / "shmarql-site"
    site.mkdir()
    environ = {"DATA_LOAD_PATHS": str(data), "SITEDOCS_PATH": str(site)}
    command = [installed(), "shmarql.main:app", "--host", "127.0.0.1", "--port", str(port)]
    with started(command, port, work / "shmarql.log", environ) as served:
        yield served
