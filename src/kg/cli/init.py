"""The command `kg init` (storey 5)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import exit_codes, slug
from kg.scaffold.project import NewProject, make_project

DIR_HELP = "Where the project is to be: a folder that is empty or not there."
BASE_HELP = "Namespace of its IRIs, ending in /; default: https://example.org/NAME/."
TITLE_HELP = "Title of the data set; default: made from the folder's name."
LANGUAGE_HELP = "Language of its names beside English: ar, fr, or both by two options."
PLAIN_HELP = "A bare project, for data of any kind, instead of a claim graph."


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=DIR_HELP)],
    plain: Annotated[bool, typer.Option("--plain", help=PLAIN_HELP)] = False,
    base: Annotated[str, typer.Option(help=BASE_HELP)] = "",
    title: Annotated[str, typer.Option(help=TITLE_HELP)] = "",
    language: Annotated[list[str] | None, typer.Option(help=LANGUAGE_HELP)] = None,
) -> None:
    """Make a new project that is valid, tested and can be served at once."""
    name = folder.resolve().name
    with exit_codes():
        wanted = NewProject(
            kind="plain" if plain else "claims",
            base=base or f"https://example.org/{slug(name) or 'data'}/",
            title=title or f"{'Data set' if plain else 'Claim graph'} {name}",
            languages=tuple(dict.fromkeys(["en", *(language or ())])),
            today=datetime.now(UTC).date(),
        )
        make_project(folder, wanted)
    typer.echo(f"made: {folder}")
    typer.echo(f"next: kg validate {folder}, kg serve {folder}; {folder}/README.md says the rest")
