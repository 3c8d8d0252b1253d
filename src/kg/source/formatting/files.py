"""Which files are formatted, and formatting one of them (storey 1)."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Problem, ProjectError
from kg.project import Project, open_project
from kg.rdf.formats import TRIG, TURTLE, format_of_file
from kg.source.base import NO_BASE
from kg.source.finding import find_files
from kg.source.formatting.document import NotFormatted, formatted
from kg.source.recovery import syntax_problems

WRITTEN = (TURTLE, TRIG)


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file's text before and after, equal where there is nothing to do, or its problems."""

    path: Path
    before: str = ""
    after: str = ""
    problems: tuple[Problem, ...] = ()


def files_at(paths: Sequence[Path]) -> list[tuple[Path, Project]]:
    """Return the files in Turtle and TriG at some paths, each once, with their project.

    A folder with `kg.toml` stands for the folders that it names.
    Raises: ProjectError where there is no such path, or a named file is in another format.
    """
    found: dict[Path, Project] = {}
    for path in paths:
        for file, project in _at(path):
            found.setdefault(file, project)
    return list(found.items())


def _at(path: Path) -> Iterator[tuple[Path, Project]]:
    if path.is_file() and format_of_file(path.name) not in WRITTEN:
        raise ProjectError(f"{path}: kg fmt writes Turtle (.ttl) and TriG (.trig) only.")
    project = open_project(path) if path.is_dir() or not path.exists() else _around(path)
    if path.is_file():
        yield path, project
        return
    for file in find_files(project):
        if file.format in WRITTEN:
            yield file.path, project


def _around(path: Path) -> Project:
    """Return the project that a file is in, or that it is by itself."""
    for folder in path.absolute().parents:
        if (folder / "kg.toml").is_file():
            return open_project(folder)
    return open_project(path)


def format_file(path: Path, project: Project) -> Formatted:
    """Return what a file's text becomes; nothing is written."""
    format_ = format_of_file(path.name)
    assert format_
    shown, base = str(path), project.base or NO_BASE
    try:
        before = path.read_bytes().decode("utf-8")
        after = formatted(before, format_, project.base, project.format.sorted)
    except (SyntaxError, UnicodeDecodeError, MemoryError) as error:
        problems = syntax_problems(path, shown, format_, base)
        return Formatted(path, problems=tuple(problems or [Problem(shown, 0, 0, str(error))]))
    except OSError as error:
        return Formatted(
            path, problems=(Problem(shown, 0, 0, f"cannot be read: {error.strerror}"),)
        )
    except NotFormatted as error:
        words = f"left as it is, because {error}. Please report this."
        return Formatted(path, problems=(Problem(shown, 0, 0, words),))
    return Formatted(path, before, after)


def write_text(path: Path, text: str) -> None:
    """Put the text in the place of the file's, whole or not at all; its mode is kept.

    Raises: ProjectError where the folder cannot be written to.
    """
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode())
            shutil.copymode(target, name)
            Path(name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise ProjectError(f"{path}: cannot be written: {error.strerror}.") from error
