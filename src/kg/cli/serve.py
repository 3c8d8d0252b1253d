"""The command `kg serve` (storey 5)."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from kg.cli.options import Base, Place, Shapes, exit_codes, local, opened, read_source
from kg.dataset.queries import read_queries
from kg.dataset.snapshot import Snapshot, build
from kg.errors import NotPublishable, ProjectError
from kg.project import Project, versions_folder
from kg.source.checking import check
from kg.source.findings import findings_of
from kg.source.loading import Source
from kg.source.remembered import remembered
from kg.source.report import Report, Severity
from kg.source.reports.text import report_as_text
from kg.source.shapes import validate as run_shapes
from kg.terminal import doing
from kg.versions.archive import Archive
from kg.versions.reading import read_snapshot
from kg.versions.version import Version, read_versions


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
) -> None:
    """Serve the data set: pages, dereferenceable IRIs and a SPARQL endpoint."""
    with exit_codes(), local(place) as folder:
        # imported here because other commands need no web server
        from kg.server import listening, run_server

        project = opened(folder, shapes, base)
        site = project.site
        with listening(host or site.host, site.port if port is None else port) as listener:
            project, snapshot, archive = as_served(
                project, published=published, allowed=allow_violations, skip_broken=skip_broken
            )
            run_server(project, snapshot, listener, archive)


def as_served(
    project: Project, *, published: bool, allowed: bool, skip_broken: bool = False
) -> tuple[Project, Snapshot, Archive]:
    """Return the project, what is served of it, and the versions beside that.

    Raises: NotPublishable where the data has violations and that is not allowed.
    """
    kept = versions_folder(project)
    versions = read_versions(kept) if kept else ()
    if published:
        project, snapshot = _newest(project, versions)
    else:
        project, snapshot = _present(project, allowed=allowed, skip_broken=skip_broken)
    return project, snapshot, Archive(versions, snapshot.base)


def _present(project: Project, *, allowed: bool, skip_broken: bool) -> tuple[Project, Snapshot]:
    """Return the project as its files are now, validated, and what is served of it."""
    source = read_source(project, skip_broken=skip_broken)
    with doing("validating"):
        report = check(source, by_shapes=partial(remembered, validate=run_shapes))
    if not source.project.folders.shapes and not is_configured(source.project):
        report = as_found(report)
    require_publishable(source, report, allowed=allowed)
    with doing("building the snapshot"):
        return source.project, build(source, report, read_queries(source))


def _newest(project: Project, versions: Sequence[Version]) -> tuple[Project, Snapshot]:
    """Return the newest version as what is served.

    Raises: ProjectError where there is none.
    """
    if not versions:
        raise ProjectError("no version has been published yet. kg publish makes the first.")
    version = versions[-1]
    with doing(f"reading version {version.number}"):
        snapshot = replace(read_snapshot(version, project.rebase), root="")
    moved = (iri.replace(version.base, snapshot.base, 1) for iri in project.site.classes)
    return replace(project, site=replace(project.site, classes=tuple(moved))), snapshot


def is_configured(project: Project) -> bool:
    """Whether somebody has written settings for the project: then its rules are meant."""
    return not project.file and (project.root / "kg.toml").exists()


def as_found(report: Report) -> Report:
    """Return the report without violations: nobody said what rules are to hold for this data.

    What general checks find in it is shown as warnings.
    """
    results = (
        replace(one, severity=Severity.WARNING) if one.severity is Severity.VIOLATION else one
        for one in report.results
    )
    return replace(report, results=tuple(results))


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
