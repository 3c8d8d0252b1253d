"""The command `kg query` (storey 5)."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.asking import store_of
from kg.cli.options import (
    Base,
    Folder,
    exit_codes,
    opened,
    pairs,
    read_source,
    write_to,
)
from kg.dataset.queries import StoredQuery, find_query, read_queries, read_text, stored_query
from kg.dataset.snapshot import build
from kg.errors import ProjectError
from kg.rdf.formats import CSV, FORMATS, JSON, RESULT_FORMATS, TURTLE, Format, ResultFormat
from kg.rdf.sparql_text import GRAPH_FORMS, query_form
from kg.settings import DAY
from kg.source.report import Report
from kg.store.base import SparqlRequest
from kg.terminal import print_table

FORMAT_NAMES = tuple(format_.extension for format_ in (*RESULT_FORMATS, *FORMATS))


def query(
    query: Annotated[
        str, typer.Argument(help="A .rq file, a stored query's name, or - for stdin.")
    ],
    folder: Folder = Path(),
    format_: Annotated[
        str, typer.Option("--format", help=f"One of table, {', '.join(FORMAT_NAMES)}.")
    ] = "",
    param: Annotated[
        list[str], typer.Option("--param", "-p", help="A parameter of the query, as name=value.")
    ] = [],  # noqa: B006 - typer makes a new list for each call
    base: Base = None,
) -> None:
    """Ask a SPARQL query of the data set, without a server."""
    with exit_codes():
        source = read_source(opened(folder, None, base))
        stored = read_queries(source)
        parameters = pairs("--param", param)
        text = query_text(query, stored, parameters, dict(source.prefixes.pairs))
        format_ = format_ or ("table" if sys.stdout.isatty() else "")
        chosen = answer_format(text, format_)
        snapshot = build(source, Report((), 0), stored)
        with store_of(source.project, snapshot) as store:
            # whoever asks can stop it
            answer = store.answer(SparqlRequest(text, chosen, seconds=DAY, bytes=sys.maxsize))
        if format_ == "table" and chosen is JSON:
            print_table(answer.whole, snapshot)
        else:
            write_to(None, answer.body)


def query_text(
    query: str,
    stored: Sequence[StoredQuery],
    parameters: Mapping[str, str],
    prefixes: Mapping[str, str],
) -> str:
    """Return the text of a query: a file, a stored query's name, or - for standard input.

    Without `parameters` those of a file have their defaults, if they have any.
    Raises: ParametersRefused, naming those that a stored query cannot do without.
    """
    if query == "-":
        found = stored_query("query", sys.stdin.read(), "standard input", prefixes)
    elif query.endswith(".rq") and Path(query).is_file():
        found = stored_query(query, read_text(Path(query)), query, prefixes)
    else:
        named = find_query(stored, query)
        if named is None:
            known = ", ".join(one.name for one in stored) or "none"
            raise ProjectError(f"{query}: neither a .rq file nor a stored query. Stored: {known}.")
        return named.asked(parameters, prefixes)
    return found.asked(parameters, prefixes) if parameters else found.example


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
