"""`kg validate --watch` (storey 5): validate again whenever a file of the project is saved."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import typer
from watchfiles import Change, watch

from kg.errors import KgError, ProjectError
from kg.project import Project
from kg.rdf.formats import format_of_file, unpacked_name
from kg.rdf.lines import visible, visible_lines
from kg.source.finding import shown_path

# milliseconds without another change after which a save is over
QUIET = 40

SETTINGS = "kg.toml"


def again_and_again(
    project: Callable[[], Project], written: frozenset[Path], validated: Callable[[Project], int]
) -> int:
    """Call `validated` with the project, now and after each change; return what it said last.

    It ends when the user interrupts it. `project` is read anew each time; files that are `written`
    by the reports are no changes. Errors are said, and waited for to be mended.
    """
    code = 2
    try:
        for changes in _changes(project(), written):
            if changes:
                typer.echo(f"\nchanged: {visible(', '.join(changes))}", err=True)
            started = time.perf_counter()
            code = _once(project, validated)
            seconds = time.perf_counter() - started
            typer.echo(f"({seconds:.2f} s) waiting for changes; Ctrl+C ends", err=True)
    except KeyboardInterrupt:
        typer.echo("", err=True)
    return code


def _once(project: Callable[[], Project], validated: Callable[[Project], int]) -> int:
    try:
        return validated(project())
    except KgError as error:
        typer.echo(f"kg: {visible_lines(str(error))}", err=True)
        return 2


def _changes(project: Project, written: frozenset[Path]) -> Iterator[list[str]]:
    """Yield nothing once, and then what has changed, again and again."""
    files = _files(project)
    folders = sorted({path if path.is_dir() else path.parent for path in files})
    root = project.root.resolve()

    def counts(_: Change, name: str) -> bool:
        path = Path(name)
        below = any(path.is_relative_to(place) for place in files)
        hidden = any(part.startswith(".") for part in _inside(path, root).parts)
        wanted = format_of_file(unpacked_name(path.name)) or path == root / SETTINGS
        return bool(below and wanted and not hidden and path not in written)

    # begun before the first report, so that nothing that happens meanwhile is missed
    found = watch(
        *folders,
        watch_filter=counts,
        step=QUIET,
        recursive=not project.file,
        yield_on_timeout=True,
        rust_timeout=100,
    )
    next(found, None)
    yield []
    for batch in found:
        if batch:
            yield sorted({shown_path(project, _inside(Path(name), root)) for _, name in batch})


def _inside(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def _files(project: Project) -> list[Path]:
    """Return the folders and files that the project is made of, where they are.

    Raises: ProjectError when there is none.
    """
    folders = project.folders
    names = (project.file or folders.data, folders.ontology, folders.shapes)
    places = [(project.root / name).resolve() for name in names if name]
    found = [place for place in places if place.exists()]
    if not found:
        raise ProjectError(f"{project.root}: none of its folders is there to be watched.")
    return found
