"""Which cores a process may use (storey 3): what takes long leaves one to everything else.

A process that computes without a pause gets a fair share of each core, and whoever answers in a
millisecond then waits for tens of them. Lower priorities would help as well, but beside other
programs they leave nothing to who has them. Only Linux can say where a process runs.
Source: https://docs.python.org/3/library/os.html#os.sched_setaffinity
"""

import os
import sys
from contextlib import suppress
from pathlib import Path


def leave_one_free(pid: int) -> None:
    """Keep all threads of a process away from one of the cores, where there are several."""
    if sys.platform == "linux":
        cores = os.sched_getaffinity(0)
        _keep_to(pid, cores - {min(cores)})


def use_all(pid: int) -> None:
    """Let all threads of a process use the cores that this one may use."""
    if sys.platform == "linux":
        _keep_to(pid, os.sched_getaffinity(0))


def _keep_to(pid: int, cores: set[int]) -> None:
    # the process or a thread may have ended meanwhile, and a sandbox may forbid it
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir() if cores else ():
            with suppress(OSError):
                os.sched_setaffinity(int(thread.name), cores)
