"""The files of `deploy/` say what is true, as far as it can be tried without installing them."""

import re
import subprocess
import sys
from dataclasses import fields, is_dataclass

import pytest

from kg.project import Project
from tests.conftest import REPO
from tests.deploy.conftest import DEPLOY, wanted

UNIT = (DEPLOY / "kg@.service").read_text(encoding="utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
GUIDE = (REPO / "docs" / "deploying.md").read_text(encoding="utf-8")


def variables() -> set[str]:
    project = Project(root=REPO)
    tables = {one.name: getattr(project, one.name) for one in fields(project)}
    return {"KG_BASE"} | {
        f"KG_{name}_{setting.name}".upper()
        for name, table in tables.items()
        if is_dataclass(table)
        for setting in fields(table)
    }


@pytest.mark.parametrize("text", [UNIT, CONTAINER, GUIDE], ids=["unit", "container", "guide"])
def test_every_variable_is_one_that_there_is(text):
    assert set(re.findall(r"\bKG_[A-Z_]+\b", text)) <= variables()


def test_every_example_is_in_the_guide():
    for path in DEPLOY.iterdir():
        assert f"(../deploy/{path.name})" in GUIDE, path.name


def test_the_unit_is_one_and_its_service_can_do_little(tmp_path):
    program = wanted("systemd-analyze")
    # it is looked for, and is not on this machine
    unit = tmp_path / "kg@.service"
    unit.write_text(UNIT.replace("/opt/kg/bin/kg", "/bin/true"), encoding="utf-8")
    done = subprocess.run([program, "verify", unit], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    judged = subprocess.run(
        [program, "security", "--offline=true", "--threshold=20", unit],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert 0 == judged.returncode, judged.stdout[-200:]


def test_the_command_of_the_unit_is_one_of_ours():
    (command,) = re.findall(r"^ExecStart=/opt/kg/bin/kg (.*)$", UNIT, flags=re.MULTILINE)
    options = re.findall(r"--[a-z-]+", command)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--help"],
        capture_output=True, text=True, check=True, env={"COLUMNS": "200", "NO_COLOR": "1"},
    )  # fmt: skip
    assert ["--published", "--port"] == options
    assert all(option in done.stdout for option in options)


@pytest.mark.long
def test_the_steps_of_the_containerfile_make_a_program_that_serves(tmp_path):
    source, program = tmp_path / "src", tmp_path / "kg"
    source.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=REPO, capture_output=True, check=True)
    subprocess.run(["tar", "-x"], cwd=source, input=archive.stdout, check=True)
    steps = re.findall(r"^RUN (.*)$", CONTAINER, flags=re.MULTILINE)
    assert 2 == len(steps)
    for step in steps:
        here = step.replace("/opt/kg", str(program)).replace("/src", str(source))
        here = here.replace("python3 ", f"{sys.executable} ")
        subprocess.run(here, shell=True, check=True, timeout=600)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.ttl").write_text("<http://example.org/a> <http://example.org/p> 1 .")
    command = [program / "bin" / "kg", "serve", tmp_path / "data", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    try:
        url = process.stdout.readline().strip()
        assert any(line.startswith("Ctrl+C") for line in process.stdout)
        (check,) = re.findall(r'HEALTHCHECK .*"-c", "([^"]*)"', CONTAINER)
        check = check.replace("http://127.0.0.1:8000/", url)
        subprocess.run([program / "bin" / "python", "-c", check], check=True)
    finally:
        process.terminate()
        process.communicate(timeout=20)
