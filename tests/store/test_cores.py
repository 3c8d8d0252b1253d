"""What takes long leaves a core to everything else, and has it again afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.store.cores import leave_one_free, use_all

needs_cores = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="needs Linux and two cores, as every machine of ours has",
)


def cores_of(pid: int) -> list[set[int]]:
    return [os.sched_getaffinity(int(one.name)) for one in Path(f"/proc/{pid}/task").iterdir()]


@needs_cores
def test_all_threads_of_a_process_keep_away_from_one_core_until_they_may_use_all():
    program = (
        "import threading as t; t.Thread(target=input, daemon=True).start(); "
        "print('up', flush=True); t.Event().wait()"
    )
    command = [sys.executable, "-c", program]
    every = os.sched_getaffinity(0)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            process.stdout.readline()
            assert len(cores_of(process.pid)) == 2
            leave_one_free(process.pid)
            assert [every - {min(every)}] * 2 == cores_of(process.pid)
            use_all(process.pid)
            assert [every] * 2 == cores_of(process.pid)
        finally:
            process.kill()


def test_a_process_that_has_ended_is_left_alone():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    leave_one_free(process.pid)
    use_all(process.pid)
