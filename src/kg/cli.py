"""The command `kg` (storey 5): parse, call the public functions, print, exit.

Exit codes: 0 good, 1 the data does not conform, 2 wrong use or unreadable input, 3 the store
failed.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer

from kg import __version__
from kg.dataset.queries import StoredQuery, find_query, read_queries, read_text, stored_query
from kg.dataset.snapshot import build
from kg.errors import KgError, NotPublishable, ProjectError, StoreUnavailable
from kg.project import Project, open_project
from kg.rdf.formats import CSV, FORMATS, JSON, RESULT_FORMATS, TURTLE, Format, ResultFormat
from kg.rdf.sparql_text import GRAPH_FORMS, query_form
from kg.source.finding import source_bytes
from kg.source.loading import Source, load
from kg.source.remembered import remembered
from kg.source.report import Report
from kg.source.report_formats import report_as_text
from kg.source.shapes import validate as run_shapes
from kg.store.base import SparqlRequest
from kg.store.opening import open_store
from kg.terminal import doing, loading_bar, print_table

EXIT_CODES: Mapping[type, int] = MappingProxyType(
    {NotPublishable: 1, StoreUnavailable: 3, KgError: 2}
)

app = typer.Typer(
    name="kg",
    help="Publish a folder of Turtle as validated, dereferenceable linked data.",
    epilog="Exit codes: 0 good, 1 does not conform, 2 wrong use or unreadable input, "
    "3 store failure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

FORMAT_NAMES = tuple(format_.extension for format_ in (*RESULT_FORMATS, *FORMATS))
# seconds that a query on the command line may take: whoever asked can stop it
DAY = 86_400.0

FOLDER_HELP = "A project with kg.toml, any folder of RDF, or one RDF file."
SHAPES_HELP = "Use the SHACL shapes in this file or folder instead of the project's."
BASE_HELP = "Move the whole data set to this base IRI while loading."

Folder = Annotated[Path, typer.Argument(help=FOLDER_HELP)]
Shapes = Annotated[Path | None, typer.Option(help=SHAPES_HELP)]
Base = Annotated[str | None, typer.Option(help=BASE_HELP)]


def main() -> None:
    """Run the command that the arguments name."""
    app()


def print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    """Print the version and leave, where that is wanted."""
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Publish a folder of Turtle as validated, dereferenceable linked data."""


@contextmanager
def exit_codes() -> Iterator[None]:
    """Turn an error of `kg` into one message on standard error and its exit code."""
    try:
        yield
    except KgError as error:
        if str(error):
            typer.echo(f"kg: {error}", err=True)
        code = next(EXIT_CODES[class_] for class_ in type(error).__mro__ if class_ in EXIT_CODES)
        raise typer.Exit(code) from error


@app.command()
def validate(folder: Folder = Path(), shapes: Shapes = None, base: Base = None) -> None:
    """Check RDF files against SHACL shapes and say what is wrong, and where."""
    with exit_codes():
        source = read_source(opened(folder, shapes, base))
        with doing("validating"):
            report = run_shapes(source)
        typer.echo(report_as_text(report, source.prefixes))
        if not report.conforms:
            raise NotPublishable


@app.command()
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
                report = remembered(source, run_shapes)
            require_publishable(source, report, allowed=allow_violations)
            with doing("building the snapshot"):
                snapshot = build(source, report, read_queries(source))
            run_server(source.project, snapshot, listener)


@app.command()
def query(
    query: Annotated[
        str, typer.Argument(help="A .rq file, a stored query's name, or - for stdin.")
    ],
    folder: Folder = Path(),
    format_: Annotated[
        str, typer.Option("--format", help=f"One of table, {', '.join(FORMAT_NAMES)}.")
    ] = "",
    base: Base = None,
) -> None:
    """Ask a SPARQL query of the data set, without a server."""
    with exit_codes():
        source = read_source(opened(folder, None, base))
        stored = read_queries(source)
        text = query_text(query, stored)
        format_ = format_ or ("table" if sys.stdout.isatty() else "")
        chosen = answer_format(text, format_)
        snapshot = build(source, Report((), 0), stored)
        # in a process of its own, because some queries end theirs
        store = open_store(replace(source.project.store, kind="worker", workers=1), snapshot)
        try:
            answer = store.answer(SparqlRequest(text, chosen, seconds=DAY, bytes=sys.maxsize))
        finally:
            store.close()
        if format_ == "table" and chosen is JSON:
            print_table(answer.body, snapshot)
        else:
            sys.stdout.buffer.write(answer.body)


def opened(folder: Path, shapes: Path | None, base: str | None) -> Project:
    """Return the project at the folder, with what the options change."""
    project = open_project(folder).with_rebase(base)
    if shapes is None:
        return project
    if not shapes.exists():
        raise ProjectError(f"{shapes}: no such folder or file of shapes.")
    return replace(project, folders=replace(project.folders, shapes=str(shapes.absolute())))


def read_source(project: Project) -> Source:
    """Return the project's source, with a progress bar where it takes long."""
    with loading_bar(source_bytes(project)) as advance:
        return load(project, advance)


def require_publishable(source: Source, report: Report, *, allowed: bool) -> None:
    """Raise NotPublishable after printing the report, unless the data conforms or it is allowed."""
    if report.conforms:
        return
    typer.echo(report_as_text(report, source.prefixes), err=True)
    if not allowed:
        raise NotPublishable(
            "nothing is served. Mend the data, or serve it with --allow-violations."
        )
    typer.secho(
        "SERVING DATA THAT DOES NOT CONFORM (--allow-violations)", fg="red", bold=True, err=True
    )


def query_text(query: str, stored: Sequence[StoredQuery]) -> str:
    """Return the text of a query that is a file, a stored query's name, or - for standard input."""
    if query == "-":
        return sys.stdin.read()
    if query.endswith(".rq") and Path(query).is_file():
        return stored_query(query, read_text(Path(query)), query).text
    found = find_query(stored, query)
    if found is None:
        known = ", ".join(one.name for one in stored) or "none"
        raise ProjectError(f"{query}: neither a .rq file nor a stored query. Stored: {known}.")
    return found.text


def answer_format(text: str, name: str) -> Format | ResultFormat:
    """Return the format of that name that can hold the query's answer; CSV or Turtle by default."""
    graph = query_form(text) in GRAPH_FORMS
    offered: tuple[Format | ResultFormat, ...] = FORMATS if graph else RESULT_FORMATS
    if name in ("", "table"):
        boolean = query_form(text) == "ASK" or name == "table"
        return TURTLE if graph else JSON if boolean else CSV
    for format_ in offered:
        if name in (format_.extension, format_.name.lower()):
            return format_
    names = ", ".join(format_.extension for format_ in offered)
    raise ProjectError(f"--format {name}: this query can be answered in {names}.")
