"""Virtuoso, as Debian packages it, with room for whole answers."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.data import BASE
from bench.serving import Served, free_port, started

PACKAGE = "virtuoso-opensource"
PATH = f"/sparql?default-graph-uri={quote(BASE, safe='')}&query="

CONFIGURATION = """\
[Database]
DatabaseFile = {work}/virtuoso.db
ErrorLogFile = {work}/virtuoso-error.log
LockFile = {work}/virtuoso.lck
TransactionFile = {work}/virtuoso.trx
xa_persistent_file = {work}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {work}/virtuoso-temp.db
TransactionFile = {work}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
ServerThreads = 30
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
DirsAllowed = {data}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {work}
ServerThreads = 20
MaxClientConnections = 20
[SPARQL]
ResultSetMaxRows = 10000000
"""


def installed() -> str:
    """Return the path of the program.

    Raises: RuntimeError when it is not installed.
    """
    found = shutil.which("virtuoso-t")
    if not (found and shutil.which("isql-vt")):
        raise RuntimeError(f"not installed. Debian: apt-get install {PACKAGE}")
    return found


def name() -> str:
    """Return the name, with the version where it is installed."""
    if not shutil.which("virtuoso-t"):
        return "Virtuoso"
    said = subprocess.run(
        ["virtuoso-t", "-?"],  # noqa: S607 - where Debian puts it
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Version (\d+\.\d+\.\d+)", said.stdout + said.stderr)
    return f"Virtuoso {found[1]}" if found else "Virtuoso"


@contextmanager
def serving(data: Path, work: Path) -> Iterator[Served]:
    """Yield a server of the file, in one graph."""
    port, sql_port = free_port(), free_port()
    configuration = work / "virtuoso.ini"
    values = {"work": work, "data": data.parent, "port": port, "sql_port": sql_port}
    configuration.write_text(CONFIGURATION.format(**values), encoding="utf-8")
    command = ["virtuoso-t", "+foreground", "+configfile", str(configuration)]
    with started(command, port, work / "virtuoso.log") as served:
        load = f"ld_dir('{data.parent}', '{data.name}', '{BASE}'); rdf_loader_run(); checkpoint;"
        subprocess.run(  # noqa: S603 - our own arguments
            ["isql-vt", str(sql_port), "dba", "dba", f"exec={load}"],  # noqa: S607
            check=True,
            capture_output=True,
        )
        yield served
