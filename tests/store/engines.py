"""Engines of others, started by the tests on free ports and loaded with our dumps."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import kg
from kg.dataset.dumps import write_dumps
from tests.conftest import reserved_port

OXIGRAPH = Path(sys.executable).with_name("oxigraph")

# the graph that stands for the default graph where an engine has none
DEFAULT_GRAPH = "http://example.org/graph/default"

SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
ServerThreads = 20
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = {rows}
"""

LOADING = f"""\
DB.DBA.TTLP(file_to_string_output('dump.nq'), '', '{DEFAULT_GRAPH}', 512);
DB.DBA.TTLP(file_to_string_output('dump.ttl'), '', '{DEFAULT_GRAPH}', 0);
"""


def dumps_in(folder: Path, snapshot: kg.Snapshot) -> Path:
    """The folder, with the dumps of the snapshot in it."""
    folder.mkdir()
    write_dumps(snapshot, folder)
    return folder


@contextmanager
def running(command: list[str], sign: str, folder: Path) -> Iterator[subprocess.Popen]:
    """A server from when it prints the sign until the block ends."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=folder, **options) as process:
        try:
            printed = []
            for line in process.stdout:
                printed.append(line)
                if sign in line:
                    break
            assert process.poll() is None, "".join(printed)
            yield process
        finally:
            process.kill()


@contextmanager
def oxigraph(folder: Path, snapshot: kg.Snapshot) -> Iterator[tuple[str, subprocess.Popen]]:
    """The URL of an Oxigraph that holds the snapshot, and its process."""
    dumps = dumps_in(folder, snapshot)
    for name in ("dump.nq", "dump.ttl"):
        load = [OXIGRAPH, "load", "--location", "store", "--file", name]
        subprocess.run(load, cwd=dumps, check=True, capture_output=True)
    with reserved_port() as port:
        address = f"127.0.0.1:{port}"
        command = [str(OXIGRAPH), "serve-read-only", "--location", "store", "--bind", address]
        with running(command, "Listening", dumps) as process:
            yield f"http://{address}/query", process


@contextmanager
def virtuoso(
    folder: Path, snapshot: kg.Snapshot, rows: int = 100_000
) -> Iterator[tuple[str, subprocess.Popen]]:
    """The URL of a Virtuoso that holds the snapshot and gives so many rows, and its process."""
    if not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        pytest.skip("virtuoso-t or isql-vt is missing: sh scripts/engines.sh installs them")
    dumps = dumps_in(folder, snapshot)
    with reserved_port() as http, reserved_port() as sql:
        settings = SETTINGS.format(http=http, sql=sql, rows=rows)
        (dumps / "virtuoso.ini").write_text(settings, encoding="utf-8")
        (dumps / "load.sql").write_text(LOADING, encoding="utf-8")
        command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
        with running(command, "Server online", dumps) as process:
            isql = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", "load.sql"]
            done = subprocess.run(isql, cwd=dumps, check=True, capture_output=True, text=True)
            assert "Error" not in done.stdout + done.stderr
            yield f"http://127.0.0.1:{http}/sparql", process
