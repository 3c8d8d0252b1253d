"""Where the reports of a run go, and in which formats (storey 5)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import typer

from kg.cli.options import write_to
from kg.errors import ProjectError, SourceError
from kg.project import Project
from kg.source.checks.syntax import unreadable
from kg.source.findings import Findings, findings_of
from kg.source.loading import Source
from kg.source.reports.table import REPORT_FORMATS, ReportFormat, find_report_format
from kg.source.reports.text import report_as_text, verdict
from kg.terminal import colours, paint

NAMES = tuple(row.name for row in REPORT_FORMATS)


@dataclass(frozen=True, slots=True)
class Output:
    """One report to write: its format, and the file that it goes to; None is standard output."""

    format: ReportFormat
    path: Path | None = None


def outputs_of(options: Sequence[str]) -> tuple[Output, ...]:
    """Return what `--format NAME` and `--format NAME=FILE` ask for; text without any.

    Raises: ProjectError for an unknown name, a folder that is missing, and two for one place.
    """
    outputs = tuple(_output(option) for option in options or ("text",))
    paths = [output.path for output in outputs]
    for path in paths:
        if paths.count(path) > 1:
            place = f"the file {path}" if path else "standard output"
            raise ProjectError(
                f"--format: only one report can go to {place}. "
                "Give each of the others a file: --format sarif=report.sarif."
            )
    return outputs


def _output(option: str) -> Output:
    name = option.partition("=")[0]
    row = find_report_format(name)
    if row is None:
        close = get_close_matches(name.lower(), NAMES, n=1)
        hint = f"Did you mean {close[0]}?" if close else f"Known: {', '.join(NAMES)}."
        raise ProjectError(f"--format {name}: no such format of reports. {hint}")
    return Output(row, file_of(option))


def file_of(option: str) -> Path | None:
    """Return the file of `NAME=FILE`, None of `NAME`.

    Raises: ProjectError when it cannot be a file.
    """
    _, equals, file = option.partition("=")
    if not equals:
        return None
    path = Path(file)
    if not file or path.is_dir() or not path.parent.is_dir():
        raise ProjectError(f"--format {option}: {file!r} is no file in a folder that there is.")
    return path


@contextmanager
def unreadable_written(outputs: Sequence[Output], project: Project, folder: Path) -> Iterator[None]:
    """Write what is wrong with files that cannot be read as reports too, then let the error go on.

    People read it from the error itself. Files are named from `folder`.
    """
    try:
        yield
    except SourceError as error:
        reports = [one for one in outputs if one.path or one.format.write is not report_as_text]
        found = findings_of(Source(project, "", "", ()), unreadable(error.problems))
        for output in reports:
            _write(output, found.seen_from(folder))
        raise


def write_outputs(outputs: Sequence[Output], findings: Findings) -> None:
    """Write every report; where none goes to standard output, say the verdict on the other.

    Raises: ProjectError when a file cannot be written.
    """
    for output in outputs:
        _write(output, findings)
    if all(output.path for output in outputs):
        typer.echo(verdict(findings.report), err=True)


def _write(output: Output, findings: Findings) -> None:
    if output.path is None and output.format.write is report_as_text:
        typer.echo(report_as_text(findings, paint) if colours() else report_as_text(findings))
        return
    write_to(output.path, output.format.write(findings).encode())
