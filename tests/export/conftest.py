"""A small folder with names that are hard to make files of, and its export."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PREFIXES, Server, serving
from tests.export.comparing import HOST

NAMES = (
    "a",
    # differs in case only, ends like a suffix, is below one
    "A",
    "a.ttl",
    "a.ttl/b",
    "a.ar",
    # has an escape, a device's name, a variable's mark, letters that are not ASCII, a query, dots
    "a%2Fb",
    "con",
    "do$lar",
    "caf\u00e9",
    "q?x=1",
    "../up",
    "l" * 230,
)
MANY = "".join(f"ex:many rdfs:seeAlso ex:m{number} .\n" for number in range(600))
ODD = (
    "".join(
        f'<http://example.org/id/{one}> a ex:Thing ; rdfs:label "{one}"@en .\n' for one in NAMES
    )
    + '<http://example.org/id/a> rdfs:label "\u0623"@ar .\n'
    + '<http://elsewhere.example/x> a ex:Thing ; rdfs:label "elsewhere"@en .\n'
    + "ex:moved <http://purl.org/dc/terms/isReplacedBy> <http://example.org/id/a> .\n"
    + MANY
)
QUERIES = {
    "queries/things.rq": "#+ summary: All things\nSELECT ?s { ?s a <http://example.org/Thing> }",
    "queries/is.rq": "#+ summary: Is there one\nASK { ?s a <http://example.org/Thing> }",
}


@pytest.fixture(scope="session")
def odd(tmp_path_factory) -> Path:
    """The folder."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "data.ttl").write_text(PREFIXES + ODD, encoding="utf-8")
    (folder / "queries").mkdir()
    for name, text in QUERIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def exported_to(folder: Path, project: Path) -> str:
    """Export a project as users do, and return what was printed."""
    command = [sys.executable, "-m", "kg", "export", str(folder), str(project)]
    done = subprocess.run(
        [*command, "--url", f"http://{HOST}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def exported(odd, tmp_path_factory) -> Path:
    """The export of that folder."""
    folder = tmp_path_factory.mktemp("export") / "site"
    exported_to(folder, odd)
    return folder


@pytest.fixture(scope="session")
def odd_server(odd) -> Iterator[Server]:
    """The folder as `kg serve` serves it."""
    with serving(str(odd)) as running:
        yield running
