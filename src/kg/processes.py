"""Several processes that serve one snapshot (storey 5), forked from the one that built it.

They share its memory, the socket that it listens on and the copy that workers read.
"""

import itertools
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

End: TypeAlias = "Connection[Any, Any]"


# seconds between the start of a process and that of another in its place
PAUSE = 1.0

# seconds until another thread has heard of a process that it waits for
SOON = 0.05

STOPPING = (signal.SIGTERM, signal.SIGINT)


class Listeners:
    """One end of a pipe to each process that serves, by the number of the process."""

    def __init__(self) -> None:
        self._pipes: dict[int, tuple[End, End]] = {}

    def begin(self, number: int) -> End:
        """Return the end at which that process listens; made before it is forked."""
        if number not in self._pipes:
            theirs, ours = Pipe(duplex=False)
            self._pipes[number] = ours, theirs
        return self._pipes[number][1]

    def end(self, number: int) -> None:
        """Forget a process that has ended."""
        for pipe in self._pipes.pop(number):
            pipe.close()

    def tell(self, message: object) -> None:
        """Send the message to each process."""
        for ours, _ in tuple(self._pipes.values()):
            # one that has just ended has no need of it
            with suppress(OSError):
                ours.send(message)


def serve_in(count: int, serve: Callable[[int], None], listeners: Listeners) -> None:
    """Call `serve` in that many processes until this one is told to stop; it is given a number.

    A process that ends by itself is replaced by one with the next number; those that are left
    end with this one.
    """
    ours, theirs = os.pipe()
    running: dict[int, tuple[int, float]] = {}
    numbers = itertools.count()

    def begin() -> None:
        number = next(numbers)
        # it has to be there before the process is: what is told meanwhile waits in it
        listeners.begin(number)
        running[_forked(serve, number, (ours, theirs))] = number, time.monotonic()

    for told in STOPPING:
        signal.signal(told, lambda *_: sys.exit(0))
    try:
        for _ in range(count):
            begin()
        while True:
            pid = _ended()
            if pid not in running:
                # somebody else has started it, and waits for it
                time.sleep(SOON)
                continue
            number, started = running.pop(pid)
            os.waitpid(pid, 0)
            listeners.end(number)
            # one that cannot even start is not to be started over and over
            time.sleep(max(0.0, started + PAUSE - time.monotonic()))
            begin()
    finally:
        for told in STOPPING:
            signal.signal(told, signal.SIG_IGN)
        for pid in running:
            os.kill(pid, signal.SIGTERM)
        for pid in running:
            os.waitpid(pid, 0)


def _ended() -> int:
    """Return a process that has ended, and leave what it ended with to whoever waits for it."""
    found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    return found.si_pid if found else 0


def _forked(serve: Callable[[int], None], number: int, pipe: tuple[int, int]) -> int:
    """Return the process that calls `serve`; it holds the reading end of the pipe."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    # leaves by _exit: what the parent has opened is the parent's to close
    try:
        os.close(pipe[1])
        threading.Thread(target=_end_with_parent, args=(pipe[0],), daemon=True).start()
        serve(number)
        status = 0
    except SystemExit:
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, nobody else would print it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def _end_with_parent(pipe: int) -> None:
    """Tell this process to stop when the parent has ended: nobody else holds the other end."""
    os.read(pipe, 1)
    os.kill(os.getpid(), signal.SIGTERM)
