"""Reports in SARIF, read by the tool of those who made the format."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPO

TOOL = REPO / "tests" / "clients" / "node_modules" / ".bin" / "sarif-multitool"
SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:S-name , [ sh:path ex:p ; sh:in () ] .
ex:S-name sh:path ex:name ; sh:minCount 1 ; sh:message "It has a name. Add ex:name." .
ex:W a sh:NodeShape ; sh:targetClass ex:C ; sh:closed true ; sh:severity sh:Warning .
"""
DATA = "ex:a a ex:C ; ex:p [] , '{0} [x](1)' .\nex:b a ex:C ."

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not TOOL.exists(), reason="no tool for SARIF: sh scripts/clients.sh"),
]

# the address of a project's own pages, which no data set of a user's has
EXPECTED = {"SARIF2005"}


def tool(*arguments: object) -> None:
    done = subprocess.run([TOOL, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.fixture
def report(write_project, tmp_path_factory):
    """A function that writes the report on some data, and returns its file."""

    def write(data: str) -> Path:
        # the files of a test declare more prefixes than they need
        settings = '[checks]\nunused-prefix = "of every test the same"\n'
        files = {"kg.toml": settings, "data/ttl/a.ttl": data, "shapes/s.ttl": SHAPES}
        folder = write_project(files)
        path = tmp_path_factory.mktemp("report") / "report.sarif"
        command = [sys.executable, "-m", "kg", "validate", folder, "--format", f"sarif={path}"]
        assert 1 == subprocess.run(command, capture_output=True, check=False).returncode
        return path

    return write


def results_in(path: Path) -> list[dict]:
    (run,) = json.loads(path.read_text(encoding="utf-8-sig"))["runs"]
    return run.get("results", [])


def test_the_tool_finds_nothing_to_complain_of(report, tmp_path):
    path = report(DATA)
    assert 8 == len(results_in(path))
    tool("validate", path, "--output", tmp_path / "found.sarif", "--log", "ForceOverwrite")
    found = {result["ruleId"] for result in results_in(tmp_path / "found.sarif")}
    assert found <= EXPECTED


def test_the_tool_knows_every_result_again_when_lines_have_moved(report, tmp_path):
    before, after = report(DATA), report(f"\n\n# moved\n{DATA}\nex:z a ex:C .")
    out = tmp_path / "matched.sarif"
    tool("match-results-forward", after, "--previous", before, "--output-file-path", out)
    states = {one["properties"]["focusNode"]: one["baselineState"] for one in results_in(out)}
    # known, and updated in its line
    known = dict.fromkeys(("http://example.org/a", "http://example.org/b"), "updated")
    assert {**known, "http://example.org/z": "new"} == states
