"""The command `kg validate` (storey 5)."""

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Base, Engine, Folder, Shapes, exit_codes, opened, read_source
from kg.cli.outputs import NAMES, outputs_of, write_outputs
from kg.errors import NotPublishable
from kg.source.baseline import read_baseline, without_known
from kg.source.changes import changes_since, only_changed
from kg.source.checking import check
from kg.source.findings import findings_of
from kg.source.shapes import validate as run_shapes
from kg.terminal import doing

FORMAT_HELP = (
    f"NAME or NAME=FILE, as often as wanted; one at most without a file. "
    f"NAME is one of {', '.join(NAMES)}."
)
BASELINE_HELP = "Hide the results that this JSON or SARIF report has already."
OWL_HELP = "Ask a reasoner too: rl (OWL 2 RL) or dl (HermiT, on Java)."
CHANGED_HELP = "Hide results on what has not changed since this revision of git."


def validate(
    folder: Folder = Path(),
    shapes: Shapes = None,
    base: Base = None,
    format_: Annotated[list[str] | None, typer.Option("--format", help=FORMAT_HELP)] = None,
    baseline: Annotated[Path | None, typer.Option(help=BASELINE_HELP)] = None,
    changed: Annotated[str | None, typer.Option(metavar="REV", help=CHANGED_HELP)] = None,
    engine: Engine = "",
    owl: Annotated[list[str] | None, typer.Option(help=OWL_HELP)] = None,
) -> None:
    """Check RDF files against SHACL shapes and beyond, and say what is wrong, and where."""
    with exit_codes():
        outputs = outputs_of(format_ or ())
        known = read_baseline(baseline) if baseline else None
        source = read_source(opened(folder, shapes, base))
        changes = changes_since(source, changed) if changed else None
        with doing("validating"):
            report = check(source, owl or (), partial(run_shapes, engine=engine))
        findings = findings_of(source, report)
        if known:
            findings = without_known(findings, known)
        if changes:
            findings = only_changed(findings, changes)
        write_outputs(outputs, findings.seen_from(checkout()))
        if not findings.report.conforms:
            raise NotPublishable


def checkout() -> Path:
    """Return the folder that reports name files from: GitHub's checkout, or the current folder."""
    return Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
