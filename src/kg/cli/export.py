"""The command `kg export` (storey 5)."""

import os
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import urlsplit

import typer

from kg.cli.building import as_served
from kg.cli.options import Base, Place, Shapes, exit_codes, local, opened
from kg.errors import ProjectError
from kg.terminal import steps_bar

URL_HELP = (
    "Where the copy will be served, such as https://data.example.org; default: the base IRI, "
    "where that is the root of a site."
)


def export(
    folder: Annotated[Path, typer.Argument(help="Folder to write; new, empty or an older export.")],
    place: Place = ".",
    url: Annotated[str, typer.Option(help=URL_HELP)] = "",
    shapes: Shapes = None,
    base: Base = None,
    allow_violations: Annotated[
        bool,
        typer.Option("--allow-violations", help="Export data that does not conform, and say so."),
    ] = False,
    published: Annotated[
        bool, typer.Option("--published", help="Export the newest published version.")
    ] = False,
    jobs: Annotated[
        int, typer.Option(min=1, help="Processes that write pages; default: one a processor.")
    ] = os.cpu_count() or 1,
) -> None:
    """Write the whole site as files, with the rules for nginx and Apache to serve them."""
    with exit_codes(), local(place) as at:
        # imported here because other commands need no web application
        from kg.export.publishing import published_in
        from kg.export.site import export as write

        project, snapshot, archive = as_served(
            opened(at, shapes, base), published=published, allowed=allow_violations
        )
        address = _address(url or snapshot.base, given=bool(url))
        with (
            TemporaryDirectory(prefix="kg-dumps-", ignore_cleanup_errors=True) as dumps,
            published_in(Path(dumps), project, snapshot, archive) as publication,
        ):
            steps = partial(steps_bar, "writing the site")
            done = write(publication, folder, address, jobs, steps)
        typer.echo(
            f"{folder}: {done.files:,} files, {done.bytes:,} bytes, for {done.addresses:,} "
            f"addresses of {address}/"
        )


def _address(url: str, *, given: bool) -> str:
    """Return the address without a slash at its end.

    Raises: ProjectError where it is not the root of a site.
    """
    parts = urlsplit(url)
    is_root = parts.path in ("", "/") and not (parts.query or parts.fragment)
    if parts.scheme in ("http", "https") and parts.netloc and is_root:
        return f"{parts.scheme}://{parts.netloc}"
    if given:
        raise ProjectError(f"--url {url}: must be the root of a site, as https://data.example.org.")
    raise ProjectError(
        f"where will the copy be served? The base {url} is not the root of a site: pages and site "
        "map name their addresses. Say it: --url https://data.example.org."
    )
