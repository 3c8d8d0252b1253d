"""One published version (storey 2): a folder with a canonical dump, and what is needed to read it.

    versions/3/dump.nq        sorted RDFC-1.0 N-Quads: their SHA-256 is the version's id
    versions/3/version.json   number, id, date, base, prefixes, the role of each graph
    versions/3/SHA256SUMS     the digests of both, as `sha256sum -c` reads them

Source: https://www.w3.org/TR/rdf-canon/
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.errors import VersionsError
from kg.rdf.namespaces import Prefixes
from kg.source.digests import file_digest

DUMP, RECORD, SUMS = "dump.nq", "version.json", "SHA256SUMS"

# the layout of a version's folder: a program refuses what a later one wrote
LAYOUT = 1

# digits of an id that name a version
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Version:
    """A state of the data set that was published; `number` counts from 1.

    `id` is the SHA-256 of its dump, 64 hex digits; `date` is in UTC, whole seconds; `base` is the
    base IRI that it was published under; `roles` are those of its graphs, as in a `Snapshot`;
    `queries` are the texts of its stored queries, by name.
    """

    number: int
    id: str
    date: datetime
    base: str
    triples: int
    note: str
    prefixes: Prefixes
    roles: Mapping[str, str]
    queries: Mapping[str, str]
    path: Path

    @property
    def name(self) -> str:
        """The digits of its id by which links to other pages name it."""
        return self.id[:DIGITS]

    @property
    def dump(self) -> Path:
        """The file of its canonical N-Quads."""
        return self.path / DUMP


def record_of(version: Version) -> bytes:
    """Return what `version.json` holds of a version."""
    record = {
        "layout": LAYOUT,
        "number": version.number,
        "id": version.id,
        "date": version.date.isoformat(),
        "base": version.base,
        "triples": version.triples,
        "note": version.note,
        "prefixes": dict(version.prefixes.pairs),
        "roles": dict(version.roles),
        "queries": dict(version.queries),
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n"


def sums_of(version: Version, record: bytes) -> bytes:
    """Return what `SHA256SUMS` holds of a version with that record."""
    digest = hashlib.sha256(record).hexdigest()
    return f"{version.id}  {DUMP}\n{digest}  {RECORD}\n".encode()


def read_versions(folder: Path) -> tuple[Version, ...]:
    """Return the versions in a folder by number, none where there is no such folder.

    Raises: VersionsError where one is missing, its record is damaged, or a later program wrote it;
    the dumps are not read: `require_whole` does that.
    """
    try:
        numbers = sorted(int(path.name) for path in folder.iterdir() if path.name.isdecimal())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise VersionsError(f"{folder}: cannot be listed: {error.strerror}.") from error
    for expected, number in enumerate(numbers, start=1):
        if number != expected:
            raise VersionsError(
                f"{folder}: version {expected} is missing. Bring its folder back from a copy."
            )
    versions = tuple(_read(folder / str(number), number) for number in numbers)
    _require_order(folder, versions)
    return versions


def _require_order(folder: Path, versions: Sequence[Version]) -> None:
    for earlier, later in pairwise(versions):
        if later.date <= earlier.date:
            raise VersionsError(
                f"{folder}: version {later.number} is not later than {earlier.number}. "
                "Bring both folders back from a copy."
            )


def _read(path: Path, number: int) -> Version:
    file = path / RECORD
    try:
        written = file.read_bytes()
        record = json.loads(written)
        layout = record["layout"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise VersionsError(_damaged(file, error)) from error
    if layout != LAYOUT:
        raise VersionsError(f"{file}: written by a later kg (layout {layout!r}). Update kg.")
    try:
        version = _version(record, path)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise VersionsError(_damaged(file, error)) from error
    _require_sums(version, written)
    if version.number != number:
        raise VersionsError(
            f"{file}: is of version {version.number}, not {number}. "
            "Give its folder the name that it had."
        )
    return version


def _require_sums(version: Version, record: bytes) -> None:
    try:
        sums = (version.path / SUMS).read_bytes()
    except FileNotFoundError:
        # published by a kg that wrote none
        return
    except OSError as error:
        raise VersionsError(_damaged(version.path / SUMS, error)) from error
    if sums != sums_of(version, record):
        raise VersionsError(
            f"{version.path / RECORD}: damaged: it is not what {SUMS} beside it says. "
            "Bring the folder back from a copy."
        )


def _damaged(file: Path, error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
    return f"{file}: cannot be read ({reason}). Bring the folder back from a copy."


def _version(record: Mapping[str, Any], path: Path) -> Version:
    return Version(
        number=int(record["number"]),
        id=str(record["id"]),
        date=datetime.fromisoformat(record["date"]).astimezone(UTC),
        base=str(record["base"]),
        triples=int(record["triples"]),
        note=str(record["note"]),
        prefixes=Prefixes(tuple(record["prefixes"].items())),
        roles=dict(record["roles"]),
        queries=dict(record["queries"]),
        path=path,
    )


def size_of(version: Version) -> int:
    """Return the bytes of the version's dump. Raises: VersionsError where it is not there."""
    try:
        return version.dump.stat().st_size
    except OSError as error:
        raise VersionsError(_damaged(version.dump, error)) from error


def require_whole(version: Version) -> None:
    """Raise VersionsError unless the version's dump is what its id says."""
    try:
        found = file_digest(version.dump)
    except OSError as error:
        raise VersionsError(_damaged(version.dump, error)) from error
    if found != version.id:
        raise VersionsError(
            f"{version.dump}: damaged: its SHA-256 is {found}, and the version's id is "
            f"{version.id}. Bring the file back from a copy."
        )
