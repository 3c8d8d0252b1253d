"""Find a project's RDF files (storey 1), without reading them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ProjectError
from kg.project import Project
from kg.rdf.formats import FORMATS, PACKINGS, Format, format_of_file, unpacked_name
from kg.source.caches import TAG, is_cache


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is to be read, before it is."""

    path: Path
    role: str
    folder: Path
    format: Format


def source_bytes(project: Project) -> int:
    """Return how many bytes `load` will read, of packed files as they are; none of one gone."""
    return sum(file.path.stat().st_size for file in find_files(project) if file.path.exists())


def find_files(project: Project) -> tuple[Found, ...]:
    """Return the RDF files of the project, sorted by role and path.

    Raises: ProjectError when the data folder is missing or holds no RDF.
    """
    found: list[Found] = []
    for role in ("data", "ontology", "shapes"):
        name = getattr(project.folders, role)
        folder = project.root / name
        if name and folder.exists():
            only = project.file if role == "data" else ""
            found.extend(_files_of(folder, role, only))
        elif name and role == "data":
            raise ProjectError(f"{folder}: no such folder, but kg.toml says the data is there.")
    if not any(file.role == "data" for file in found):
        folder = project.root / project.folders.data
        read, packed = (
            ", ".join(f".{one.extension}" for one in table) for table in (FORMATS, PACKINGS)
        )
        raise ProjectError(f"{folder}: holds no RDF file ({read}; also packed: {packed}).")
    return tuple(found)


def _files_of(folder: Path, role: str, only: str) -> Iterator[Found]:
    alone = folder / only if only else folder
    paths = sorted(_below(folder)) if alone.is_dir() else [alone]
    folder = folder if folder.is_dir() else folder.parent
    for path in paths:
        format_ = format_of_file(unpacked_name(path.name))
        hidden = path.name.startswith(".")
        # a link to nowhere is read as well, to be named; a pipe would never end
        dangling = path.is_symlink() and not path.exists()
        if format_ and not hidden and (path.is_file() or dangling):
            _require_utf_8(path)
            yield Found(path, role, folder, format_)


def _require_utf_8(path: Path) -> None:
    """Raise ProjectError where the name of a file could not be that of a graph."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        shown = os.fsencode(path).decode(errors="replace")
        raise ProjectError(f"{shown}: its name is not UTF-8. Rename it.") from error


def _below(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder, except in hidden folders and in caches: nobody's data.

    Raises: ProjectError where a folder cannot be listed, because part of the data is none.
    """

    def refuse(error: OSError) -> None:
        raise ProjectError(f"{error.filename}: cannot be listed: {error.strerror}.") from error

    for path, folders, names in os.walk(folder, onerror=refuse):
        # not even looked into: they may be closed, and change while they are listed, as that of git
        folders[:] = [name for name in folders if not name.startswith(".")]
        if TAG in names and is_cache(Path(path)):
            folders.clear()
        else:
            yield from (Path(path) / name for name in names)


def shown_path(project: Project, path: Path) -> str:
    """Return a file's path as reports show it: relative to the project's root if inside it."""
    inside = path.is_relative_to(project.root)
    return (path.relative_to(project.root) if inside else path).as_posix()
