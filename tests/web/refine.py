"""A headless OpenRefine, driven by the HTTP commands that its own pages send.

Source: https://openrefine.org/docs/technical-reference/openrefine-api
"""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import reserved_port

ALL_ROWS = json.dumps({"facets": [], "mode": "row-based"})
# seconds in which a start, and an operation, must come to an end
PATIENCE = 60


class Refine:
    """An OpenRefine with one project, whose column `name` is to be reconciled with a service."""

    def __init__(self, address: str, service: str) -> None:
        self.client = httpx.Client(base_url=f"{address}/command/core/", timeout=PATIENCE)
        self.service = service
        self.manifest = httpx.get(service).json()
        self.project = ""

    def command(self, name: str, **form: Any) -> Any:
        """Send a command with a token, and return its answer when all it started has ended."""
        token = self.client.get("get-csrf-token").json()["token"]
        parameters = {"project": self.project, "csrf_token": token}
        response = self.client.post(name, params=parameters, data=form)
        response.raise_for_status()
        answer = response.json()
        assert answer.get("code", "ok") in ("ok", "pending"), answer
        end = time.monotonic() + PATIENCE
        while self.client.get("get-processes", params=parameters).json()["processes"]:
            assert time.monotonic() < end, f"{name} does not end"
            time.sleep(0.05)
        return answer

    def create(self, table: Path) -> None:
        """Make the project of a CSV file."""
        token = self.client.get("get-csrf-token").json()["token"]
        options = {"separator": ",", "headerLines": 1, "encoding": "UTF-8"}
        response = self.client.post(
            "create-project-from-upload",
            params={"csrf_token": token},
            data={
                "project-name": table.stem,
                "format": "text/line-based/*sv",
                "options": json.dumps(options),
            },
            files={"project-file": (table.name, table.read_bytes(), "text/csv")},
        )
        assert 302 == response.status_code, response.text
        self.project = response.headers["location"].rpartition("project=")[2]

    def types_of(self, column: str) -> list[dict[str, Any]]:
        """The classes that OpenRefine guesses for a column, by the candidates of its first rows."""
        form = {"columnName": column, "service": self.service}
        return self.command("guess-types-of-column", **form)["types"]

    def reconcile(self, column: str, type_: dict[str, str] | None = None) -> None:
        """Match the cells of a column, of a class or of any."""
        config = {
            "mode": "standard-service",
            "service": self.service,
            "identifierSpace": self.manifest["identifierSpace"],
            "schemaSpace": self.manifest["schemaSpace"],
            "autoMatch": True,
            "columnDetails": [],
            "limit": 0,
            **({"type": type_} if type_ else {}),
        }
        form = {"columnName": column, "config": json.dumps(config), "engine": ALL_ROWS}
        self.command("reconcile", **form)

    def match_best(self, column: str) -> None:
        """Take the first candidate wherever none is matched."""
        self.command("recon-match-best-candidates", columnName=column, engine=ALL_ROWS)

    def extend(self, column: str, properties: list[dict[str, Any]]) -> None:
        """Add a column for each property of what a column's cells are matched with."""
        self.command(
            "extend-data",
            baseColumnName=column,
            endpoint=self.service,
            identifierSpace=self.manifest["identifierSpace"],
            schemaSpace=self.manifest["schemaSpace"],
            extension=json.dumps({"properties": properties}),
            columnInsertIndex=1,
            engine=ALL_ROWS,
        )

    def add(self, column: str, expression: str, name: str) -> None:
        """Add a column that is computed from the cells of another."""
        self.command(
            "add-column",
            baseColumnName=column,
            expression=f"grel:{expression}",
            newColumnName=name,
            columnInsertIndex=1,
            onError="store-error",
            engine=ALL_ROWS,
        )

    def export(self) -> str:
        """The table as CSV."""
        form = {"project": self.project, "format": "csv", "engine": ALL_ROWS}
        return self.client.post("export-rows/out.csv", data=form).text


@contextmanager
def openrefine(folder: Path, service: str) -> Iterator[Refine]:
    """Run OpenRefine with the folder for its data and at most 512 MB of heap; it ends with all."""
    program = shutil.which("openrefine")
    if not program:
        pytest.skip("there is no openrefine on the PATH (sh scripts/openrefine.sh installs it)")
    with reserved_port() as port:
        options = ["-i", "127.0.0.1", "-p", str(port), "-d", str(folder), "-m", "512M"]
        process = subprocess.Popen(
            [program, *options, "-x", "refine.headless=true"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        refine = Refine(f"http://127.0.0.1:{port}", service)
        try:
            _wait(refine, process)
            yield refine
        finally:
            refine.client.close()
            # it is a script that has started Java
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=PATIENCE)


def _wait(refine: Refine, process: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, "openrefine has ended"
        assert time.monotonic() < end, "openrefine does not answer"
        try:
            refine.client.get("get-csrf-token").json()
        except (httpx.TransportError, ValueError):
            time.sleep(0.1)
        else:
            return
