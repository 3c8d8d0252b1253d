"""What is on the disk when a function returns (storey 1)."""

import os
from pathlib import Path


def to_disk(path: Path) -> None:
    """Return when what was written to a file, or the names in a folder, are on the disk.

    Raises: OSError where the disk refuses.
    Source: https://pubs.opengroup.org/onlinepubs/9799919799/functions/fsync.html
    """
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
