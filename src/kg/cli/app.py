"""The command `kg` (storey 5).

Exit codes: 0 good, 1 the data does not conform, 2 wrong use or unreadable input, 3 the store
failed.
"""

from typing import Annotated

import typer

from kg import __version__
from kg.cli.commands import CommandGroup

app = typer.Typer(
    name="kg",
    cls=CommandGroup,
    help="Publish a folder of Turtle as validated, dereferenceable linked data.",
    epilog="Exit codes: 0 good, 1 does not conform, 2 wrong use or unreadable input, "
    "3 store failure.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command that the arguments name."""
    app()


def print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    """Print the version and leave, where that is wanted."""
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Publish a folder of Turtle as validated, dereferenceable linked data."""
