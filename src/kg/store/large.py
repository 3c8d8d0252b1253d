"""Large answers on their way from a worker (storey 3): in a file, so that they fill no memory.

The answer is whole before its first byte is sent, so that what goes wrong is told with a status,
and a client that reads slowly keeps no worker.
"""

import mmap
from pathlib import Path

# what a worker says when the answer is in its file
IN_FILE = "in file"


def large_answer(folder: str, process: int) -> Path:
    """Return where the worker of that process id puts a large answer."""
    return Path(folder) / f"{process}.answer"


def taken(file: Path) -> memoryview:
    """Return what is in the file, which goes when nobody reads it any more.

    Raises: OSError when it is not there.
    """
    with file.open("rb") as opened:
        file.unlink()
        return memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
