"""Two real `kg publish` at once on one folder of versions."""

import os
import signal
import subprocess
import sys

from kg.versions.version import read_versions, require_whole
from tests.versions.conftest import write

# `kg`, which stops before the first name that it gives: its version is written, and has none yet
STOPPING = """
import os, signal, sys
from kg.cli.app import app

def stop(event, arguments):
    if event == "os.rename":
        os.kill(os.getpid(), signal.SIGSTOP)

sys.addaudithook(stop)
app()
"""
SETTINGS = 'base = "http://example.org/"\n[folders]\ndata = "data"\nversions = "../versions"\n'


def project(folder, number):
    """A project that says a number, with its versions beside it; published on the day of that."""
    folder.mkdir()
    (folder / "kg.toml").write_text(SETTINGS)
    write(folder, {"data/a.ttl": f"ex:a ex:p {number} ."})
    return ["publish", str(folder), "--date", f"2026-01-{number:02}"]


def kg(*arguments):
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_of_two_publishers_the_second_is_told_to_wait_and_both_are_numbered(tmp_path):
    one, two, three = (project(tmp_path / str(number), number) for number in (1, 2, 3))
    assert 0 == kg(*one).returncode
    with subprocess.Popen([sys.executable, "-c", STOPPING, *two], stdout=subprocess.PIPE) as first:
        try:
            os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
            assert first.returncode is None
            # all of the second version is there, and nobody sees it
            assert ["1"] == [line[0] for line in kg("versions", two[1]).stdout.splitlines()]
            told = kg(*three)
            assert (2, "") == (told.returncode, told.stdout)
            assert f"kg: {tmp_path}" in told.stderr
            assert "another kg publish is at work here. Wait until it has ended." in told.stderr
        finally:
            first.send_signal(signal.SIGCONT)
        told, _ = first.communicate(timeout=60)
    assert told.startswith(b"published version 2")
    assert kg(*three).stdout.startswith("published version 3")
    versions = read_versions(tmp_path / "versions")
    assert [1, 2, 3] == [version.number for version in versions]
    for version in versions:
        require_whole(version)
    names = sorted(path.name for path in (tmp_path / "versions").iterdir())
    assert [".lock", "1", "2", "3"] == names
