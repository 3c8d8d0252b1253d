"""Processes that serve: their start, what they cost, their end."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# ticks of /proc/PID/stat in a second, and where in it user and system time stand
# Source: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
TICKS = os.sysconf("SC_CLK_TCK")
UTIME, STIME = 13, 14


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its port, the process that was started, and seconds to its first answer."""

    port: int
    pid: int
    start_seconds: float

    def cpu_seconds(self) -> float:
        """Return the CPU time that the process and its children have used, to 10 ms."""
        return sum(self.cpu_of_each().values())

    def cpu_of_each(self) -> dict[int, float]:
        """Return the CPU time of each of its processes, by their ids."""
        return {pid: _cpu_ticks(pid) / TICKS for pid in family(self.pid)}

    def memory_bytes(self) -> int:
        """Return the memory of the process and its children; what they share counts once."""
        return sum(_share(pid) for pid in family(self.pid))


@dataclass(frozen=True, slots=True)
class Reply:
    """A response, with the names of its headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def family(pid: int) -> list[int]:
    """Return the process and all that descend from it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text(encoding="ascii").split():
                found.extend(family(int(child)))
    return found


def _share(pid: int) -> int:
    """Return the bytes of memory of a process, its part of what several hold; 0 when it ended."""
    with suppress(OSError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        return 1024 * sum(int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:")
    return 0


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(port: int, path: str, headers: Mapping[str, str], timeout: float = 10) -> Reply:
    """Return the answer to one GET on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        # what wrk does not send is not sent here either
        connection.putrequest("GET", path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, found, answer.read())
    finally:
        connection.close()


@contextmanager
def started(
    command: Sequence[str], port: int, log: Path, environ: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Yield the server that the command starts on that port, once it answers; end it after."""
    begun = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - what a subject of ours says
            command, stdout=output, stderr=output, env={**os.environ, **(environ or {})}
        )
    try:
        _wait(process, port, log)
        yield Served(port, process.pid, time.monotonic() - begun)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that descend from it, those that do not listen too."""
    whole = family(process.pid) if process.poll() is None else []
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pid in whole:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path, patience: float = 1800) -> None:
    """Return when the server answers a request.

    Raises: RuntimeError when it ends, or is not there after `patience` seconds.
    """
    last = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < last:
        try:
            fetch(port, "/", {}, patience)
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{process.args!r} does not answer: {log.read_text(errors='replace')}")


def _cpu_ticks(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        # it ended after it was listed
        return 0
    # the name of the program, in brackets, may hold spaces
    fields = ["", "", *stat.rpartition(")")[2].split()]
    return int(fields[UTIME]) + int(fields[STIME])
