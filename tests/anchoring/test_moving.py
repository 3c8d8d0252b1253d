"""Anchors follow their words when the text changes, and say so when the words are gone."""

import shutil
from datetime import date

import pytest
from typer.testing import CliRunner

import kg
from kg.cli.app import app
from kg.project import open_project
from kg.scaffold.project import NewProject, make_project

CLAIM = "data/ttl/claims/0001.ttl"


@pytest.fixture
def project(tmp_path):
    wanted = NewProject("claims", "https://a.example/", "A", ("en",), date(2026, 11, 28))
    make_project(tmp_path / "a", wanted)
    return tmp_path / "a"


@pytest.fixture
def change(project):
    """A function that writes the example's text with other words in it, and says where."""

    def changed(old, new):
        text = (project / "texts/example.txt").read_text(encoding="utf-8")
        assert old in text
        path = project / "texts/new.txt"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return changed


def anchors(project, text, *options):
    # in this process: to start another takes longer than all that is tested
    return CliRunner().invoke(app, ["anchors", *map(str, (text, project, *options))])


def test_a_text_that_is_the_same_has_its_anchors_in_place(project):
    done = anchors(project, project / "texts/example.txt")
    assert (0, "3 in place, 0 moved, 0 reads otherwise, 0 lost\n") == (done.exit_code, done.stdout)


def test_what_has_moved_is_found_by_its_digest_and_written_in_place(project, change):
    claim = project / CLAIM
    # a comment and a layout of the curator's own
    written = claim.read_text("utf-8").replace("  oa:start 109 ;", "  oa:start   109 ; # here")
    assert "# here" in written
    claim.write_text(written, encoding="utf-8")
    text = change("An invented article", "An article that is invented")
    done = anchors(project, text)
    assert 1 == done.exit_code
    assert f"{CLAIM}: <id/anchor/c-0001> 135:167 moved to 143:175" in done.stdout
    assert written == claim.read_text("utf-8"), "nothing is written without --fix"
    assert 0 == anchors(project, text, "--fix").exit_code
    mended = claim.read_text("utf-8")
    assert "  oa:start   117 ; # here" in mended
    differ = [a for a, b in zip(written.splitlines(), mended.splitlines(), strict=True) if a != b]
    assert 6 == len(differ)
    documents = (project / "data/ttl/documents.ttl").read_text("utf-8")
    assert f'"{len(text.read_text("utf-8"))} code points; UTF-8"' in documents
    assert 0 == anchors(project, text).exit_code
    assert kg.check(kg.load(open_project(project, environ={}))).conforms


def test_words_that_are_gone_are_lost_without_the_old_text_and_shown_with_it(project, change):
    text = change("120 people came on the first day", "120 persons came on its first day")
    done = anchors(project, text)
    assert 1 == done.exit_code
    assert "lost: its words are nowhere. --was OLD-TEXT" in done.stdout
    old = project / "texts/example.txt"
    done = anchors(project, text, "--was", old)
    assert "reads otherwise" in done.stdout
    for line in ("- 120 people came on the first day", "+ 120 persons came on its first day"):
        assert line in done.stdout
    before = (project / CLAIM).read_text("utf-8")
    assert 1 == anchors(project, text, "--was", old, "--fix").exit_code
    assert before == (project / CLAIM).read_text("utf-8"), "a reading is not changed unasked"
    assert 0 == anchors(project, text, "--was", old, "--fix", "--near").exit_code
    assert 0 == anchors(project, text).exit_code


def test_of_several_places_that_read_the_same_the_one_beside_its_neighbours_is_meant(
    project, change
):
    text = change("An invented article", "120 and 120 lines of an invented article")
    done = anchors(project, text)
    assert "<id/anchor/c-0001-visitors>" in done.stdout
    assert "the nearest of 3 that read the same" in done.stdout
    assert 0 == anchors(project, text, "--fix").exit_code
    seen = kg.load(open_project(project, environ={}))
    starts = {
        int(q.object.value) for q in seen.quads("data") if q.predicate.value.endswith("#start")
    }
    assert text.read_text("utf-8").index("120 people") in starts


def test_words_that_were_taken_out_are_lost_even_beside_the_old_text(project, change):
    text = change("According to the council, 120 people came on the first day. ", "")
    done = anchors(project, text, "--was", project / "texts/example.txt", "--fix", "--near")
    assert (1, True) == (
        done.exit_code,
        "0 in place, 0 moved, 0 reads otherwise, 3 lost" in done.stdout,
    )


def test_another_text_is_not_taken_for_the_old_one(project, change):
    text = change("council", "board")
    done = anchors(project, text, "--was", text)
    assert (2, True) == (done.exit_code, "not the text that <https://a.example/" in done.stderr)


def test_of_several_documents_one_has_to_be_named(project, change):
    documents = project / "data/ttl/documents.ttl"
    shutil.copy(project / CLAIM, project / "data/ttl/claims/0002.ttl")
    second = project / "data/ttl/claims/0002.ttl"
    second.write_text(
        second.read_text("utf-8").replace("0001", "0002").replace("doc/example", "doc/other"),
        encoding="utf-8",
    )
    text = change("council", "board")
    done = anchors(project, text)
    assert 2 == done.exit_code
    assert "<https://a.example/id/doc/example>, <https://a.example/id/doc/other>" in done.stderr
    assert 1 == anchors(project, text, "--document", "id/doc/example").exit_code
    done = anchors(project, text, "--document", "id/doc/none")
    assert (2, True) == (done.exit_code, "nothing in the data describes" in done.stderr)
    assert documents.exists()
