"""Where the rows of a stored query are shown (storey 2), as its header says.

`#+ about:` names classes, on the pages of whose instances the rows are shown; `#+ show: overview`
shows them on the overview. docs/panels.md describes every key.
"""

import difflib
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from pyoxigraph import Literal

from kg.errors import Problem, SourceError, around

# where rows are shown: on the overview; in the middle of a page, beside that, or two side by side
OVERVIEW, MAIN, BESIDE, HALF = "overview", "main", "beside", "half"
# what lists of classes are made of, and what stands above them
LIST, ABOVE = "list", "above"
PLACES = (OVERVIEW, MAIN, BESIDE, HALF, LIST, ABOVE)

# how rows may be shown
VIEWS = (
    "lead",
    "text",
    "facts",
    "list",
    "table",
    "chain",
    "tree",
    "graph",
    "ranges",
    "timeline",
    "map",
    "chart",
)

IRI = re.compile(r"<([^<>\"{}|^`\\\x00-\x20]+)>")
NAME = re.compile(r"(?P<prefix>[\w.-]*):(?P<local>[\w.-]*)")

# one segment of a URL that needs no escaping
PATH = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

KEYS = frozenset({"about", "show", "view", "title", "note", "columns", "order", "path"})
TRANSLATED = re.compile(r"(?P<key>title|note|columns)(?:-(?P<language>[a-z]{2,3}))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a header: its value, and where errors say that it stands."""

    value: str
    file: str
    line: int
    text: str

    def problem(self, message: str) -> SourceError:
        """Return the error to raise about the value."""
        column = max(self.text.rfind(self.value), 0) + 1
        where = around(self.text, column)
        return SourceError([Problem(self.file, self.line, column, message, where)])


@dataclass(frozen=True, slots=True)
class Panel:
    """Where and how the rows of a stored query are shown.

    `about` are the IRIs of classes; `place` is one of `PLACES`, `view` one of `VIEWS`. `titles`,
    `notes` and `columns` are in several languages, columns parted by commas. Panels stand by
    `order`, then by name. `path` is what a list would be called in its URL, or "".
    """

    about: tuple[str, ...]
    place: str
    view: str
    titles: tuple[Literal, ...]
    notes: tuple[Literal, ...] = ()
    columns: tuple[Literal, ...] = ()
    order: float = 100.0
    path: str = ""

    @property
    def overview(self) -> bool:
        """Whether the rows are shown on the overview."""
        return self.place == OVERVIEW


def is_key(key: str) -> bool:
    """Whether a header's key is one that this module understands."""
    return key in KEYS or bool(TRANSLATED.fullmatch(key))


def panel_of(
    header: Mapping[str, Entry], prefixes: Mapping[str, str], summary: str
) -> Panel | None:
    """Return the panel that a header describes, or None where its rows are shown nowhere.

    `prefixes` are those of its prefixed names; `summary` is its title where it has none of its own.
    Raises: SourceError when a value is none that there is.
    """
    if "about" not in header and "show" not in header:
        return None
    titles = translated(header, "title") or (Literal(summary, language="en"),)
    return Panel(
        about=_classes(header["about"], prefixes) if "about" in header else (),
        place=one_of(header["show"], PLACES) if "show" in header else MAIN,
        view=one_of(header["view"], VIEWS) if "view" in header else "table",
        titles=titles,
        notes=translated(header, "note"),
        columns=translated(header, "columns"),
        order=_number(header["order"]) if "order" in header else 100.0,
        path=_path(header["path"]) if "path" in header else "",
    )


def _classes(entry: Entry, prefixes: Mapping[str, str]) -> tuple[str, ...]:
    names = [name for name in re.split(r"[,\s]+", entry.value) if name]
    if not names:
        raise entry.problem("expected a class: a prefixed name, or an IRI in < >")
    return tuple(iri_of(entry, name, prefixes) for name in names)


def iri_of(entry: Entry, name: str, prefixes: Mapping[str, str]) -> str:
    """Return the IRI that a prefixed name, or one in < >, stands for. Raises: SourceError."""
    if iri := IRI.fullmatch(name):
        return iri[1]
    matched = NAME.fullmatch(name)
    if not matched:
        raise entry.problem(f"expected a prefixed name or an IRI in < >, not {name!r}")
    if matched["prefix"] not in prefixes:
        raise entry.problem(
            f"neither the query nor the data declares the prefix {matched['prefix']}:"
        )
    return prefixes[matched["prefix"]] + matched["local"]


def translated(header: Mapping[str, Entry], key: str) -> tuple[Literal, ...]:
    """Return the values of a key in all its languages; without one they are in English."""
    found = ((TRANSLATED.fullmatch(name), entry) for name, entry in header.items())
    return tuple(
        Literal(entry.value, language=matched["language"] or "en")
        for matched, entry in found
        if matched and matched["key"] == key and entry.value
    )


def one_of(entry: Entry, known: tuple[str, ...]) -> str:
    """Return the entry's value. Raises: SourceError where it is none of the known ones."""
    if entry.value in known:
        return entry.value
    close = difflib.get_close_matches(entry.value, known, n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    raise entry.problem(f"expected one of {', '.join(known)}{hint}")


def _number(entry: Entry) -> float:
    with suppress(ValueError):
        # what is no number is before nothing and behind nothing
        if math.isfinite(number := float(entry.value)):
            return number
    raise entry.problem("expected a number")


def _path(entry: Entry) -> str:
    if PATH.fullmatch(entry.value):
        return entry.value
    raise entry.problem("expected a name for a URL: small letters, digits and - between them")


def bound(text: str, iri: str) -> str:
    """Return the query about one resource: that which `?this` is.

    Source: https://www.w3.org/TR/sparql11-query/#inline-data-syntax
    """
    return f"{text.rstrip()}\nVALUES ?this {{ <{iri}> }}\n"
