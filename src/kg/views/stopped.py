"""Why a query has no answer, as its page says it (storey 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.errors import (
    KgError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    RemoteFailed,
    ResultTooLarge,
    StoreUnavailable,
    TooManyRequests,
    UpdateRefused,
)

# the page has words for each kind: what happened and what to do
KINDS: Mapping[type[KgError], str] = MappingProxyType(
    {
        QuerySyntaxError: "syntax",
        UpdateRefused: "update",
        QueryRefused: "refused",
        QueryTimeout: "slow",
        ResultTooLarge: "large",
        TooManyRequests: "many",
        StoreUnavailable: "unavailable",
        RemoteFailed: "unavailable",
    }
)

# lines of a query that are shown before and after the one with an error
BESIDE = 2


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of a query: `number` counts from 1, `caret` is "" or a caret below the error."""

    number: int
    text: str
    caret: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a query has no answer.

    `kind` is one of the values of `KINDS` or "other"; `message` is the error's own; `line` and
    `column` count from 1 in the query as it was sent, or are 0; `lines` are those around.
    """

    kind: str
    message: str
    line: int = 0
    column: int = 0
    lines: tuple[CodeLine, ...] = ()


def stopped(error: KgError, query: str) -> Stopped:
    """Return what the page says of an error that a query ended with."""
    kind = next((KINDS[class_] for class_ in type(error).__mro__ if class_ in KINDS), "other")
    if not isinstance(error, QuerySyntaxError) or not error.line:
        return Stopped(kind, str(error))
    return Stopped(
        kind, str(error), error.line, error.column, _around(query, error.line, error.column)
    )


def _around(query: str, line: int, column: int) -> tuple[CodeLine, ...]:
    texts = query.split("\n")
    first = max(1, line - BESIDE)
    shown = enumerate(texts[first - 1 : line + BESIDE], start=first)
    return tuple(
        CodeLine(number, text.rstrip("\r"), _caret(text, column) if number == line else "")
        for number, text in shown
    )


def _caret(text: str, column: int) -> str:
    # tabs stay tabs, so that the caret stands below its column
    return "".join(c if c == "\t" else " " for c in text[: column - 1]) + "^"
