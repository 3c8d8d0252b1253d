"""The engine's syntax errors in words that help (storey 3)."""

import difflib
import re
from collections.abc import Collection

from kg.errors import QuerySyntaxError

# The engine tries a keyword by reading as many characters as it has, and reports the furthest
# place that it read to. With room after the query, the longest keyword leads back.
ROOM = " " * 30

PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?")

# a quoted token, a character class, or words up to the next comma
EXPECTATION = re.compile(r"\"(?:[^\"\\]|\\.)+\"|\[(?:'[^']*'|[^\]'])*\]|[^,\[\"]+")

# the prefixed name that a place stands behind
UNKNOWN = re.compile(r"(?<![\w.-])([\w.-]*+):[^\s:]*+$")

KEYWORD = re.compile("[A-Za-z0-9_]+")

SHOWN = 8


def syntax_error(message: str, query: str, prefixes: Collection[str] = ()) -> QuerySyntaxError:
    """Return the engine's complaint about a query that it was given with `ROOM` after it.

    It says the place, what is there, and what may be there: whole sentences such as "Prefix not
    found", or the first few tokens. `prefixes` are those that need no declaration.
    """
    matched = PLACE.match(message)
    if not matched:
        return QuerySyntaxError(message)
    expected = _expectations(message[matched.end() :])
    ahead = max((len(token) for token in expected if KEYWORD.fullmatch(token)), default=0)
    offset = _offset(query + ROOM, int(matched["line"]), int(matched["column"])) - ahead
    offset = min(max(offset, 0), len(query.rstrip()))
    rest = query[offset:].partition("\n")[0].strip()
    found = f"found {rest[:30]!r}" if rest else "at the end of the query"
    line = query.count("\n", 0, offset) + 1
    column = offset - query.rfind("\n", 0, offset)
    if "Prefix not found" in expected and (name := UNKNOWN.search(query[:offset].rstrip())):
        return QuerySyntaxError(_undeclared(name[1], prefixes), line, column)
    return QuerySyntaxError(found + _in_words(expected), line, column)


def _undeclared(name: str, prefixes: Collection[str]) -> str:
    near = difflib.get_close_matches(name, prefixes, n=1)
    hint = f"; did you mean {near[0]}:?" if near else ""
    return f"the prefix {name}: is not declared{hint}"


def _offset(text: str, line: int, column: int) -> int:
    before = text.split("\n")[: line - 1]
    return sum(len(one) + 1 for one in before) + column - 1


def _expectations(listed: str) -> list[str]:
    tokens = (token.strip() for token in EXPECTATION.findall(listed))
    return [token for token in tokens if token and not token.startswith("[")]


def _in_words(expected: list[str]) -> str:
    sentences = [token for token in expected if " " in token and not token.startswith('"')]
    if sentences:
        return f". {'. '.join(sentences)}."
    tokens = [token for token in expected if token.startswith('"')]
    if not tokens:
        return ", which SPARQL does not allow here"
    more = " …" if len(tokens) > SHOWN else ""
    return f", expected {', '.join(tokens[:SHOWN])}{more}"
