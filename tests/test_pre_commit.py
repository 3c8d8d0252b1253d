"""The hooks for pre-commit, run by it: a repository with the hooks, and one that uses them."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from kg.rdf.formats import FORMATS
from tests.conftest import REPO

HOOKS = ".pre-commit-hooks.yaml"
SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .
"""
FILES = {"kg.toml": "", "data/ttl/a.ttl": "ex:a a ex:C .", "shapes/s.ttl": SHAPES}
# what pip needs of the repository
PACKAGE = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")


def run(*command: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """What a command prints, with the `kg` of this environment in front of the PATH."""
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    who = {
        f"GIT_{role}_{key}": "n" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")
    }
    return subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False,
        env={**os.environ, **who, "PATH": path, **env},
    )  # fmt: skip


def commit(folder: Path) -> None:
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--no-gpg-sign", "-m", "c"]):
        assert 0 == run("git", *arguments, cwd=folder).returncode


@pytest.fixture
def committing(write_project, tmp_path_factory):
    """A function that lets pre-commit run a hook of ours on a repository of RDF."""

    def check(hook: str, files=(), changed=FILES) -> subprocess.CompletedProcess[str]:
        ours = tmp_path_factory.mktemp("ours")
        for name in (HOOKS, *files):
            shutil.copy(REPO / name, ours / name)
        if files:
            shutil.copytree(REPO / "src", ours / "src")
        commit(ours)
        folder = write_project({**FILES, **changed})
        commit(folder)
        home = tmp_path_factory.mktemp("home")
        command = (
            sys.executable,
            "-m",
            "pre_commit",
            "try-repo",
            ours,
            hook,
            "--all-files",
            "--verbose",
        )
        return run(*command, cwd=folder, PRE_COMMIT_HOME=str(home))

    return check


def test_a_violation_stops_the_commit_with_the_report(committing):
    done = committing("kg-validate-system")
    assert 1 == done.returncode
    assert "Violation  data/ttl/a.ttl:7:1" in done.stdout


def test_data_that_conforms_may_be_committed(committing):
    done = committing("kg-validate-system", changed={"data/ttl/a.ttl": "ex:a ex:p 1 ."})
    assert 0 == done.returncode, done.stdout
    assert "Passed" in done.stdout


@pytest.mark.long
def test_the_hook_can_bring_its_own_kg(committing):
    done = committing("kg-validate", files=PACKAGE)
    assert "Violation  data/ttl/a.ttl:7:1" in done.stdout, done.stdout + done.stderr


def test_the_hooks_watch_every_file_that_kg_reads():
    for hook in yaml.safe_load((REPO / HOOKS).read_text(encoding="utf-8")):
        names = [f"a/b.{suffix}" for format_ in FORMATS for suffix in format_.suffixes]
        assert [name for name in (*names, "kg.toml") if not re.search(hook["files"], name)] == []
        assert not re.search(hook["files"], "a/b.py")
        assert hook["pass_filenames"] is False


@pytest.mark.parametrize("options", [(), ("--plain",)], ids=["claims", "plain"])
def test_a_new_project_has_the_hook_that_uses_the_kg_that_there_is(tmp_path, options):
    folder = tmp_path / "made"
    assert 0 == run(sys.executable, "-m", "kg", "init", folder, *options, cwd=tmp_path).returncode
    written = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (hook,) = written["repos"][0]["hooks"]
    (ours,) = (
        one
        for one in yaml.safe_load((REPO / HOOKS).read_text(encoding="utf-8"))
        if one["id"] == "kg-validate-system"
    )
    del ours["description"]
    assert {**ours, "id": "kg-validate"} == hook
    commit(folder)
    command = (sys.executable, "-m", "pre_commit", "run", "--all-files")
    done = run(*command, cwd=folder, PRE_COMMIT_HOME=str(tmp_path / "home"))
    assert (0, True) == (done.returncode, "Passed" in done.stdout), done.stdout


def test_the_hooks_are_what_pre_commit_takes_for_hooks():
    done = run(sys.executable, "-m", "pre_commit", "validate-manifest", REPO / HOOKS, cwd=REPO)
    assert 0 == done.returncode, done.stdout
