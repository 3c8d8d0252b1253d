"""Build what `kg serve` serves (storey 5), in a process of its own, and say what is wrong."""

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import typer

from kg.builds.build import write_build
from kg.builds.cache import BUILDS, discard, forget, making
from kg.builds.inputs import digest_of
from kg.cli.options import exit_codes, opened, read_source
from kg.dataset.queries import read_queries
from kg.dataset.snapshot import Snapshot, build
from kg.errors import NotPublishable, ProjectError
from kg.project import Project, versions_folder
from kg.source.base import moved
from kg.source.caches import cache_folder
from kg.source.checking import check
from kg.source.findings import findings_of
from kg.source.loading import Source
from kg.source.remembered import remembered
from kg.source.report import Report, Severity
from kg.source.reports.text import report_as_text
from kg.source.shapes import validate as run_shapes
from kg.terminal import doing, warn
from kg.versions.archive import Archive
from kg.versions.reading import read_snapshot
from kg.versions.version import Version, read_versions


@dataclass(frozen=True, slots=True)
class Order:
    """What `kg serve` was told to serve: the place and its options.

    `builds` is the folder of builds, None for the user's cache.
    """

    place: Path
    shapes: Path | None
    base: str | None
    allowed: bool
    published: bool
    skip_broken: bool
    builds: Path | None = None

    @property
    def project(self) -> Project:
        """The project as its settings are now. Raises: ProjectError."""
        return opened(self.place, self.shapes, self.base)

    @property
    def folder(self) -> Path:
        """Where the build of what the files hold now is, or will be.

        Raises: ProjectError where there is no data, OSError where a file cannot be read.
        """
        options = (self.base, self.allowed, self.published, self.skip_broken)
        return (self.builds or cache_folder(BUILDS)) / digest_of(self.project, *options)


def build_ordered(order: Order) -> None:
    """Make the build of what the files hold now, where there is none; end the process.

    Its exit code is that of `kg serve`; what is wrong is said on standard error.
    """
    # who is told to stop by the terminal is told once, by the server
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    code = 0
    try:
        with exit_codes():
            _made(order)
    except typer.Exit as error:
        code = error.exit_code
    sys.stderr.flush()
    os._exit(code)


def _made(order: Order) -> None:
    try:
        while not _settled(order, order.folder):
            pass
    except OSError as error:
        raise ProjectError(f"{error.filename}: {error.strerror}.") from error


def _settled(order: Order, folder: Path) -> bool:
    """Make the build, and return whether the files are still those that it was made from."""
    with making(folder) as beside:
        if beside:
            _write(order, beside)
            if order.folder != folder:
                discard(beside)
                warn("The files have changed while they were read: they are read again.")
                return False
    forget(folder.parent)
    return True


def _write(order: Order, folder: Path) -> None:
    project, snapshot, archive = as_served(
        order.project,
        published=order.published,
        allowed=order.allowed,
        skip_broken=order.skip_broken,
    )
    if archive.versions and archive.versions[-1].id == snapshot.id:
        snapshot = replace(snapshot, named=archive.versions[-1].name)
    with doing("writing what is served"):
        tables = write_build(folder, project, snapshot, archive)
    for failure in tables.failures:
        warn(failure)


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
        read = read_snapshot(version, project.rebase)
        snapshot = replace(read, root="", report=Report((), 0, earlier=True))
    classes = (moved(iri, version.base, snapshot.base) for iri in project.site.classes)
    return replace(project, site=replace(project.site, classes=tuple(classes))), snapshot


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
            "nothing is made of data that does not conform. Mend it; kg serve and kg export take "
            "it as it is with --allow-violations."
        )
    typer.secho(
        "SERVING DATA THAT DOES NOT CONFORM (--allow-violations)", fg="red", bold=True, err=True
    )
