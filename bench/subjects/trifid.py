"""Trifid: a linked data server in JavaScript, over Oxigraph in WebAssembly."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.data import BASE
from bench.serving import Served, free_port, started
from bench.subjects.rivals import script

VERSION = "5.3.0"
NAME = f"Trifid {VERSION}"
PATH = "/query?query="

CONFIGURATION = """\
server:
  listener: {{ host: 127.0.0.1, port: {port} }}
globals:
  datasetBaseUrl: {base}
plugins:
  fetch-handler:
    module: trifid-handler-fetch
    paths: /query
    config:
      url: {data}
      contentType: text/turtle
      baseIRI: {base}
      graphName: {base}
      unionDefaultGraph: true
"""


def installed() -> str:
    """Return the path of its script."""
    return script("trifid/server.js", f"trifid@{VERSION}", "rivals-trifid")


@contextmanager
def serving(data: Path, work: Path) -> Iterator[Served]:
    """Yield a server of the file."""
    port, configuration = free_port(), work / "trifid.yaml"
    configuration.write_text(CONFIGURATION.format(port=port, base=BASE, data=data), "utf-8")
    command = ["node", installed(), "--config", str(configuration), "--port", str(port)]
    with started(command, port, work / "trifid.log") as served:
        yield served
