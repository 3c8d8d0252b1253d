"""Many clients at once, how long each of their requests took, and what the server then holds."""

import asyncio
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx

from tests.load.visitors import CROWD, Asked
from tests.processes import family

# seconds that a visitor thinks between two requests
THINKING = 1.0

# so long an answer is waited for: longer than any query may take
PATIENCE = 90


@dataclass(slots=True)
class Seen:
    """What the visitors of a kind have seen: seconds of each answer, and errors."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def at(self, part: float) -> float:
        """The seconds within which that part of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@dataclass(frozen=True, slots=True)
class Held:
    """What a server and the processes that it has started hold."""

    bytes: int
    processes: int
    threads: int
    files: int


def parts(clients: int) -> Iterator[tuple[str, int]]:
    """Yield kinds of visitors, and how many of each come where so many come; two are hostile."""
    whole = sum(number for _, number in CROWD.values())
    for kind, (_, number) in CROWD.items():
        share = number if kind == "hostile" else max(1, round(number * clients / whole))
        yield kind, share


async def visited(url: str, clients: int, seconds: float, seed: int) -> dict[str, Seen]:
    """Let so many visitors come for so long; return what those of each kind have seen."""
    end = time.monotonic() + seconds
    seen = {kind: Seen() for kind in CROWD}
    number = 0
    async with asyncio.TaskGroup() as group:
        for kind, share in parts(clients):
            for _ in range(share):
                number += 1
                group.create_task(_visit(url, kind, number, seed, end, seen[kind]))
    return seen


async def idle(url: str, times: int, seed: int) -> dict[str, Seen]:
    """Let one visitor of each kind come alone; return what it has seen in at most ten seconds."""
    seen = {kind: Seen() for kind in CROWD if kind != "hostile"}
    for kind, one in seen.items():
        async with client(url, 250) as alone:
            requests = CROWD[kind][0](Random(seed))
            end = time.monotonic() + 10
            while len(one.seconds) < times and time.monotonic() < end:
                await _ask(alone, next(requests), one)
                await asyncio.sleep(0.05)
    return seen


def client(url: str, number: int) -> httpx.AsyncClient:
    """Return a client with an address of its own, as different people have."""
    transport = httpx.AsyncHTTPTransport(local_address=f"127.0.0.{number + 1}")
    return httpx.AsyncClient(
        base_url=url, transport=transport, timeout=PATIENCE, follow_redirects=True
    )


async def _visit(url: str, kind: str, number: int, seed: int, end: float, seen: Seen) -> None:
    random = Random(f"{seed} {number}")
    thinking = 0.0 if kind == "hostile" else THINKING
    requests = CROWD[kind][0](random)
    async with client(url, number) as visitor:
        # not all at once
        await asyncio.sleep(random.random() * thinking)
        while time.monotonic() < end:
            await _ask(visitor, next(requests), seen)
            await asyncio.sleep(thinking)


async def _ask(visitor: httpx.AsyncClient, asked: Asked, seen: Seen) -> None:
    method, content = ("POST", asked.body) if asked.body else ("GET", None)
    headers = {"accept": asked.accept, **({"content-type": "text/turtle"} if content else {})}
    begun = time.perf_counter()
    try:
        answer = await visitor.request(
            method, asked.path, params=asked.query, headers=headers, content=content
        )
    except httpx.HTTPError as error:
        seen.errors.append(f"{asked.path}: {error!r}")
        return
    seen.seconds.append(time.perf_counter() - begun)
    if answer.status_code not in asked.good:
        seen.errors.append(f"{asked.path}: {answer.status_code} {answer.text[:200]}")


def held(pid: int) -> Held:
    """Return what a process and its descendants hold now."""
    folders = [folder for one in family(pid) if (folder := Path(f"/proc/{one}")).is_dir()]
    memory = (line for folder in folders for line in _lines(folder / "smaps_rollup"))
    proportional = sum(int(line.split()[1]) for line in memory if line.startswith("Pss:"))
    threads = sum(len(list((folder / "task").iterdir())) for folder in folders)
    files = sum(len(list((folder / "fd").iterdir())) for folder in folders)
    return Held(1024 * proportional, len(folders), threads, files)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except (OSError, ProcessLookupError):
        # it has ended meanwhile
        return []


def table(seen: dict[str, Seen], alone: dict[str, Seen]) -> Iterable[str]:
    """Yield the rows of a Markdown table: times in milliseconds, and against those alone."""
    yield "| Visitors | Answers | Errors | p50 | p99 | p50 alone | p99 / p50 alone |"
    yield "|---|---|---|---|---|---|---|"
    for kind, one in seen.items():
        middle, slow = 1000 * one.at(0.5), 1000 * one.at(0.99)
        row = f"| {kind} | {len(one.seconds):,} | {len(one.errors)} | {middle:.1f} | {slow:.1f} |"
        if kind in alone:
            usual = 1000 * statistics.median(alone[kind].seconds)
            row += f" {usual:.1f} | {slow / usual:.1f} |"
        else:
            row += " | |"
        yield row
