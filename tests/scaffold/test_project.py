"""A new project is whole, valid and served at once, or there is none."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

import kg
from kg.errors import ProjectError
from kg.project import open_project
from kg.scaffold.project import NewProject, make_project
from tests.conftest import REPO, serving
from tests.test_cli import kg as run

TODAY = date(2026, 11, 28)
KINDS = {"claims": (), "plain": ("--plain",)}


@pytest.fixture(scope="module", params=KINDS)
def project(request, tmp_path_factory):
    """A new project of each kind, as the command makes it."""
    folder = tmp_path_factory.mktemp("made") / request.param
    done = run("init", folder, *KINDS[request.param])
    assert (0, "") == (done.returncode, done.stderr)
    return folder


@pytest.fixture
def made(tmp_path):
    """A function that makes a project of a kind in a folder, and returns the folder."""

    def make(kind, base="https://a.example/", title="A", languages=("en",)):
        make_project(tmp_path / "a", NewProject(kind, base, title, languages, TODAY))
        return tmp_path / "a"

    return make


def test_a_new_project_has_no_result_at_all_and_the_form_of_kg_fmt(project):
    done = run("validate", project)
    assert (0, "no results") == (done.returncode, done.stdout.strip().rpartition(", ")[2])
    assert 0 == run("fmt", "--check", project).returncode


def test_a_new_project_is_served(project):
    with serving(str(project)) as server:
        assert 200 == server.get("/", "text/html").status_code
        asked = server.get("/sparql", "text/csv", params={"query": "SELECT (1 AS ?one) {}"})
        assert "one\r\n1\r\n" == asked.text
        name = open_project(project).base.removeprefix("https://example.org")
        example = "/id/claim/c-0001" if name == "/claims/" else "/id/first"
        seen = server.get(example, "text/turtle", follow_redirects=True)
        assert name in seen.text


@pytest.mark.long
def test_what_ci_runs_in_a_new_project_passes(project):
    workflow = yaml.safe_load((project / ".github/workflows/check.yml").read_text("utf-8"))
    install, *steps = [one["run"] for one in workflow["jobs"]["check"]["steps"] if "run" in one]
    assert install.startswith("pip install")
    assert ["kg", "pytest"] == [step.split()[0] for step in steps]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTEST_ADDOPTS": "-p no:cacheprovider"}
    for step in steps:
        done = subprocess.run(
            ["bash", "-e", "-c", step],
            cwd=project,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert 0 == done.returncode, done.stdout + done.stderr


def test_a_claim_graph_has_the_ontology_and_shapes_of_ours_and_its_questions(made):
    folder = made("claims")
    for role in ("ontology", "shapes"):
        there = {path.name for path in (folder / role / "claimgraph").rglob("*.ttl")}
        assert there == {path.name for path in (REPO / role).rglob("*.ttl")}
    assert 40 < len(list((folder / "queries").rglob("*.rq")))


@pytest.mark.parametrize("languages", [("en", "fr"), ("en", "ar", "fr")], ids="-".join)
@pytest.mark.parametrize("kind", KINDS)
def test_names_are_wanted_in_the_languages_that_are_asked_for(made, kind, languages):
    source = kg.load(open_project(made(kind, languages=languages), environ={}))
    assert kg.check(source).conforms
    tags = {q.object.language for q in source.quads("data") if "abel" in q.predicate.value}
    assert set(languages) == tags


def test_base_and_title_are_those_that_are_given(made):
    title = 'What "they" said \\ wrote'
    folder = made("plain", base="https://my.example/x/", title=title)
    source = kg.load(open_project(folder, environ={}))
    assert "https://my.example/x/" == source.base
    assert title in {quad.object.value for quad in source.quads("data")}
    assert not [q for q in source.quads("data") if "example.org" in str(q)]


@pytest.mark.parametrize("base", ["example.org", "https://a.example/x", "ftp://a.example/", "a b/"])
def test_what_is_no_base_iri_is_refused_and_nothing_is_written(made, tmp_path, base):
    with pytest.raises(ProjectError, match=r"--base: .* cannot be a base IRI"):
        made("claims", base=base)
    assert [] == list(tmp_path.iterdir())


def test_a_folder_that_is_not_empty_is_left_as_it_is_and_what_is_there_is_named(tmp_path):
    for number in range(7):
        (tmp_path / f"file-{number}").write_text("mine", encoding="utf-8")
    done = run("init", tmp_path)
    assert 2 == done.returncode
    assert "file-0, file-1, file-2, file-3, file-4 and 2 more" in done.stderr
    assert 7 == len(list(tmp_path.iterdir()))
    done = run("init", tmp_path / "file-0")
    assert (2, "mine") == (done.returncode, (tmp_path / "file-0").read_text())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"languages": ("de",)}, "--language de"), ({"title": "two\nlines"}, "one line of text")],
)
def test_what_cannot_be_is_said(made, tmp_path, wrong, words):
    with pytest.raises(ProjectError, match=words):
        made("plain", **wrong)
    assert [] == list(tmp_path.iterdir())


def test_an_empty_folder_keeps_its_repository_and_is_filled_where_it_is(made, tmp_path):
    (tmp_path / "a" / ".git").mkdir(parents=True)
    there = (tmp_path / "a").stat().st_ino
    folder = made("plain")
    assert there == folder.stat().st_ino
    assert {".git", ".github", ".gitignore", "kg.toml"} <= {p.name for p in folder.iterdir()}


def test_a_project_that_cannot_be_made_whole_is_not_made(made, tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    rename, left = Path.rename, [3]

    def failing(self, target):
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ProjectError, match="cannot be written: No space left on device"):
        made("plain")
    assert [tmp_path / "a"] == list(tmp_path.rglob("*"))
