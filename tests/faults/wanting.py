"""What a server lacks, or cannot rely on, while it runs: room on the disk, files that stay, a clock
that goes on, handles for connections. The last good snapshot is served all the while.

Each function returns what was wrong, told in words; an empty list is good.
"""

import resource
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from random import Random

import httpx

from kg.builds.build import read_build
from tests.asking import Asking, until, written
from tests.conftest import PREFIXES, Server, serving
from tests.faults.killing import ended, left_in, project, served_whole, settings

# bytes that a file may have on a disk that has no more room
ROOM = 200_000
# handles of files and connections that a process may have
HANDLES = 128
KEPT_ON = "served before is served on"


def disk_full(room: Path, times: int, seed: int) -> list[str]:  # noqa: ARG001 - as all have it
    """Let nothing large be written so often: what was there is served on, and the next thing is."""
    folder, log, wrong = project(room), room / "log", []
    # the build folder has no room: no file of it may be larger
    with log.open("w") as stderr, limited(resource.RLIMIT_FSIZE, ROOM):
        running = serving(str(folder), env=settings(room), stderr=stderr)
        server = running.__enter__()
    try:
        client = Asking(server.url)
        client.start()
        for number in range(1, times + 1):
            said = log.read_text().count(KEPT_ON)
            large = f'{PREFIXES} ex:b ex:m "{"x" * 2 * ROOM}" .'
            (folder / "large.ttl").write_text(large, encoding="utf-8")
            until(lambda said=said: log.read_text().count(KEPT_ON) > said)
            (folder / "large.ttl").unlink()
            written(folder, number)
            until(lambda number=number: {str(number)} == client.numbers())
        wrong += ended(client)
    finally:
        running.__exit__(None, None, None)
    told = log.read_text()
    said = "dumps: the dumps cannot be written: File too large."
    wrong += [] if said in told else [f"not told: {told}"]
    return wrong + left_in(room)


def files_changing(room: Path, times: int, seed: int) -> list[str]:
    """Let files come, go and change while they are read: the last state is served in the end."""
    random, folder = Random(seed), project(room)
    with (room / "log").open("w") as log, serving(str(folder), env=settings(room), stderr=log) as s:
        client = Asking(s.url)
        client.start()
        for number in range(1, times + 1):
            written(folder, number)
            end = time.monotonic() + 2 * random.random()
            while time.monotonic() < end:
                other = folder / f"other-{random.randrange(4)}.ttl"
                if random.random() < 0.5:
                    other.unlink(missing_ok=True)
                else:
                    other.write_text(f"{PREFIXES} ex:c ex:m {random.random()} .", encoding="utf-8")
                time.sleep(random.random() / 50)
        for other in folder.glob("other-*"):
            other.unlink()
        written(folder, times + 1)
        until(lambda: {str(times + 1)} == client.numbers())
        wrong = ended(client)
        until(lambda: "ex:m" not in s.get("/dump.ttl").text)
    return wrong + left_in(room)


def build_damaged(room: Path, times: int, seed: int) -> list[str]:
    """Change one byte of what was built so often: it is noticed, and never served."""
    random, folder = Random(seed), project(room)
    wrong = served_whole(room, folder, 0)
    (build,) = (path.parent for path in (room / "cache").rglob("manifest.json"))
    files = [path for path in sorted(build.rglob("*")) if path.is_file() and path.stat().st_size]
    for number in range(times):
        file = random.choice(files)
        whole = file.read_bytes()
        at = random.randrange(len(whole))
        changed = bytes((whole[at] ^ (1 << random.randrange(8)),))
        file.write_bytes(whole[:at] + changed + whole[at + 1 :])
        if read_build(build) and harmful(file, whole):
            wrong.append(f"{file.name}: byte {at} of {len(whole)} was changed, and not noticed")
        # a start now and then: others look at each byte in the same way
        if number % 10 == 0:
            wrong += served_whole(room, folder, 0)
        file.write_bytes(whole)
    return wrong


def harmful(file: Path, whole: bytes) -> bool:
    """Whether it says something else now: spaces of the manifest may change."""
    return file.name != "manifest.json" or file.read_bytes().split() != whole.split()


def clock_jumping(room: Path, times: int, seed: int) -> list[str]:
    """Let the clock jump by days, both ways, so often: no request fails, no query ends early."""
    random, folder, clock = Random(seed), project(room), room / "clock"
    clock.write_text("0")
    script = room / "jumping.py"
    script.write_text(JUMPING, encoding="utf-8")
    with serving_by(script, str(folder), env={**settings(room), "CLOCK": str(clock)}) as server:
        client = Asking(server.url)
        client.start()
        for number in range(1, times + 1):
            clock.write_text(str(random.randint(-3_000_000, 3_000_000)))
            written(folder, number)
            until(lambda number=number: {str(number)} == client.numbers())
        return ended(client)


# the program whose clock is what a file says, in seconds from the true one
JUMPING = """
import os, sys, time
clock, real = os.environ["CLOCK"], time.time

def jumped():
    try:
        with open(clock) as file:
            return real() + float(file.read() or 0)
    except OSError:
        return real()

time.time = jumped
time.time_ns = lambda: int(1e9 * jumped())
if __name__ == "__main__":
    from kg.cli.app import main
    main()
"""


@contextmanager
def serving_by(script: Path, *arguments: str, env: dict[str, str]) -> Iterator[Server]:
    """Run `kg serve` by a script that changes something in the program first."""
    python = script.with_suffix(".sh")
    # `python -m kg` becomes `python script`
    python.write_text(f'#!/bin/sh\nshift 2\nexec "{sys.executable}" "{script}" "$@"\n', "utf-8")
    python.chmod(0o755)
    with serving(*arguments, env=env, python=str(python)) as server:
        yield server


def handles_exhausted(room: Path, times: int, seed: int) -> list[str]:  # noqa: ARG001 - see above
    """Take all its handles so often by connections that say nothing: it answers when they end."""
    folder, log, wrong = project(room), room / "log", []
    with log.open("w") as stderr, limited(resource.RLIMIT_NOFILE, HANDLES):
        running = serving(str(folder), env=settings(room), stderr=stderr)
        server = running.__enter__()
    try:
        address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
        for number in range(1, times + 1):
            with ExitStack() as stack:
                for _ in range(200):
                    with suppress(OSError):
                        stack.enter_context(socket.create_connection(address, timeout=5))
                until(lambda: handles(server.pid) >= HANDLES - 8)
                # what was open before is served on
                wrong += refused(server)
                # what changes meanwhile is served as soon as there is room for it
                written(folder, number)
                told = log.read_text().count(KEPT_ON)
                until(lambda told=told: log.read_text().count(KEPT_ON) > told)
            until(lambda: answers(server.url))
            until(lambda number=number: f" {number} " in fresh(server.url))
    finally:
        running.__exit__(None, None, None)
    told = log.read_text()
    wrong += ["a traceback is told"] if "Traceback" in told else []
    return wrong + [f"a line too many: {told[-500:]}" for _ in range(told.count("\n") > 50 * times)]


def refused(server: Server) -> list[str]:
    """Return what is wrong with answers to a client that has a connection."""
    with suppress(httpx.TransportError):
        answer = server.get("/dump.nq", timeout=60)
        # it has no handle for the file either, at times
        return [] if answer.status_code in (200, 503) else [f"/dump.nq: {answer.status_code}"]
    return []


def handles(pid: int) -> int:
    """How many files and connections a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def answers(url: str) -> bool:
    """Whether a client that comes now is answered, a query too."""
    with suppress(httpx.TransportError):
        asked = httpx.get(f"{url}/sparql", params={"query": "ASK { ?s ?p ?o }"}, timeout=60)
        return asked.status_code == 200
    return False


def fresh(url: str) -> str:
    """What a client that comes now gets, "" where it gets nothing."""
    with suppress(httpx.TransportError):
        return httpx.get(f"{url}/dump.nq", timeout=60).text.replace('"', " ")
    return ""


@contextmanager
def limited(what: int, most: int) -> Iterator[None]:
    """Have processes that are started in the block no more of it than that."""
    before = resource.getrlimit(what)
    resource.setrlimit(what, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(what, before)
