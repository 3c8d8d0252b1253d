"""The command `kg check` (storey 5)."""

from pathlib import Path
from typing import Annotated

import typer

from kg.checking.check import Level, Verdict
from kg.checking.checks.table import CHECKS
from kg.checking.limits import Limits
from kg.checking.reports.table import REPORTS
from kg.checking.reports.text import summary
from kg.checking.running import check_site
from kg.cli.options import exit_codes, write_to
from kg.cli.outputs import file_of
from kg.errors import NotPublishable, ProjectError
from kg.terminal import steps_bar

URL_HELP = "A site of linked data, the IRI of a thing, or a SPARQL endpoint."
BASE_HELP = "How the site's IRIs begin, where it answers for them under another URL."
FORMAT_HELP = f"NAME or NAME=FILE, as often as wanted. NAME is one of {', '.join(REPORTS)}."
LEVEL_HELP = "The least binding level that counts for the exit code."
SKIP_HELP = "Leave out the check of this id; as often as wanted."


def check(
    url: Annotated[str, typer.Argument(help=URL_HELP)],
    base: Annotated[str, typer.Option(metavar="IRI", help=BASE_HELP)] = "",
    format_: Annotated[list[str] | None, typer.Option("--format", help=FORMAT_HELP)] = None,
    level: Annotated[Level, typer.Option(help=LEVEL_HELP)] = Level.SHOULD,
    skip: Annotated[list[str] | None, typer.Option(metavar="ID", help=SKIP_HELP)] = None,
    requests: Annotated[int, typer.Option(min=1, help="Requests in all.")] = 2_000,
    seconds: Annotated[float, typer.Option(min=1, help="Seconds in all.")] = 300,
    answer_seconds: Annotated[float, typer.Option(min=0.1, help="Seconds for an answer.")] = 20,
    bytes_: Annotated[int, typer.Option("--bytes", min=1, help="Bytes of an answer.")] = 20_000_000,
    redirects: Annotated[int, typer.Option(min=0, help="Redirects in a row.")] = 10,
    resources: Annotated[int, typer.Option(min=1, help="Things that are looked at.")] = 4,
    links: Annotated[int, typer.Option(min=1, help="Links that are followed, per check.")] = 200,
) -> None:
    """Hold a site of linked data to its contract, by harmless requests only."""
    with exit_codes():
        outputs = [_output(one) for one in format_ or ["text"]]
        limits = Limits(requests, seconds, answer_seconds, bytes_, redirects, resources, links)
        with steps_bar("checking", len(CHECKS)) as step:
            verdict = check_site(url, limits, base, skip or (), step)
        for name, path in outputs:
            write_to(path, REPORTS[name](verdict).encode())
        if all(path for _, path in outputs):
            typer.echo(summary(verdict), err=True)
        if not _good(verdict, level):
            raise NotPublishable


def _good(verdict: Verdict, least: Level) -> bool:
    """Whether all was looked at, and nothing that counts is wrong."""
    levels = list(Level)
    return not (verdict.ended or verdict.failed(*levels[: levels.index(least) + 1]))


def _output(option: str) -> tuple[str, Path | None]:
    name = option.partition("=")[0]
    if name not in REPORTS:
        raise ProjectError(f"--format {name}: no such format. Known: {', '.join(REPORTS)}.")
    return name, file_of(option)
