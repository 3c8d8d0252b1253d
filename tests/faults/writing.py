"""`kg publish` and `kg export`, killed at random moments: what was there stays whole.

Each function returns what was wrong, told in words; an empty list is good.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from kg.errors import VersionsError
from kg.export.folders import RECORD
from kg.source.digests import file_digest
from kg.versions.version import read_versions, require_whole
from tests.asking import until, written
from tests.faults.killing import living

# `kg`, which says when it begins to write, under a hidden name: nothing before can do harm
READY = """
import sys
from kg.cli.app import app

def wait(event, arguments, told=[]):
    if event == "os.mkdir" and ".new-" in str(arguments[0]) and not told:
        told.append(event)
        print("here", flush=True)
        sys.stdin.readline()

sys.addaudithook(wait)
app()
"""
SETTINGS = 'base = "http://example.org/"\n[folders]\ndata = "data"\n'
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def publish_killed(room: Path, times: int, seed: int) -> list[str]:
    """Kill `kg publish` so often: every version is whole, and the next one gets on with it."""
    folder = project(room)
    # so much that some moments are within the writing of it
    many = "".join(
        f'<http://example.org/a> <http://example.org/m> "m{n}" .\n' for n in range(2_000)
    )
    (folder / "data" / "many.nt").write_text(many, encoding="utf-8")

    def command() -> list[str]:
        # two versions are never of one second
        date = FIRST + timedelta(days=len([*(folder / "versions").glob("[0-9]*")]))
        return ["publish", str(folder), "--date", date.isoformat()]

    def wrong(number: int, *, ended: bool) -> list[str]:
        try:
            versions = read_versions(folder / "versions")
            for version in versions:
                require_whole(version)
        except VersionsError as error:
            return [str(error)]
        numbers = {str(version.number) for version in versions}
        found = {one.name for one in (folder / "versions").iterdir()}
        left = found - numbers - {".lock"} if ended else visible(found) - numbers
        newest = versions[-1].dump.read_text(encoding="utf-8")
        good = newest.count(f'"{number}"') == 2 or not ended
        return [*(f"left: {name}" for name in left), *([] if good else [f"newest: {newest!r}"])]

    return killed(folder, command, wrong, times, Random(seed))


def export_killed(room: Path, times: int, seed: int) -> list[str]:
    """Kill `kg export` so often: the copy is the old one or the new one, and the next clears up."""
    folder, site = project(room), room / "site"

    def command() -> list[str]:
        options = ["--url", "http://example.org", "--jobs", "2"]
        return ["export", str(site), str(folder), *options]

    def wrong(number: int, *, ended: bool) -> list[str]:
        record = json.loads((site / RECORD).read_text(encoding="utf-8"))
        files = [one for one in (site / "files").rglob("*") if one.is_file()]
        size = sum(one.stat().st_size for one in files)
        dump = site / "files" / "dump.nq"
        said = (record["files"], record["bytes"], record["snapshot"])
        found = (len(files), size, file_digest(dump))
        new = dump.read_text(encoding="utf-8").count(f'"{number}"') == 2
        names = {one.name for one in room.iterdir()}
        left = (names if ended else visible(names)) - {"data", "site"}
        return [
            *(f"left: {name}" for name in left),
            *([] if said == found else [f"the record says {said}, there is {found}"]),
            *([] if new or not ended else [f"the old copy is there, not {number}"]),
        ]

    return killed(folder, command, wrong, times, Random(seed))


def killed(
    folder: Path,
    command: Callable[[], list[str]],
    wrong: Callable[..., list[str]],
    times: int,
    random: Random,
) -> list[str]:
    """Run a command once, then kill it so often and run it again, after a change each time.

    `command` are the arguments of now; `wrong` says what is wrong, given the number that the data
    says, and whether the command has `ended` by itself.
    """
    seconds, told = run(command(), None)
    for number in range(1, times + 1):
        written(folder / "data", number)
        run(command(), 1.1 * seconds * random.random())
        told += [f"killed: {one}" for one in wrong(number, ended=False)]
        took, failed = run(command(), None)
        # where it was killed too late there was nothing to write
        seconds = took or seconds
        told += [*failed, *wrong(number, ended=True)]
    return told


def run(arguments: list[str], delay: float | None) -> tuple[float, list[str]]:
    """Run `kg`, and kill it so many seconds after it has begun to write.

    Return the seconds until it said that it was done or was killed, 0 where there was nothing to
    write, and how it failed.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", READY, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    with process:
        assert process.stdin
        assert process.stdout
        seconds = 0.0
        if process.stdout.readline() == "here\n":
            process.stdin.write("\n")
            process.stdin.flush()
            seconds = done_or_killed(process, delay)
        _, said = process.communicate(timeout=60)
    # what it has started ends with it
    until(lambda: not living(process.pid))
    failed = delay is None and process.returncode != 0
    return seconds, [f"{process.returncode}: {said}"] if failed else []


def done_or_killed(process: subprocess.Popen[str], delay: float | None) -> float:
    """Wait until it says that it is done, or kill it after so many seconds; return how many."""
    begun = time.monotonic()
    if delay is None:
        assert process.stdout
        process.stdout.readline()
    else:
        time.sleep(delay)
        process.kill()
    return time.monotonic() - begun


def project(room: Path) -> Path:
    """Make a project that says 0 twice."""
    folder = room / "data"
    (folder / "data").mkdir(parents=True)
    (folder / "kg.toml").write_text(SETTINGS, encoding="utf-8")
    written(folder / "data", 0)
    return folder


def visible(names: set[str]) -> set[str]:
    return {name for name in names if not name.startswith(".")}
