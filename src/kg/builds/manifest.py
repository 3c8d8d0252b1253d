"""What a build consists of (between storeys 3 and 4), so that a damaged one is noticed."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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


def is_whole(folder: Path) -> bool:
    """Whether each file of the folder is as it was written."""
    try:
        expected = json.loads((folder / MANIFEST).read_bytes())
        with ThreadPoolExecutor() as threads:
            sizes = {name: (folder / name).stat().st_size for name in expected}
            digests = dict(
                zip(expected, threads.map(file_digest, map(folder.joinpath, expected)), strict=True)
            )
    except (OSError, ValueError, TypeError):
        return False
    return all([sizes[name], digests[name]] == expected[name] for name in expected)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a build, by their path in its folder."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST:
            yield name, path
