"""A disk or a folder that takes no export: the old one stays, and what to do is said."""

import os
import subprocess
import sys

import pytest

from kg.export.folders import RECORD
from tests.conftest import PREFIXES

# escaped it is larger than in any dump
LONG = "<" * 400_000


def export(folder, project, before):
    command = [*before, sys.executable, "-m", "kg", "export", str(folder), str(project)]
    return subprocess.run(
        [*command, "--url", "http://example.org", "--jobs", "1"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path):
    """A folder of data, and beside it what counts as an export of before."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / RECORD).write_text("old")
    (tmp_path / "data").mkdir()
    text = f'{PREFIXES} ex:a ex:p "{LONG}" .'
    (tmp_path / "data" / "a.ttl").write_text(text, encoding="utf-8")
    return tmp_path / "data"


def test_an_export_that_the_disk_does_not_hold_leaves_the_old_one(project, tmp_path):
    folder = tmp_path / "site"
    told = export(folder, project, ["prlimit", "--fsize=1000000:1000000"])
    said = (
        f"kg: {folder}: cannot be written: File too large. What was there is as it was. Make room"
    )
    assert (2, "") == (told.returncode, told.stdout), told.stderr
    assert told.stderr.startswith(said), told.stderr
    assert "old" == (folder / RECORD).read_text()
    assert ["data", "site"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_folder_in_which_one_may_not_write_gets_no_export_and_keeps_the_old_one(
    project, tmp_path
):
    # the capability by which root writes everywhere
    bound = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []
    tmp_path.chmod(0o555)
    try:
        told = export(tmp_path / "site", project, bound)
    finally:
        tmp_path.chmod(0o755)
    assert 2 == told.returncode
    said = f"kg: {tmp_path / 'site'}: cannot be written: Permission denied. What was there is as it"
    assert told.stderr.startswith(said), told.stderr
    assert "Name a folder in which you may write" in told.stderr
    assert "old" == (tmp_path / "site" / RECORD).read_text()
