"""A worker (storey 3): the process that evaluates queries, and what leads to it."""

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path

from kg.store.large import large_answer
from kg.store.pipe import Pipe

# how much the web process comes before a worker that starts, that answers, and whose query is long:
# it answers many while a query computes
STARTING, ANSWERING, LAST = 5, 6, 15

# seconds after which a query is long
LONG = 1.0


@dataclass(frozen=True, slots=True)
class Worker:
    """A child process, the pipe to it, and the file for its large answers.

    It answers one query at a time.
    """

    process: subprocess.Popen[bytes]
    pipe: Pipe
    large: Path

    def make_way(self) -> None:
        """Let all else come first from now on, for ever; not while the process still starts."""
        with suppress(OSError):
            if self._behind == ANSWERING:
                os.setpriority(os.PRIO_PROCESS, self.process.pid, min(_own() + LAST, 19))

    @property
    def has_made_way(self) -> bool:
        """Whether all else comes first."""
        return self._behind > ANSWERING

    @property
    def _behind(self) -> int:
        return os.getpriority(os.PRIO_PROCESS, self.process.pid) - _own()

    def kill(self) -> None:
        """End the process now and free what it held.

        The pipe is closed with its last reference: somebody may be waiting for it.
        """
        self.process.kill()
        self.process.wait()
        self.large.unlink(missing_ok=True)


def spawned(answers: str) -> Worker:
    """Return a new worker, whose large answers go into that folder. Raises: OSError."""
    ours, theirs = connection.Pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module, no user input
            [sys.executable, "-m", "kg.store.child", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return Worker(process, Pipe(ours), large_answer(answers, process.pid))


def _own() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)
