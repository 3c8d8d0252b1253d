"""The engine's syntax errors in words that help (storey 3)."""

import re

from kg.errors import QuerySyntaxError

PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?")

# a quoted token, a character class, or words up to the next comma
EXPECTATION = re.compile(r"\"(?:[^\"\\]|\\.)+\"|\[(?:'[^']*'|[^\]'])*\]|[^,\[\"]+")

SHOWN = 8


def syntax_error(message: str, query: str) -> QuerySyntaxError:
    """Return the engine's complaint about a query: the place, what is there, what may be there.

    The engine lists every token that could follow, character classes too; what is kept are
    whole sentences such as "Prefix not found", or else the first few tokens.
    """
    matched = PLACE.match(message)
    if not matched:
        return QuerySyntaxError(message)
    line, column = int(matched["line"]), int(matched["column"])
    lines = query.splitlines()
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    found = f"found {rest[:30]!r}" if rest else "at the end of the query"
    return QuerySyntaxError(f"{found}{_expected(message[matched.end() :])}", line, column)


def _expected(listed: str) -> str:
    tokens = [token.strip() for token in EXPECTATION.findall(listed)]
    tokens = [token for token in tokens if token and not token.startswith("[")]
    sentences = [token for token in tokens if " " in token and not token.startswith('"')]
    if sentences:
        return f". {'. '.join(sentences)}."
    if not tokens:
        return ", which SPARQL does not allow here"
    more = " …" if len(tokens) > SHOWN else ""
    return f", expected {', '.join(tokens[:SHOWN])}{more}"
