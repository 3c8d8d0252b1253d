"""What a build consists of (between storeys 3 and 4), so that a damaged one is noticed."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

from kg.source.digests import file_digest
from kg.source.disk import to_disk

MANIFEST = "manifest.json"


def write_manifest(folder: Path) -> None:
    """Say in the folder what is in it, after all of it has come to the disk.

    Raises: OSError when that cannot be.
    """
    files = {name: [path.stat().st_size, file_digest(path)] for name, path in _files(folder)}
    for _, path in _files(folder):
        to_disk(path)
    written = folder / MANIFEST
    written.write_text(json.dumps(files), encoding="utf-8")
    to_disk(written)
    to_disk(folder)


def is_whole(folder: Path, most: float = math.inf) -> bool:
    """Whether each file of the folder is as it was written.

    Of one that has more than `most` bytes, whether it has as many as it had.
    """
    try:
        expected = json.loads((folder / MANIFEST).read_bytes())
        return all(
            (folder / name).stat().st_size == size
            and (size > most or file_digest(folder / name) == sha256)
            for name, (size, sha256) in expected.items()
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a build, by their path in its folder."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST:
            yield name, path
