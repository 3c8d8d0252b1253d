"""The command `kg release` (storey 5)."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.asking import store_of
from kg.cli.building import as_served
from kg.cli.options import Base, Place, Shapes, exit_codes, local, opened
from kg.export.folders import replacing
from kg.release.crate import RECORD
from kg.release.writing import write_release
from kg.terminal import doing


def release(
    folder: Annotated[Path, typer.Argument(help="Folder to write; new or empty.")],
    place: Place = ".",
    shapes: Shapes = None,
    base: Base = None,
    published: Annotated[
        bool, typer.Option("--published", help="Release the newest published version.")
    ] = False,
) -> None:
    """Write the data set as a folder for archives: dumps, tables, graphs, and an RO-Crate."""
    with exit_codes(), local(place) as at:
        project, snapshot, _ = as_served(
            opened(at, shapes, base), published=published, allowed=False
        )
        with (
            replacing(folder, record="") as unfinished,
            doing("writing the release"),
            store_of(project, snapshot) as store,
        ):
            parts = write_release(snapshot, store, unfinished)
        typer.echo(f"{folder}: {len(parts):,} files, described in {RECORD}")
