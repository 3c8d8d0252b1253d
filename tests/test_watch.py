"""`kg validate --watch` as its users meet it: a real process, real saves."""

import gzip
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.conftest import PREFIXES
from tests.test_cli import FAULTY, GOOD, kg

# a machine that does much else may tell of a save too late
pytestmark = pytest.mark.alone

WAITING = "waiting for changes"


@pytest.fixture(autouse=True)
def interruptible():
    """Let the processes of these tests hear SIGINT, also where the tests run in the background.

    A shell starts what runs there with that signal ignored, and every child inherits it.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def watching(folder, *options):
    """`kg validate --watch`, and a function that reads what it says up to its waiting again."""
    command = [sys.executable, "-m", "kg", "validate", str(folder), "--watch", *map(str, options)]
    env = {**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
    ) as process:

        def said() -> str:
            lines = []
            for line in process.stdout:
                lines.append(line)
                if WAITING in line:
                    return "".join(lines)
            raise AssertionError(f"it ended: {lines}")

        try:
            yield said, process
        finally:
            process.kill()


def save(path, text):
    """Save as most editors do: another file is put in the place of this one, whole."""
    beside = path.with_name("saved.tmp")
    beside.write_text(PREFIXES + text)
    beside.replace(path)


def ended(process) -> int:
    process.send_signal(signal.SIGINT)
    return process.wait(timeout=20)


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_each_save_brings_a_new_report_until_the_user_has_enough(write_project, engine):
    folder = write_project(FAULTY)
    with watching(folder, "--engine", engine) as (said, process):
        assert "does not conform" in said()
        save(folder / "data/a.ttl", GOOD)
        first = said()
        assert "changed: data/a.ttl\n" in first
        assert "conforms: 2 shapes" in first
        assert "Violation" not in first
        save(folder / "data/b.ttl", "ex:b a ex:Thing .")
        assert "changed: data/b.ttl\n" in (second := said())
        assert "Violation  data/b.ttl:7:1" in second
        save(folder / "data/b.ttl", "ex:b a ex:Thing")
        assert "kg: data/b.ttl:" in said()
        save(folder / "data/b.ttl", "ex:b a ex:Thing ; rdfs:label 'B' .")
        assert "conforms: 2 shapes" in said()
        assert 0 == ended(process)


def test_a_packed_file_is_watched(write_project):
    folder = write_project(FAULTY)
    with watching(folder) as (said, _):
        said()
        (folder / "data/packed.ttl.gz").write_bytes(gzip.compress(b"<urn:a> a <urn:B> ."))
        save(folder / "shapes/a.ttl", FAULTY["shapes/a.ttl"] + "\n")
        assert "changed: data/packed.ttl.gz" in said()


def test_the_exit_code_is_that_of_the_last_report(write_project):
    with watching(write_project(FAULTY)) as (said, process):
        said()
        assert 1 == ended(process)


def test_what_is_no_file_of_the_project_and_what_it_writes_itself_start_nothing(write_project):
    folder = write_project(FAULTY)
    report = folder / "data/report.ttl"
    with watching(folder, "--format", f"turtle={report}") as (said, _):
        said()
        (folder / "data/notes.txt").write_text("not RDF")
        (folder / "data/.hidden.ttl").write_text("not seen")
        save(folder / "shapes/a.ttl", FAULTY["shapes/a.ttl"] + "\n")
        assert "changed: shapes/a.ttl\n" in said()
        assert report.exists()


def test_a_file_alone_and_its_shapes_are_watched(write_project):
    folder = write_project({"in/a.ttl": "ex:a a ex:Thing .", "rules/r.ttl": FAULTY["shapes/a.ttl"]})
    with watching(folder / "in/a.ttl", "--shapes", folder / "rules/r.ttl") as (said, _):
        assert "does not conform" in said()
        save(folder / "in/other.ttl", "ex:a a")
        save(folder / "in/a.ttl", "ex:a a ex:Thing ; rdfs:label 'A' .")
        assert "conforms: 2 shapes" in said()
        save(folder / "rules/r.ttl", FAULTY["shapes/a.ttl"].replace("Count 1", "Count 2"))
        assert "does not conform" in said()


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--jobs", 2], "one or the other"), (["--shapes", "none"], "no such folder or file")],
)
def test_what_cannot_be_watched_is_one_line(write_project, options, words):
    result = kg("validate", write_project(FAULTY), "--watch", *options)
    assert (2, 1) == (result.returncode, result.stderr.count("\n"))
    assert words in result.stderr
