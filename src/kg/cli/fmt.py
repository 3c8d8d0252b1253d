"""The command `kg fmt` (storey 5)."""

import difflib
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import exit_codes
from kg.errors import SourceError
from kg.source.formatting.files import Formatted, files_at, format_file, write_text

PATHS_HELP = "Files in Turtle or TriG, or folders; by default the project in this folder."


def fmt(
    paths: Annotated[list[Path] | None, typer.Argument(help=PATHS_HELP)] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file would change.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change.")
    ] = False,
) -> None:
    """Write Turtle and TriG in one form: sorted, with comments kept."""
    with exit_codes():
        results = [format_file(*file) for file in files_at(paths or [Path()])]
        changed = [one for one in results if one.before != one.after]
        for one in changed:
            if diff:
                typer.echo(_difference(one))
            elif check:
                typer.echo(f"would be formatted: {one.path}")
            else:
                write_text(one.path, one.after)
                typer.echo(f"formatted: {one.path}")
        problems = [problem for one in results for problem in one.problems]
        typer.echo(
            f"{len(changed):,} of {len(results):,} files {_verb(dry=check or diff)}", err=True
        )
        if problems:
            raise SourceError(problems)
        if check and changed:
            raise typer.Exit(1)


def _verb(*, dry: bool) -> str:
    return "would be formatted" if dry else "formatted"


def _difference(one: Formatted) -> str:
    before, after = one.before.splitlines(), one.after.splitlines()
    return "\n".join(difflib.unified_diff(before, after, str(one.path), str(one.path), lineterm=""))
