"""Commands as people see them: what they write is read from a terminal."""

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress


def on_terminal(command: Sequence[str], stream: str, **env: str) -> tuple[str, int]:
    """Return what a command writes to that stream, `stdout` or `stderr`, and its exit code."""
    master, slave = os.openpty()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: slave}
    given = {**os.environ, "TERM": "xterm", **env}
    with subprocess.Popen(command, env=given, **streams) as process:
        os.close(slave)
        written = b""
        # a terminal that nobody writes to any more is an error on Linux
        with suppress(OSError):
            while chunk := os.read(master, 65536):
                written += chunk
        process.communicate(timeout=60)
    os.close(master)
    return written.decode(), process.returncode
