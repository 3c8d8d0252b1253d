"""What a build is made from (between storeys 3 and 4): files, settings and programs.

A build is a pure function of these, so that its name is their digest.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.project import Project, versions_folder
from kg.source.digests import file_digest, programs
from kg.source.finding import find_files


def digest_of(project: Project, *options: object) -> str:
    """Return the SHA-256 of all that a build of the project with these options is made from.

    Raises: ProjectError where there is no data, OSError where a file cannot be read.
    """
    # where it is served changes nothing about what is served
    site = replace(project.site, host="", port=0, processes=1, from_bytes=False)
    settled = replace(project, root=project.root.resolve(), site=site)
    found = hashlib.sha256(repr((settled, options)).encode())
    for line in (*programs(), *_files(project)):
        found.update(f"{line}\n".encode())
    return found.hexdigest()


def folders_of(project: Project) -> list[Path]:
    """Return the folders and files that a build of the project is made from, where they are."""
    folders = project.folders
    names = (project.file or folders.data, folders.ontology, folders.shapes, folders.queries)
    places = [project.root / name for name in (*names, folders.versions, "kg.toml") if name]
    return [place.resolve() for place in places if place.exists()]


def _files(project: Project) -> Iterator[str]:
    for file in find_files(project):
        yield f"{file.role} {file.path.relative_to(file.folder)} {_content(file.path)}"
    queries = project.root / project.folders.queries
    if project.folders.queries and queries.is_dir():
        for path in sorted(queries.rglob("*.rq")):
            yield f"query {path.relative_to(queries)} {file_digest(path)}"
    kept = versions_folder(project)
    if kept and kept.is_dir():
        for path in sorted(kept.glob("[0-9]*/version.json")):
            yield f"version {path.parent.name} {file_digest(path)}"


def _content(path: Path) -> str:
    try:
        return file_digest(path)
    except OSError as error:
        # loading says which file it is, and what is wrong with it
        return f"unreadable: {error.strerror}"
