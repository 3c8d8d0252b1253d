"""Kill workers, servers, reloads, `kg publish` and `kg export` at random moments, and take from
servers what they need: the long form.

Usage: PYTHONPATH=. .venv/bin/python scripts/faults.py [TIMES [SEED]], by default 50 times each.
It tells what went wrong, and ends with 1 if anything did.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.killing import reload_killed, server_killed, workers_killed
from tests.faults.wanting import (
    build_damaged,
    clock_jumping,
    disk_full,
    files_changing,
    handles_exhausted,
)
from tests.faults.writing import export_killed, publish_killed

FAULTS = (
    *(workers_killed, server_killed, reload_killed, publish_killed, export_killed),
    *(disk_full, files_changing, build_damaged, clock_jumping, handles_exhausted),
)


def main(times: int, seed: int) -> int:
    """Return 1 where something was lost."""
    lost = False
    for faults in FAULTS:
        begun = time.monotonic()
        with TemporaryDirectory() as room:
            wrong = faults(Path(room), times, seed)
        seconds = time.monotonic() - begun
        sys.stdout.write(f"{faults.__name__}: {times} times, {len(wrong)} wrong, {seconds:.0f} s\n")
        sys.stdout.write("".join(f"  {one}\n" for one in wrong))
        lost = lost or bool(wrong)
    return int(lost)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*given) if len(given) == 2 else main(given[0] if given else 50, seed=1))
