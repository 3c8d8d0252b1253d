"""The processes of a server under test, as the kernel lists them; they may end at any moment."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def children(pid: int) -> Iterator[int]:
    """Yield the processes that one has started, in any of its threads."""
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):
            yield from map(int, listed.read_text().split())


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that it has started, and they."""
    yield pid
    for child in children(pid):
        yield from family(child)


def command_of(pid: int) -> str:
    """The command line of a process, "" where it has just ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""
