"""What has changed since a revision, in real repositories of git."""

import gzip
import os
import subprocess

import pytest

from kg.errors import ProjectError
from kg.project import open_project
from kg.source.changes import changes_since, only_changed
from kg.source.findings import findings_of
from kg.source.loading import load
from kg.source.shapes import validate

EX = "http://example.org/"
SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:S-p .
ex:S-p sh:path ex:p ; sh:minCount 1 .
ex:T a sh:NodeShape ; sh:targetClass ex:D ; sh:property [ sh:path ex:p ; sh:in ( 1 ) ] .
"""
FILES = {
    "kg.toml": "",
    "data/ttl/a.ttl": "ex:a a ex:C .",
    "data/ttl/b.ttl": "ex:b a ex:C .",
    "data/ttl/d.ttl": "ex:d a ex:D ; ex:p ex:e . ex:e ex:q 1 .",
    "shapes/s.ttl": SHAPES,
}


def git(folder, *arguments: str) -> None:
    who = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(write_project):
    """A folder of a repository whose only commit has three results, on ex:a, ex:b and ex:d."""
    folder = write_project(FILES)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    return folder


def touched(folder, revision: str = "HEAD", **environment: str) -> list[str]:
    """The focus nodes of what is reported, without the namespace."""
    project = open_project(folder, environment)
    source = load(project)
    findings = findings_of(source, validate(source))
    found = only_changed(findings, changes_since(source, revision))
    return sorted(one.result.focus_node.removeprefix(EX) for one in found.items)


def test_without_a_change_there_is_nothing_and_how_much_is_left_out_is_said(repository):
    source = load(open_project(repository, {}))
    found = only_changed(findings_of(source, validate(source)), changes_since(source, "HEAD"))
    assert () == found.items
    expected = "Everything was validated; left out: 3 results on what has not changed since HEAD."
    assert (expected,) == found.notes


def test_a_result_in_a_changed_file_is_reported(repository, write_project):
    write_project({"data/ttl/a.ttl": "ex:a a ex:C . # a comment"})
    assert ["a"] == touched(repository)


def test_a_result_in_a_new_file_is_reported(repository, write_project):
    write_project({"data/ttl/new.ttl": "ex:new a ex:C ."})
    assert ["new"] == touched(repository)
    git(repository, "add", "-A")
    assert ["new"] == touched(repository)


def test_a_focus_node_that_another_file_changes_is_reported(repository, write_project):
    write_project({"data/ttl/c.ttl": "ex:b ex:q [ ex:r 1 ] ."})
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "second")
    assert ["b"] == touched(repository, "HEAD~1")
    write_project({"data/ttl/c.ttl": "ex:b ex:q [ ex:r 2 ] ."})
    assert ["b"] == touched(repository)


def test_a_value_that_has_changed_is_reported(repository, write_project):
    write_project({"data/ttl/e.ttl": "ex:e ex:q 2 ."})
    assert ["d"] == touched(repository)


def test_a_file_that_was_removed_is_a_change(repository, write_project):
    write_project({"data/ttl/c.ttl": "ex:b ex:q 1 ."})
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "second")
    (repository / "data/ttl/c.ttl").unlink()
    assert ["b"] == touched(repository)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("minCount 1", "minCount 2", ["a", "b"]), ("sh:in ( 1 )", "sh:in ( 2 )", ["d"])],
)
def test_a_shape_that_has_changed_is_reported_inside_of_it_too(
    repository, write_project, old, new, expected
):
    write_project({"shapes/s.ttl": SHAPES.replace(old, new)})
    assert expected == touched(repository)


def test_the_last_item_of_a_long_list_of_a_shape_is_part_of_it(repository, write_project):
    items = " ".join(map(str, range(1, 40)))
    write_project({"shapes/s.ttl": SHAPES.replace("( 1 )", f"( {items} 98 )")})
    git(repository, "commit", "-aqm", "second")
    assert [] == touched(repository)
    write_project({"shapes/s.ttl": SHAPES.replace("( 1 )", f"( {items} 99 )")})
    assert ["d"] == touched(repository)


@pytest.mark.parametrize(
    ("name", "write"),
    [("c.ttl.gz", gzip.compress), ("c.ttl", lambda text: b"\xef\xbb\xbf" + text)],
    ids=["packed", "with a byte order mark"],
)
def test_every_file_that_is_loaded_is_compared(repository, name, write):
    for number in (1, 2):
        text = f"<{EX}b> <{EX}q> {number} .".encode()
        (repository / "data/ttl" / name).write_bytes(write(text))
        assert ["b"] == touched(repository)
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "another")
        assert [] == touched(repository)


def test_a_file_whose_name_is_not_utf_8_changes_nothing(repository, write_project):
    write_project({"data/ttl/a.ttl": "ex:a a ex:C . # a comment"})
    (repository / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"")
    assert ["a"] == touched(repository)


def test_a_file_that_is_no_part_of_the_project_changes_nothing(repository, write_project):
    write_project({"tests/a.ttl": "ex:a ex:q 1 . ex:S-p ex:q 2 ."})
    assert [] == touched(repository)


def test_a_moved_base_changes_nothing(repository, write_project):
    write_project({"data/ttl/c.ttl": "ex:b ex:q 1 ."})
    project = open_project(repository, {"KG_BASE": EX}).with_rebase("http://new.example/")
    source = load(project)
    found = only_changed(findings_of(source, validate(source)), changes_since(source, "HEAD"))
    assert ["http://new.example/b"] == [one.result.focus_node for one in found.items]


def test_a_project_below_the_top_of_its_repository(repository, write_project):
    inner = {f"inner/{name}": text for name, text in FILES.items()}
    write_project({**inner, "odd näme.txt": ""})
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "second")
    write_project({"inner/data/ttl/a.ttl": "ex:a a ex:C . # a comment"})
    assert ["a"] == touched(repository / "inner")


def test_a_file_that_was_broken_is_changed_by_being_mended(repository, write_project):
    write_project({"data/ttl/a.ttl": "ex:a a ex:C"})
    git(repository, "commit", "-aqm", "broken")
    write_project({"data/ttl/a.ttl": "ex:a a ex:C ."})
    assert ["a"] == touched(repository)


@pytest.mark.parametrize("revision", ["nowhere", "--all", "", "HEAD:kg.toml"])
def test_an_unknown_revision_is_refused_with_what_to_do(repository, revision):
    with pytest.raises(ProjectError, match=r"no such revision here\. A shallow clone"):
        touched(repository, revision)


def test_outside_of_a_repository_it_is_said(write_project, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ProjectError, match="not a git repository"):
        touched(write_project(FILES))


def test_without_git_it_is_said(repository, monkeypatch):
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(ProjectError, match="--changed needs git"):
        touched(repository)
