"""The command `kg validate` (storey 5)."""

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kg.cli.endpoint import read_endpoint
from kg.cli.expecting import with_expectations
from kg.cli.options import Base, Engine, Folder, Shapes, exit_codes, opened, read_source
from kg.cli.outputs import NAMES, Output, outputs_of, unreadable_written, write_outputs
from kg.cli.published import with_terms_kept
from kg.errors import NotPublishable, ProjectError
from kg.project import Project
from kg.source.baseline import Baseline, read_baseline, without_known
from kg.source.changes import Changes, changes_since, only_changed
from kg.source.checking import check
from kg.source.findings import findings_of
from kg.source.loading import Source
from kg.source.parallel import in_parts
from kg.source.report import Report
from kg.source.session import Session
from kg.source.shapes import Run, shapes_among_data, shapes_in
from kg.source.shapes import validate as run_shapes
from kg.terminal import doing, steps_bar, warn

FORMAT_HELP = (
    f"NAME or NAME=FILE, as often as wanted; one at most without a file. "
    f"NAME is one of {', '.join(NAMES)}."
)
BASELINE_HELP = "Hide the results that this JSON or SARIF report has already."
OWL_HELP = "Ask a reasoner too: rl (OWL 2 RL) or dl (HermiT, on Java)."
CHANGED_HELP = "Hide results on what has not changed since this revision of git."
JOBS_HELP = "Run the shapes in this many processes; each holds all of the data."
ENDPOINT_HELP = "Check the data of the SPARQL engine at this URL, or of store.kind: store."
WATCH_HELP = "Validate again whenever a file is saved."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be validated by, and what is to be told of it, and where."""

    outputs: tuple[Output, ...]
    baseline: Baseline | None
    changed: str | None
    engine: str
    owl: tuple[str, ...]


def validate(
    folder: Folder = Path(),
    shapes: Shapes = None,
    base: Base = None,
    format_: Annotated[list[str] | None, typer.Option("--format", help=FORMAT_HELP)] = None,
    baseline: Annotated[Path | None, typer.Option(help=BASELINE_HELP)] = None,
    changed: Annotated[str | None, typer.Option(metavar="REV", help=CHANGED_HELP)] = None,
    engine: Engine = "",
    owl: Annotated[list[str] | None, typer.Option(help=OWL_HELP)] = None,
    jobs: Annotated[int, typer.Option(min=1, help=JOBS_HELP)] = 1,
    watch: Annotated[bool, typer.Option("--watch", help=WATCH_HELP)] = False,
    endpoint: Annotated[str, typer.Option(metavar="URL", help=ENDPOINT_HELP)] = "",
) -> None:
    """Check RDF files against SHACL shapes and beyond, and say what is wrong, and where."""
    # graphs are millions of values that stay: to look them through for garbage takes an eighth
    gc.set_threshold(100_000, 50, 100)
    with exit_codes():
        known = read_baseline(baseline) if baseline else None
        wanted = Wanted(outputs_of(format_ or ()), known, changed, engine, tuple(owl or ()))
        project = partial(opened, folder, shapes, base)
        if endpoint and (watch or changed):
            raise ProjectError("--endpoint: with --watch and --changed, only files can be.")
        if watch:
            _watch(project, wanted, jobs)
        now = project()
        with unreadable_written(wanted.outputs, now, checkout()):
            source = read_endpoint(now, endpoint) if endpoint else read_source(now)
            report = _checked(source, wanted, jobs, whole=not endpoint)
        changes = changes_since(source, changed) if changed else None
        if not _told(source, report, wanted, changes):
            raise NotPublishable


def _checked(source: Source, wanted: Wanted, jobs: int, *, whole: bool) -> Report:
    """Return what is wrong with a source, where it is `whole` with its queries and versions."""
    if unused := shapes_among_data(source):
        warn(
            f"{unused} holds shapes, which are data here and not run. Run them by "
            f"--shapes {unused}, or say in a kg.toml where they are."
        )
    name = wanted.engine or source.project.validation.engine
    with _running(source, name, jobs) as run:
        report = check(source, wanted.owl, partial(run_shapes, engine=name, run=run))
    return with_terms_kept(source, with_expectations(source, report)) if whole else report


def _watch(project: Callable[[], Project], wanted: Wanted, jobs: int) -> NoReturn:
    """Validate again and again, and leave with what the last report said."""
    # imported here because only this needs it
    from kg.cli.watch import again_and_again

    if jobs > 1:
        raise ProjectError(
            "--watch and --jobs: one or the other. Watching keeps in one process what still holds."
        )
    session = Session()

    def validated(now: Project) -> int:
        with unreadable_written(wanted.outputs, now, checkout()):
            source, report = session.report(now, wanted.engine, wanted.owl)
        changes = changes_since(source, wanted.changed) if wanted.changed else None
        return 0 if _told(source, report, wanted, changes) else 1

    written = frozenset(one.path.resolve() for one in wanted.outputs if one.path)
    raise typer.Exit(again_and_again(project, written, validated))


@contextmanager
def _running(source: Source, engine: str, jobs: int) -> Iterator[Run | None]:
    """Yield what runs the shapes, showing how far it is; None where the engine cannot tell."""
    if jobs > 1:
        # not forked: there are threads, and a fork would not have them
        executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
        with executor, steps_bar("validating", jobs) as step:
            yield partial(in_parts, executor, jobs, engine, progress=step)
    elif engine == "reference":
        from kg.source.shacl.reference import run

        with steps_bar("validating", shapes_in(source)) as step:
            yield partial(run, progress=step)
    else:
        with doing("validating"):
            yield None


def _told(source: Source, report: Report, wanted: Wanted, changes: Changes | None) -> bool:
    """Write the report, and return whether what it shows conforms."""
    findings = findings_of(source, report)
    if wanted.baseline:
        findings = without_known(findings, wanted.baseline)
    if changes:
        findings = only_changed(findings, changes)
    write_outputs(wanted.outputs, findings.seen_from(checkout()))
    return findings.report.conforms


def checkout() -> Path:
    """Return the folder that reports name files from: GitHub's checkout, or the current folder."""
    return Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
