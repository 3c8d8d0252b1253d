"""Where builds are kept between runs (between storeys 3 and 4): the user's cache folder.

Losing it costs only time. Several servers share it: one builds and others wait for it, and none
removes what another serves. Locks are those of the kernel, which end with their process.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from kg.builds.manifest import MANIFEST
from kg.source.caches import SIGNATURE, TAG, cache_folder

# the folder of builds, and how many are kept there besides those that are served
BUILDS, KEPT = "builds", 4

# a lock that nobody has who uses a folder
UNUSED = fcntl.LOCK_EX | fcntl.LOCK_NB


@contextmanager
def builds_in(folder: Path | None) -> Iterator[Path]:
    """Yield the folder, or the user's cache; a temporary one where that cannot be written.

    It says of itself that it is a cache, so that nobody takes what is in it for data of theirs.
    """
    cache = folder
    with suppress(OSError):
        cache = folder or cache_folder(BUILDS)
        cache.mkdir(parents=True, exist_ok=True)
        (cache / TAG).write_bytes(SIGNATURE + b"\n")
    if cache and os.access(cache, os.W_OK | os.X_OK):
        yield cache
        return
    with TemporaryDirectory(prefix="kg-builds-", ignore_cleanup_errors=True) as temporary:
        yield Path(temporary)


@dataclass(frozen=True, slots=True)
class Held:
    """A build that nobody removes until it is let go."""

    folder: Path
    lock: int

    def again(self) -> "Held":
        """Return the same build, to be let go by itself."""
        return Held(self.folder, os.dup(self.lock))

    def is_that(self, other: "Held") -> bool:
        """Whether it is the very same build, and not one that was made anew in its place."""
        return os.path.sameopenfile(self.lock, other.lock)

    def let_go(self) -> None:
        """Let it be removed."""
        os.close(self.lock)


def held(folder: Path) -> Held | None:
    """Return the build in the folder, so that it stays there, or None where there is none."""
    with suppress(OSError):
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_SH)
        # it may have been removed, and made anew, before it was locked
        same = folder.exists() and os.fstat(lock).st_ino == folder.stat().st_ino
        if same and (folder / MANIFEST).exists():
            os.utime(folder)
            return Held(folder, lock)
        os.close(lock)
    return None


@contextmanager
def making(folder: Path) -> Iterator[Path | None]:
    """Yield an empty folder that becomes that one when there is a build in it at the end.

    Yields None where another process has made it meanwhile.
    Raises: OSError where nothing can be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    name = folder.with_suffix(".lock")
    with _locked(name, os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX):
        if (folder / MANIFEST).exists():
            yield None
            return
        beside = Path(mkdtemp(prefix="making-", dir=folder.parent))
        try:
            with _locked(beside, os.O_RDONLY, fcntl.LOCK_SH):
                yield beside
                if (beside / MANIFEST).exists():
                    # one that was disowned
                    discard(folder)
                    beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
            name.unlink(missing_ok=True)


@contextmanager
def _locked(path: Path, flags: int, kind: int) -> Iterator[None]:
    lock = os.open(path, flags, 0o600)
    try:
        fcntl.flock(lock, kind)
        yield
    finally:
        os.close(lock)


def disown(folder: Path) -> None:
    """Let nobody begin with a build that is served until one is made in its place."""
    with suppress(OSError):
        (folder / MANIFEST).unlink()


def discard(folder: Path) -> None:
    """Remove a build that is not to be served."""
    shutil.rmtree(folder, ignore_errors=True)


def forget(builds: Path) -> None:
    """Remove the builds used longest ago, except some and those that are in use.

    What a process that was killed had begun to write goes as well, and what is damaged.
    """
    with suppress(OSError):
        folders = [path for path in builds.iterdir() if path.is_dir()]
        whole = [path for path in folders if (path / MANIFEST).exists()]
        newest = sorted(whole, key=lambda path: path.stat().st_mtime)[-KEPT:]
        for folder in set(folders).difference(newest):
            with suppress(BlockingIOError), _locked(folder, os.O_RDONLY, UNUSED):
                # renamed first, so that nobody ever opens half of it
                gone = folder.with_name(f"gone-{folder.name}")
                shutil.rmtree(folder.rename(gone), ignore_errors=True)
