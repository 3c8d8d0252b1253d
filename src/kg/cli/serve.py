"""The command `kg serve` (storey 5)."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from kg.cli.building import Order
from kg.cli.options import Base, Place, Shapes, exit_codes, local
from kg.listening import bound
from kg.server import run_server
from kg.source.fetching import is_url

RELOAD_HELP = "Serve what has changed as soon as it has; default: yes, but with --published no."


def serve(
    place: Place = ".",
    host: Annotated[str, typer.Option(help="Address to listen on; default 127.0.0.1.")] = "",
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; default 8000, 0 takes a free one.")
    ] = None,
    shapes: Shapes = None,
    base: Base = None,
    allow_violations: Annotated[
        bool,
        typer.Option("--allow-violations", help="Serve data that does not conform, and say so."),
    ] = False,
    published: Annotated[
        bool, typer.Option("--published", help="Serve the newest published version.")
    ] = False,
    skip_broken: Annotated[
        bool,
        typer.Option("--skip-broken", help="Leave out files that cannot be read, and name them."),
    ] = False,
    reload: Annotated[bool | None, typer.Option("--reload/--no-reload", help=RELOAD_HELP)] = None,
) -> None:
    """Serve the data set: pages, dereferenceable IRIs and a SPARQL endpoint."""
    with exit_codes(), local(place) as folder:
        order = Order(folder, shapes, base, allow_violations, published, skip_broken)
        site = order.project.site
        with bound(host or site.host, site.port if port is None else port) as listener:
            if not is_url(place):
                run_server(order, listener, reload=not published if reload is None else reload)
                return
            # what is fetched once is neither watched nor kept
            with TemporaryDirectory(prefix="kg-builds-") as builds:
                run_server(replace(order, builds=Path(builds)), listener, reload=False)
