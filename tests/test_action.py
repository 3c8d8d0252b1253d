"""The GitHub Action: its steps, run as the runner runs them, in a repository of their own."""

import os
import re
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.conftest import REPO
from tests.schemas import require_valid

ACTION = yaml.safe_load((REPO / "action.yml").read_text(encoding="utf-8"))
INSTALL, VALIDATE = ACTION["runs"]["steps"]

SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:S-name .
ex:S-name sh:path ex:name ; sh:minCount 1 ; sh:message "It has a name. Add ex:name." .
"""
FILES = {"kg.toml": "", "data/ttl/a.ttl": "ex:a a ex:C .", "shapes/s.ttl": SHAPES}
BIN = sysconfig.get_path("scripts")


@dataclass(frozen=True)
class Done:
    """What a step has left: its exit code, what it printed, and what it wrote for the runner."""

    code: int
    printed: str
    error: str
    summary: str
    output: dict[str, str]
    path: str


def filled(text: str, inputs: dict[str, str]) -> str:
    """A value of the action with its expressions evaluated: only inputs are used."""
    return re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: inputs[found[1]], text)


@pytest.fixture
def run(tmp_path_factory):
    """A function that runs a step in a checkout, with the environment that GitHub documents."""

    def step(step: dict, checkout: Path, commands: str = BIN, **given: str) -> Done:
        temp = tmp_path_factory.mktemp("runner")
        inputs = {name: str(one["default"]) for name, one in ACTION["inputs"].items()} | given
        names = {
            name: temp / name.lower()
            for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_PATH")
        }
        for file in names.values():
            file.touch()
        env = {
            **os.environ,
            **{name: str(file) for name, file in names.items()},
            **{name: filled(value, inputs) for name, value in step["env"].items()},
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(REPO),
            "GITHUB_WORKSPACE": str(checkout),
            "RUNNER_TEMP": str(temp),
            "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        }
        script = temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        # Source: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions
        bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(
            bash, cwd=checkout, env=env, capture_output=True, text=True, check=False, timeout=500
        )
        said = {name: file.read_text(encoding="utf-8") for name, file in names.items()}
        output = dict(line.split("=", 1) for line in said["GITHUB_OUTPUT"].splitlines())
        return Done(
            done.returncode,
            done.stdout,
            done.stderr,
            said["GITHUB_STEP_SUMMARY"],
            output,
            said["GITHUB_PATH"],
        )

    return step


@pytest.fixture
def checkout(write_project):
    """A repository of git with one violation, as `actions/checkout` leaves it."""
    folder = write_project(FILES)
    who = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "first"]):
        subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True)
    return folder


def test_the_action_keeps_the_schema_of_actions():
    require_valid(ACTION, "github-action")


def test_no_input_is_part_of_a_script():
    assert [step["name"] for step in ACTION["runs"]["steps"] if "${{" in step["run"]] == []


def test_a_violation_fails_the_step_with_an_annotation_a_summary_and_the_text(run, checkout):
    done = run(VALIDATE, checkout)
    assert (1, {"conforms": "false"}) == (done.code, done.output)
    assert (
        "\n::error file=data/ttl/a.ttl,line=7,col=1,endLine=7,endColumn=5,title=ex%3AS-name::"
        in done.printed
    )
    assert "Violation  data/ttl/a.ttl:7:1" in done.printed
    assert "does not conform" in done.summary


def test_data_that_conforms_passes(run, checkout, write_project):
    write_project({"data/ttl/a.ttl": "ex:a a ex:C ; ex:name 'A' ."})
    done = run(VALIDATE, checkout)
    assert (0, {"conforms": "true"}) == (done.code, done.output)
    assert "::notice::conforms: 2 shapes, 9 infos" == done.printed.splitlines()[-1]


def test_every_input_is_used(run, checkout, write_project, tmp_path):
    write_project({"other/rules s.ttl": SHAPES.replace("It has", "Nothing has")})
    given = {"sarif": "out.sarif", "junit": "out.xml"}
    first = run(VALIDATE, checkout, shapes="other/rules s.ttl", **given)
    assert "Nothing has a name" in first.printed
    assert "Nothing has a name" in (tmp_path / "out.xml").read_text()
    assert 0 == run(VALIDATE, checkout, baseline="out.sarif").code
    assert 0 == run(VALIDATE, checkout, changed="HEAD").code
    assert 1 == run(VALIDATE, checkout.parent, path=f"{checkout.name}/data/ttl/a.ttl",
                    shapes=f"{checkout.name}/shapes").code  # fmt: skip


def test_annotations_name_files_from_the_checkout(run, checkout):
    done = run(VALIDATE, checkout.parent, path=checkout.name)
    assert f"::error file={checkout.name}/data/ttl/a.ttl,line=7" in done.printed


def test_what_cannot_be_read_fails_with_its_words(run, checkout, write_project):
    write_project({"data/ttl/a.ttl": "ex:a"})
    done = run(VALIDATE, checkout)
    assert (2, {}) == (done.code, done.output)
    assert "data/ttl/a.ttl:7:" in done.printed
    lines = done.printed.splitlines()
    assert 1 == sum(line.startswith("::error file=data/ttl/a.ttl,line=7,") for line in lines)
    assert lines[-1].startswith("::error title=kg validate::Nothing was")


@pytest.mark.parametrize("end", [".", "nonsense"], ids=["faulty", "broken"])
def test_no_line_of_data_is_a_command(run, checkout, write_project, end):
    # a prefixed name may begin as a command does
    data = f"PREFIX : <http://example.org/>\n::error::gotcha a ex:C {end}"
    write_project({"data/ttl/a.ttl": data})
    lines = run(VALIDATE, checkout).printed.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    quoted, after = lines[1 : lines.index(f"::{token}::")], lines[lines.index(f"::{token}::") :]
    assert [line for line in quoted if line.strip().startswith("::error::gotcha")]
    assert not [line for line in after if line.strip().startswith("::error::gotcha")]


@pytest.mark.parametrize("path", ["-h", "$(touch made)", "a b; touch made"])
def test_an_input_is_no_command(run, checkout, path):
    done = run(VALIDATE, checkout, path=path)
    assert 2 == done.code
    assert f"{path}: no such folder" in done.printed
    assert not (checkout / "made").exists()


@pytest.mark.long
def test_the_action_installs_what_it_then_runs(run, checkout):
    installed = run(INSTALL, checkout, python=sys.executable)
    assert 0 == installed.code, installed.error
    done = run(VALIDATE, checkout, commands=installed.path.strip())
    assert 1 == done.code
