"""The log (storey 4): lines of JSON for programs, plain ones for people, on standard error.

Requests are written by a thread, some at a time, so that none waits for whoever reads them. No
line has the query of a URL, a header or a body: those may hold what is nobody's business.
"""

import json
import logging
import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

from kg.settings import Log

# the id of the request that is being answered, for whatever is logged meanwhile
REQUEST: ContextVar[str] = ContextVar("request", default="")

# seconds in which lines are gathered, and how many may wait for a reader that is slow
TOGETHER, WAITING = 0.1, 100_000

# characters of a path that are logged
LONGEST = 1_000

# seconds for the last lines when the server ends
PARTING = 1.0

# from this status on, a request has failed by the server
FAILED = 500

STANDARD_ERROR = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One request and its answer: bytes of the body, seconds; status 499 where the client left."""

    id: str
    client: str
    method: str
    path: str
    status: int
    bytes: int
    seconds: float


class Journal:
    """Takes entries for the log, those that the settings want; `file` is a descriptor."""

    def __init__(self, log: Log, file: int = STANDARD_ERROR) -> None:
        self.log = log
        self._file = file
        self._least = {"all": 0, "failed": FAILED, "none": 1_000}[log.requests]
        self._as_json = is_json(log)
        self._waiting: deque[str] = deque(maxlen=WAITING)
        self._some, self._ended = Event(), Event()
        self._thread = Thread(target=self._write_on, daemon=True, name="log")

    def wants(self, status: int) -> bool:
        """Whether requests that are answered with that status are logged."""
        return status >= self._least

    def add(self, entry: Entry) -> None:
        """Take an entry; it is written within a moment."""
        if not self.log.clients:
            entry = replace(entry, client="")
        write = as_json if self._as_json else as_text
        self._waiting.append(write(entry))
        self._some.set()

    @contextmanager
    def written(self) -> Iterator[None]:
        """Write entries until the block ends, and those that are left then."""
        self._thread.start()
        try:
            yield
        finally:
            self._ended.set()
            self._some.set()
            self._thread.join(PARTING)

    def _write_on(self) -> None:
        while not self._ended.is_set():
            self._some.wait()
            self._ended.wait(TOGETHER)
            self._some.clear()
            lines = [self._waiting.popleft() for _ in range(len(self._waiting))]
            # nobody may read it any more, and that is no reason to stop
            with suppress(OSError):
                _write(self._file, "".join(lines).encode())


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def is_json(log: Log) -> bool:
    """Whether lines are JSON: `auto` means it where standard error is no terminal."""
    return log.format == "json" or (log.format == "auto" and not sys.stderr.isatty())


def as_json(entry: Entry) -> str:
    """Return the entry as a line of JSON."""
    client = f'"client": {json.dumps(entry.client)}, ' if entry.client else ""
    return (
        f'{{"time": "{now()}", "level": "info", "event": "request", "request": "{entry.id}", '
        f'{client}"method": {json.dumps(entry.method)}, '
        f'"path": {json.dumps(entry.path[:LONGEST])}, "status": {entry.status}, '
        f'"bytes": {entry.bytes}, "seconds": {entry.seconds:.6f}}}\n'
    )


def as_text(entry: Entry) -> str:
    """Return the entry as a line for people."""
    # nothing in a path may look like another line, or move the cursor
    path = json.dumps(entry.path[:LONGEST])[1:-1]
    milliseconds = f"{entry.seconds * 1000:.1f} ms"
    parts = (now(), str(entry.status), entry.method, path, milliseconds, f"{entry.bytes} B")
    return " ".join(filter(None, (*parts, entry.client, entry.id))) + "\n"


def now() -> str:
    """Return this moment in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Lines(logging.Formatter):
    """Writes what is no request, such as a warning or an error with its traceback."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line, in text with a traceback behind it."""
        level = record.levelname.lower()
        request = REQUEST.get()
        traceback = self.formatException(record.exc_info) if record.exc_info else ""
        if not self._as_json:
            about = f" (request {request})" if request else ""
            lines = f"{now()} {level} {record.getMessage()}{about}", traceback
            return "\n".join(filter(None, lines))
        said: dict[str, Any] = {"time": now(), "level": level, "event": record.name}
        said |= {"request": request} if request else {}
        said |= {"message": record.getMessage()}
        return json.dumps(said | ({"traceback": traceback} if traceback else {}))


def log_to_standard_error(log: Log) -> None:
    """Have all that libraries log as a warning or worse written as the settings say."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines(as_json=is_json(log)))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
