"""Processes that are killed at random moments, and what must hold afterwards.

Each function returns what was wrong, told in words; an empty list is good.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import httpx

from tests.asking import Asking, until, workers_of, written
from tests.conftest import serving
from tests.processes import children, command_of


def workers_killed(room: Path, times: int, seed: int) -> list[str]:
    """Kill a worker so often while a client asks: at most the query that it had may fail."""
    random, folder = Random(seed), project(room)
    with serving(str(folder), env=settings(room)) as server:
        client = Asking(server.url)
        client.start()
        for _ in range(times):
            until(lambda: workers_of(server.pid))
            with suppress(ProcessLookupError, IndexError):
                os.kill(random.choice(workers_of(server.pid)), signal.SIGKILL)
            time.sleep(random.random() / 5)
        told = len(client.seen)
        until(lambda: len(client.seen) > told + 20)
        client.stop.set()
        client.join()
        until(lambda: len(workers_of(server.pid)) <= 4)
    others = [one for one in client.failures if not one.startswith("/sparql") or " 503 " not in one]
    few = [] if len(client.failures) <= times else [f"{len(client.failures)} queries failed"]
    return others + few


def server_killed(room: Path, times: int, seed: int) -> list[str]:
    """Kill the server so often as it starts and serves: the next start serves what is there."""
    random, folder, wrong = Random(seed), project(room), []
    for number in range(times):
        written(folder, number)
        process = subprocess.Popen(
            [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, **settings(room)}, start_new_session=True,
        )  # fmt: skip
        time.sleep(6 * random.random())
        process.kill()
        process.wait()
        until(lambda session=process.pid: not living(session))
        if number % 5 == 4:
            wrong += served_whole(room, folder, number)
    return wrong


def reload_killed(room: Path, times: int, seed: int) -> list[str]:
    """Kill so often what builds after a change: no request fails, and the next change is served."""
    random, folder = Random(seed), project(room)
    with (
        (room / "log").open("w") as log,
        serving(str(folder), env=settings(room), stderr=log) as server,
    ):
        client = Asking(server.url)
        client.start()
        for number in range(1, times + 1):
            written(folder, number)
            said = {str(number)}
            until(lambda said=said: builders(server.pid) or client.numbers() == said)
            time.sleep(2 * random.random())
            for builder in builders(server.pid):
                with suppress(ProcessLookupError):
                    os.kill(builder, signal.SIGKILL)
        written(folder, times + 1)
        until(lambda: {str(times + 1)} == client.numbers())
        return ended(client)


def project(room: Path) -> Path:
    """Make a folder that says 0 twice."""
    folder = room / "data"
    folder.mkdir()
    written(folder, 0)
    return folder


def settings(room: Path) -> dict[str, str]:
    """The environment of a server that keeps all its files in the room."""
    temporary = room / "temporary"
    temporary.mkdir(exist_ok=True)
    return {
        "XDG_CACHE_HOME": str(room / "cache"),
        "TMPDIR": str(temporary),
        "KG_LOG_REQUESTS": "none",
    }


def served_whole(room: Path, folder: Path, number: int) -> list[str]:
    """Return what is wrong about a server that is started now."""
    with serving(str(folder), env=settings(room)) as server:
        served = httpx.get(f"{server.url}/dump.nq").text
    wrong = [] if served.count(f'"{number}"') == 2 else [f"serves {served!r}, not {number}"]
    return wrong + left_in(room)


def ended(client: Asking) -> list[str]:
    """Stop a client; return what failed, and answers that mix two states."""
    client.stop.set()
    client.join()
    mixed = [f"mixed: {numbers}" for _, numbers, _ in client.seen if len(set(numbers)) != 1]
    return client.failures + mixed


def left_in(room: Path) -> list[str]:
    """Return what was begun in the cache and never ended."""
    return [f"left: {path.name}" for path in (room / "cache").rglob("making-*")]


def builders(pid: int) -> list[int]:
    """The processes that build what a server serves."""
    return [child for child in children(pid) if "spawn_main" in command_of(child)]


def living(session: int) -> list[int]:
    """The processes whose session that is and which still run."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=", "--sid", str(session)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    rows = (line.split() for line in listed.stdout.splitlines())
    return [int(pid) for pid, state in rows if not state.startswith("Z")]
