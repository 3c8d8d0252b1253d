"""Clients of a small folder that changes, and the processes of the server that serves it."""

import threading
import time
from pathlib import Path

import httpx

from tests.conftest import PREFIXES
from tests.processes import children, command_of

BOTH = "SELECT ?n { ?s <http://example.org/n> ?n } ORDER BY ?s"


def until(condition) -> None:
    """Wait for what happens soon, and fail where it does not."""
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def written(folder: Path, number: int) -> None:
    """Let two files say the same number; the folder holds both or neither of them."""
    text = f"{PREFIXES} ex:a ex:n {number} . ex:b ex:n {number} ."
    beside = folder / ".a.ttl"
    beside.write_text(text, encoding="utf-8")
    beside.replace(folder / "a.ttl")


class Asking(threading.Thread):
    """A client that asks without pause, in pages, dumps and queries, until it is told to stop."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.stop = threading.Event()
        self.failures: list[str] = []
        self.seen: list[tuple[str, tuple[str, ...], str]] = []

    def run(self) -> None:
        """Ask, and keep what was answered: kind, numbers, tag."""
        with httpx.Client(timeout=30) as client:
            while not self.stop.is_set():
                # never the same query twice, so that some are not remembered
                query = f"{BOTH} # {len(self.seen)}"
                for path in (
                    "/dump.nq",
                    "/doc/a.nt",
                    f"/sparql?query={httpx.QueryParams(q=query)['q']}",
                ):
                    self._ask(client, path)

    def _ask(self, client: httpx.Client, path: str) -> None:
        address, _, query = path.partition("?query=")
        try:
            answer = client.get(
                self.url + address,
                params={"query": query} if query else None,
                headers={"accept": "text/csv" if query else "*/*"},
            )
        except httpx.HTTPError as error:
            self.failures.append(f"{path}: {error!r}")
            return
        if 200 != answer.status_code:
            self.failures.append(f"{path}: {answer.status_code} {answer.text[:200]}")
            return
        said = answer.text.split() if query else answer.text.split('"')
        numbers = tuple(one for one in said if one.isdigit())
        self.seen.append((address, numbers, answer.headers.get("etag", "")))

    def numbers(self) -> set[str]:
        """Return what the last answers of each kind say."""
        return {numbers[0] for _, numbers, _ in self.seen[-3:]}


def workers_of(pid: int) -> list[int]:
    """The worker processes that a process has started."""
    return [child for child in children(pid) if "kg.store.child" in command_of(child)]
