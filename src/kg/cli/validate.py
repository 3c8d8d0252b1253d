"""The command `kg validate` (storey 5)."""

from pathlib import Path

import typer

from kg.cli.options import Base, Engine, Folder, Shapes, exit_codes, opened, read_source
from kg.errors import NotPublishable
from kg.source.report_formats import report_as_text
from kg.source.shapes import validate as run_shapes
from kg.terminal import doing


def validate(
    folder: Folder = Path(), shapes: Shapes = None, base: Base = None, engine: Engine = ""
) -> None:
    """Check RDF files against SHACL shapes and say what is wrong, and where."""
    with exit_codes():
        source = read_source(opened(folder, shapes, base))
        with doing("validating"):
            report = run_shapes(source, engine)
        typer.echo(report_as_text(report, source.prefixes))
        if not report.conforms:
            raise NotPublishable
