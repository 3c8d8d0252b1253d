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

# seconds between the start of a process and that of another in its place
PAUSE = 1.0

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def serve_in(count: int, serve: Callable[[int], None]) -> None:
    """Call `serve` in that many processes until this one is told to stop; it is given a number.

    A process that ends by itself is replaced by one with the next number; those that are left
    end with this one.
    """
    ours, theirs = os.pipe()
    running: dict[int, float] = {}
    numbers = itertools.count()

    def begin() -> None:
        running[_forked(serve, next(numbers), (ours, theirs))] = time.monotonic()

    for told in STOPPING:
        signal.signal(told, lambda *_: sys.exit(0))
    try:
        for _ in range(count):
            begin()
        while True:
            pid, _ = os.wait()
            # one that cannot even start is not to be started over and over
            time.sleep(max(0.0, running.pop(pid) + PAUSE - time.monotonic()))
            begin()
    finally:
        for told in STOPPING:
            signal.signal(told, signal.SIG_IGN)
        for pid in running:
            os.kill(pid, signal.SIGTERM)
        for pid in running:
            os.waitpid(pid, 0)


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
