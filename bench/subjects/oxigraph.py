"""`oxigraph serve`, the server of the engine that kg uses: Rust, threads, no deadlines."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.serving import Served, free_port, started
from bench.subjects.rivals import program

VERSION = "0.5.13"
NAME = f"oxigraph serve {VERSION}"
PATH = "/query?query="


def installed() -> str:
    """Return the path of the program."""
    return program("oxigraph", f"oxigraph=={VERSION}")


@contextmanager
def serving(data: Path, work: Path) -> Iterator[Served]:
    """Yield a server of the file, on disk and optimised."""
    oxigraph = installed()
    place = ["--location", str(work / "oxigraph")]
    for step in (["load", *place, "--file", str(data)], ["optimize", *place]):
        subprocess.run([oxigraph, *step], check=True, capture_output=True)  # noqa: S603 - ours
    port = free_port()
    command = [oxigraph, "serve-read-only", *place, "--bind", f"127.0.0.1:{port}"]
    with started(command, port, work / "oxigraph.log") as served:
        yield served
