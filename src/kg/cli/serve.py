"""The command `kg serve` (storey 5)."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Base, Folder, Shapes, exit_codes, opened, read_source
from kg.dataset.queries import read_queries
from kg.dataset.snapshot import build
from kg.errors import NotPublishable
from kg.source.checking import check
from kg.source.findings import findings_of
from kg.source.loading import Source
from kg.source.remembered import remembered
from kg.source.report import Report
from kg.source.reports.text import report_as_text
from kg.source.shapes import validate as run_shapes
from kg.terminal import doing


def serve(
    folder: Folder = Path(),
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
) -> None:
    """Serve the data set: pages, dereferenceable IRIs and a SPARQL endpoint."""
    with exit_codes():
        # imported here because other commands need no web server
        from kg.server import listening, run_server

        project = opened(folder, shapes, base)
        site = project.site
        with listening(host or site.host, site.port if port is None else port) as listener:
            source = read_source(project)
            with doing("validating"):
                report = check(source, by_shapes=partial(remembered, validate=run_shapes))
            require_publishable(source, report, allowed=allow_violations)
            with doing("building the snapshot"):
                snapshot = build(source, report, read_queries(source))
            run_server(source.project, snapshot, listener)


def require_publishable(source: Source, report: Report, *, allowed: bool) -> None:
    """Raise NotPublishable after printing the report, unless the data conforms or it is allowed."""
    if report.conforms:
        return
    typer.echo(report_as_text(findings_of(source, report)), err=True)
    if not allowed:
        raise NotPublishable(
            "nothing is served. Mend the data, or serve it with --allow-violations."
        )
    typer.secho(
        "SERVING DATA THAT DOES NOT CONFORM (--allow-violations)", fg="red", bold=True, err=True
    )
