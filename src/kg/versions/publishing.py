"""Add a version (storey 2): whole or not at all, and never in the place of another.

A version is written beside the others under a hidden name, to the disk, and then renamed: whoever
looks sees all of it or nothing, also after the process was killed. One process at a time publishes.
"""

import fcntl
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from kg.dataset.dumps import write_canonical
from kg.dataset.snapshot import DESCRIPTION, Snapshot
from kg.errors import VersionsError
from kg.problems import remedy
from kg.source.digests import file_digest
from kg.source.disk import to_disk
from kg.versions.keeping import require_kept
from kg.versions.reading import read_snapshot
from kg.versions.version import (
    RECORD,
    SUMS,
    Version,
    read_versions,
    record_of,
    require_whole,
    sums_of,
)

LOCK = ".lock"

# what a publisher that was killed leaves behind, removed by the next
UNFINISHED = ".new-"


def publish(
    snapshot: Snapshot,
    folder: Path,
    note: str = "",
    date: datetime | None = None,
    off: Container[str] = (),
) -> tuple[Version, bool]:
    """Add the snapshot to the folder as its next version, and return that and whether it is new.

    It is not where the newest version is the same to the byte. `date` is now, if none is given;
    `off` are the ids of checks of terms that are switched off.
    Raises: NotPublishable when an IRI of the newest version has vanished or a term has changed its
    meaning; VersionsError when the folder is damaged or in use, or the disk refuses. Nothing is
    changed then.
    """
    try:
        with _alone(folder):
            versions = read_versions(folder)
            for version in versions:
                require_whole(version)
            if versions:
                if versions[-1].id == snapshot.id:
                    return versions[-1], False
                require_kept(read_snapshot(versions[-1], snapshot.base), snapshot, off)
            moment = _moment(versions, date)
            return _written(snapshot, folder, len(versions) + 1, moment, note), True
    except OSError as error:
        raise VersionsError(
            f"{folder}: nothing was published: {error.strerror or error}. The versions that were "
            f"there are as they were. {remedy(error)}"
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other publishers out of the folder, and remove what one that was killed has left."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise VersionsError(
                f"{folder}: another kg publish is at work here. Wait until it has ended."
            ) from error
        for path in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(path)
        yield


def _moment(versions: tuple[Version, ...], date: datetime | None) -> datetime:
    moment = (date or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    if versions and moment <= versions[-1].date:
        raise VersionsError(
            f"{moment.isoformat()} is not later than version {versions[-1].number}, of "
            f"{versions[-1].date.isoformat()}. Look at the clock, or give another --date."
        )
    return moment


def _written(snapshot: Snapshot, folder: Path, number: int, date: datetime, note: str) -> Version:
    unfinished = Path(mkdtemp(prefix=UNFINISHED, dir=folder))
    try:
        version = _version(snapshot, unfinished, number, date, note)
        write_canonical(snapshot, version.dump)
        version = replace(version, id=file_digest(version.dump))
        record = record_of(version)
        (unfinished / RECORD).write_bytes(record)
        (unfinished / SUMS).write_bytes(sums_of(version, record))
        for path in (*sorted(unfinished.iterdir()), unfinished):
            to_disk(path)
        unfinished.chmod(0o755)
        place = folder / str(number)
        unfinished.rename(place)
        to_disk(folder)
        return replace(version, path=place)
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(unfinished)
        raise


def _version(snapshot: Snapshot, path: Path, number: int, date: datetime, note: str) -> Version:
    return Version(
        number=number,
        id=snapshot.id,
        date=date,
        base=snapshot.base,
        triples=snapshot.triples,
        note=note,
        prefixes=snapshot.prefixes,
        roles={graph: role for graph, role in snapshot.roles.items() if role != DESCRIPTION},
        queries={query.name: query.text for query in snapshot.queries},
        path=path,
    )
