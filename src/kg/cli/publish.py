"""The commands `kg publish` and `kg versions` (storey 5)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.building import require_publishable
from kg.cli.options import Base, Folder, Shapes, exit_codes, opened, read_source
from kg.dataset.queries import read_queries
from kg.dataset.snapshot import build
from kg.errors import ProjectError, VersionsError
from kg.project import Project, versions_folder
from kg.source.checking import check
from kg.terminal import doing
from kg.versions.publishing import publish as publish_version
from kg.versions.version import Version, read_versions, require_whole

VERSIONS_HELP = "Folder of the versions; default: kg.toml's, else versions beside kg.toml."
DATE_HELP = "When it is published, in ISO 8601; default: now. For a history that is made anew."

Versions = Annotated[Path | None, typer.Option("--versions", help=VERSIONS_HELP)]


def publish(
    folder: Folder = Path(),
    note: Annotated[str, typer.Option(help="What changed, in a line.")] = "",
    versions: Versions = None,
    date: Annotated[str, typer.Option(help=DATE_HELP)] = "",
    shapes: Shapes = None,
    base: Base = None,
) -> None:
    """Add the present data to the folder of versions, as the next one."""
    with exit_codes():
        moment = _moment(date)
        project = opened(folder, shapes, base)
        place = _place(project, versions)
        source = read_source(project)
        with doing("validating"):
            report = check(source)
        require_publishable(source, report, allowed=False)
        with doing("building the snapshot"):
            snapshot = build(source, report, read_queries(source))
        off = dict(source.project.checks)
        version, is_new = publish_version(snapshot, place, note, moment, off)
        said = "published" if is_new else "nothing has changed since"
        typer.echo(f"{said} version {_line(version)}")


def versions(folder: Folder = Path(), versions: Versions = None) -> None:
    """List the published versions, and check that each is what its id says."""
    with exit_codes():
        faults, found = [], read_versions(_place(opened(folder, None, None), versions))
        if not found:
            typer.echo("no version has been published yet", err=True)
        for version in found:
            try:
                require_whole(version)
                typer.echo(_line(version))
            except VersionsError as error:
                typer.echo(f"{version.number}  damaged")
                faults.append(str(error))
        if faults:
            raise VersionsError("\n".join(faults))


def _line(version: Version) -> str:
    note = f"  {version.note}" if version.note else ""
    date = version.date.isoformat(sep=" ").removesuffix("+00:00")
    return f"{version.number}  {version.id[:12]}  {date}  {version.triples:,} triples{note}"


def _place(project: Project, versions: Path | None) -> Path:
    found = versions or versions_folder(project)
    if found is None:
        raise ProjectError(
            "where do the versions go? Name their folder: --versions FOLDER. "
            "A project with kg.toml keeps them beside it."
        )
    return found


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ProjectError(f"--date {text}: not a date in ISO 8601: {error}.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
