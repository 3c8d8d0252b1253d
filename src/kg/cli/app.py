"""The command `kg` (storey 5): its commands, one line each.

Exit codes: 0 good, 1 the data does not conform, 2 wrong use or unreadable input, 3 the store
failed.
"""

from typing import Annotated

import typer

from kg import __version__
from kg.cli.anchors import anchors
from kg.cli.check import check
from kg.cli.claim import claim
from kg.cli.export import export
from kg.cli.fmt import fmt
from kg.cli.init import init
from kg.cli.publish import publish, versions
from kg.cli.query import query
from kg.cli.release import release
from kg.cli.serve import serve
from kg.cli.validate import validate

app = typer.Typer(
    name="kg",
    help="Publish a folder of Turtle as validated, dereferenceable linked data.",
    epilog="Exit codes: 0 good, 1 does not conform, 2 wrong use or unreadable input, "
    "3 store failure.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(init)
app.command()(validate)
app.command()(serve)
app.command()(query)
app.command()(anchors)
app.add_typer(claim)
app.command()(fmt)
app.command()(export)
app.command()(release)
app.command()(publish)
app.command()(versions)
app.command()(check)


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
