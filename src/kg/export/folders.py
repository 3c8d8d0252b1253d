"""Replace a folder by another as a whole (storey 5), so that a killed export changes nothing."""

import ctypes
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from kg.errors import ProjectError
from kg.problems import remedy

# the file that says that a folder is an export of ours
RECORD = "kg-export.json"

# Source: https://man7.org/linux/man-pages/man2/renameat2.2.html
AT_FDCWD, RENAME_EXCHANGE = -100, 2


@contextmanager
def replacing(folder: Path, record: str = RECORD) -> Iterator[Path]:
    """Yield an empty folder that takes the place of that one when the block ends well.

    It is beside it, under a hidden name. A folder with files is replaced where `record` is one of
    them. Raises: ProjectError where it has files of others, another is written beside it, or the
    disk refuses.
    """
    folder = folder.absolute()
    if _is_of_others(folder, record):
        ours = f", and no export of ours ({record} is missing)" if record else ""
        raise ProjectError(
            f"{folder}: not empty{ours}. Nothing was written. Name a folder that is new or empty."
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder.parent):
            mark = f".{folder.name}.new-"
            # what one that was killed has left
            for left in folder.parent.glob(f"{mark}*"):
                shutil.rmtree(left)
            unfinished = Path(mkdtemp(prefix=mark, dir=folder.parent))
            try:
                yield unfinished
                unfinished.chmod(0o755)
                _exchange(unfinished, folder)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise ProjectError(
            f"{folder}: cannot be written: {error.strerror or error}. What was there is as it was. "
            f"{remedy(error)}"
        ) from error


def _is_of_others(folder: Path, record: str) -> bool:
    if not folder.exists() or (record and (folder / record).is_file()):
        return False
    return not folder.is_dir() or any(folder.iterdir())


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise ProjectError(
            f"{parent}: another kg export or kg release is at work in this folder. Wait until it "
            "has ended."
        ) from error
    finally:
        os.close(descriptor)


def _exchange(new: Path, folder: Path) -> None:
    """Put the new folder in the place of the other, at once where the system can."""
    if not folder.exists():
        new.rename(folder)
        return
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        names = (os.fsencode(new), os.fsencode(folder))
        if not libc.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE):
            return
    old = new.with_name(f"{new.name}-old")
    folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old)
