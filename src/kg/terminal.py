"""What the command line draws on a terminal (storey 5): progress, tables, warnings."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from kg.rdf.lines import visible_lines

if TYPE_CHECKING:
    # few commands have a snapshot: the others are there sooner
    from kg.dataset.snapshot import Snapshot
    from kg.store.remote import Look

# seconds: a bar that flashes by is noise, and so is a line in a log about what is over at once
PATIENCE, LONG = 1.0, 5.0


# how the roles of a report's texts look: colour, bold, dim
LOOKS = MappingProxyType(
    {
        "Violation": ("red", True, False),
        "Warning": ("yellow", True, False),
        "Info": ("blue", True, False),
        "good": ("green", True, False),
        "caret": ("red", False, False),
        "soft": (None, False, True),
    }
)


def colours() -> bool:
    """Whether standard output is a terminal that shows colours, and nobody asked for none.

    Source: https://no-color.org/
    """
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and sys.stdout.isatty()


def paint(text: str, role: str) -> str:
    """Return the text with the terminal's codes for the looks of a role of a report's texts."""
    colour, bold, dim = LOOKS[role]
    # to say that one is off would end the other
    return typer.style(text, fg=colour, bold=bold or None, dim=dim or None)


@contextmanager
def loading_bar(total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function to call with each number of bytes read.

    A bar of `total` bytes appears on standard error after a second; where that is no terminal, a
    line after some seconds.
    """
    with _bar("loading", DownloadColumn(), total) as advance:
        yield advance


@contextmanager
def steps_bar(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Yield a function to call after each step; the bar is as for loading."""
    with _bar(what, MofNCompleteColumn(), total) as advance:
        yield lambda: advance(1)


@contextmanager
def _bar(what: str, counts: ProgressColumn, total: int) -> Iterator[Callable[[int], None]]:
    console = Console(stderr=True)
    if not console.is_terminal:
        with _told(what):
            yield lambda _: None
        return
    columns = (TextColumn(what), BarColumn(), counts, TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(what, total=total)
    started = time.monotonic()

    def advance(count: int) -> None:
        bar.advance(task, count)
        late = time.monotonic() - started > PATIENCE
        if late and not bar.live.is_started:
            bar.start()

    try:
        yield advance
    finally:
        # stopping a bar that was never shown would print an empty line
        if bar.live.is_started:
            bar.stop()


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Say on standard error what takes a while: as long as it takes, or in a line of a log."""
    console = Console(stderr=True)
    if not console.is_terminal:
        with _told(what):
            yield
        return
    with console.status(f"{what} ..."):
        yield


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Say in one line what is being done, if that takes long."""
    timer = threading.Timer(LONG, say, (f"{what} ...",))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def print_table(answer: bytes, snapshot: "Snapshot") -> None:
    """Print the answer to a SELECT or ASK, given in SPARQL's JSON, as a table.

    IRIs are shortened by the snapshot's prefixes, or to what follows its base IRI.
    """
    result = json.loads(answer)
    console = Console()
    if "boolean" in result:
        console.print("yes" if result["boolean"] else "no")
        return
    columns = result["head"]["vars"]
    table = Table(header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in result["results"]["bindings"]:
        table.add_row(*(Text(_cell(row.get(column), snapshot)) for column in columns))
    console.print(table)


def _cell(binding: dict[str, Any] | None, snapshot: "Snapshot") -> str:
    if binding is None:
        return ""
    value = str(binding["value"])
    if binding["type"] != "uri":
        # what strangers have written is not for the terminal to obey
        return visible_lines(value)
    return snapshot.prefixes.shrink(value) or f"<{value.removeprefix(snapshot.base)}>"


def announce_engine(look: "Look") -> None:
    """Say on standard error what a first look at a remote engine found."""
    typer.secho(look.text, fg=None if look.good else "yellow", err=True)


def warn(text: str) -> None:
    """Say on standard error, in one line, what is left out and why."""
    typer.secho(f"kg: {visible_lines(text)}", fg="yellow", err=True)


def say(text: str) -> None:
    """Say on standard error, in one line, what has happened."""
    typer.echo(f"kg: {text}", err=True)
