"""An export takes the place of another as a whole, and of nothing else."""

import os
import signal
import subprocess
import sys

import pytest

from kg.errors import ProjectError
from kg.export.folders import RECORD, replacing


def _fill(unfinished):
    (unfinished / RECORD).write_text("new")
    raise OSError(28, "the disk is full")


def test_an_export_is_replaced_at_once(tmp_path):
    folder = tmp_path / "site"
    for text in ("old", "new"):
        with replacing(folder) as unfinished:
            (unfinished / RECORD).write_text(text)
            (unfinished / text).touch()
    assert {path.name for path in folder.iterdir()} == {RECORD, "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_others_is_refused_and_an_empty_one_taken(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    refused = pytest.raises(ProjectError, match="not empty, and no export of ours")
    with refused, replacing(tmp_path / "mine"):
        pass
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"
    (tmp_path / "empty").mkdir()
    with replacing(tmp_path / "empty") as unfinished:
        (unfinished / RECORD).touch()
    assert (tmp_path / "empty" / RECORD).exists()


def test_what_fails_leaves_the_old_export_and_nothing_else(tmp_path):
    folder = tmp_path / "site"
    with replacing(folder) as unfinished:
        (unfinished / RECORD).write_text("old")
    failed = pytest.raises(ProjectError, match="the disk is full")
    with failed, replacing(folder) as unfinished:
        _fill(unfinished)
    assert (folder / RECORD).read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_two_at_once_do_not_meet(tmp_path):
    refused = pytest.raises(ProjectError, match="another kg export")
    with replacing(tmp_path / "site"), refused, replacing(tmp_path / "site"):
        pass


def test_an_export_that_is_killed_leaves_the_old_one_and_the_next_clears_up(tmp_path):
    folder = tmp_path / "site"
    with replacing(folder) as unfinished:
        (unfinished / RECORD).write_text("old")
    program = (
        "import sys, pathlib\nfrom kg.export.folders import replacing\n"
        "with replacing(pathlib.Path(sys.argv[1])) as new:\n"
        "    (new / 'half').touch()\n    print('here', flush=True)\n    sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"here\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert (folder / RECORD).read_text() == "old"
    with replacing(folder) as unfinished:
        (unfinished / RECORD).write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
