"""What the commands share (storey 5): their arguments, their exit codes, and opening a project."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Annotated

import typer

from kg.errors import KgError, NotPublishable, ProjectError, StoreUnavailable
from kg.project import Project, open_project
from kg.rdf.lines import visible_lines
from kg.settings import Limits, section_of
from kg.source.fetching import fetched, is_url
from kg.source.finding import source_bytes
from kg.source.loading import Source, load
from kg.terminal import doing, loading_bar

EXIT_CODES: Mapping[type, int] = MappingProxyType(
    {NotPublishable: 1, StoreUnavailable: 3, KgError: 2}
)

FOLDER_HELP = "A project with kg.toml, any folder of RDF, or one RDF file."
SHAPES_HELP = "Use the SHACL shapes in this file or folder instead of the project's."
BASE_HELP = "Move the whole data set to this base IRI while loading."
ENGINE_HELP = "What runs the shapes, reference or fast; default: kg.toml's, else reference."

DOCUMENT_HELP = "IRI of the document, full or below the base; default: the one with its digest."

PLACE_HELP = "A project with kg.toml, any folder of RDF, one RDF file, or the URL of one."

Place = Annotated[str, typer.Argument(help=PLACE_HELP)]
Folder = Annotated[Path, typer.Argument(help=FOLDER_HELP)]
Shapes = Annotated[Path | None, typer.Option(help=SHAPES_HELP)]
Base = Annotated[str | None, typer.Option(help=BASE_HELP)]
Engine = Annotated[str, typer.Option(help=ENGINE_HELP)]
Document = Annotated[str, typer.Option(help=DOCUMENT_HELP)]


@contextmanager
def exit_codes() -> Iterator[None]:
    """Turn an error of `kg` into one message on standard error and its exit code."""
    try:
        yield
    except KgError as error:
        if str(error):
            # it may quote a file that strangers have written
            typer.echo(f"kg: {visible_lines(str(error))}", err=True)
        code = next(EXIT_CODES[class_] for class_ in type(error).__mro__ if class_ in EXIT_CODES)
        raise typer.Exit(code) from error


def opened(folder: Path, shapes: Path | None, base: str | None) -> Project:
    """Return the project at the folder, with what the options change."""
    project = open_project(folder).with_rebase(base)
    if shapes is None:
        return project
    if not shapes.exists():
        raise ProjectError(f"{shapes}: no such folder or file of shapes.")
    return replace(project, folders=replace(project.folders, shapes=str(shapes.absolute())))


def read_source(project: Project, *, skip_broken: bool = False) -> Source:
    """Return the project's source, with a progress bar where it takes long.

    With `skip_broken` the files that cannot be read are named on standard error and left out.
    """
    with loading_bar(source_bytes(project)) as advance:
        source = load(project, advance, skip_broken=skip_broken)
    for problem in source.skipped:
        told = f"LEFT OUT (--skip-broken): {visible_lines(str(problem))}"
        typer.secho(told, fg="red", err=True)
    return source


def pairs(option: str, given: Iterable[str]) -> dict[str, str]:
    """Return what values of an option say that are written NAME=VALUE.

    Raises: ProjectError where one is not, or a name is there twice.
    """
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not (name and equals) or name in found:
            raise ProjectError(f"{option} {one}: write it once, as NAME=VALUE.")
        found[name] = value
    return found


def slug(text: str) -> str:
    """Return what a text is called in an IRI, "" where it has no letter or digit of ASCII."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def write_to(path: Path | None, content: bytes | memoryview) -> None:
    """Write to that file, or to standard output.

    Raises: ProjectError when it cannot be written.
    """
    try:
        if path:
            path.write_bytes(content)
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # nobody reads on, which is no fault
        raise
    except OSError as error:
        place = path or "standard output"
        raise ProjectError(f"{place}: cannot be written: {error.strerror}.") from error


@contextmanager
def local(place: str) -> Iterator[Path]:
    """Yield where a folder or file is; what a URL names is there while the block lasts."""
    if not is_url(place):
        yield Path(place)
        return
    limits = section_of(Limits(), "limits", {}, os.environ)
    with TemporaryDirectory(prefix="kg-fetched-") as folder:
        with doing(f"fetching {place}"):
            file = fetched(place, Path(folder), limits)
        yield file
