"""Give variables of a query their values (storey 0): as terms, at the places of their tokens.

A value is a term before it comes here, and is written as exactly one token, whatever is in it, so
that no value can end the term and begin something else. Every occurrence is replaced, in
subqueries and filters too, where a VALUES clause beside them would not reach; that is what SHACL
calls pre-binding. Text is what every engine takes, also one that is far away.
Source: https://www.w3.org/TR/shacl/#pre-binding
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.rdf.sparql_parts import tokens
from kg.rdf.sparql_text import TOKEN, word_of

# after these come expressions, which a bare term is not
MODIFIERS = frozenset({"GROUP", "ORDER", "HAVING"})
ENDS_MODIFIER = frozenset({"LIMIT", "OFFSET", "VALUES"})

# The standard decodes \u0022 before it looks for strings, as if `\\u0022` were a backslash and an
# escape; engines decode it inside strings. Written so, both read the same.
BACKSLASH_U = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")

# how a variable stands in the text
VALUE, PROJECTED, INNER, MODIFIER, BOUND, ASSIGNED = (
    "value", "projected", "inner", "modifier", "bound", "assigned"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Use:
    """One occurrence of a variable: its name, the part of the text it stands for, and how."""

    name: str
    start: int
    end: int
    how: str


def written(term: NamedNode | Literal) -> str:
    r"""Return a term as one token of SPARQL.

    >>> written(Literal('"} # \\u0022'))
    '"\\"} # \\\\\\u00750022"'
    """
    text = BACKSLASH_U.sub(lambda m: f"{m[1]}\\u{ord(m[2]):04X}", str(term))
    if text.startswith('"'):
        first = TOKEN.match(text)
        assert first is not None
        assert text[first.end() :] == "" or text[first.end()] in "@^"
    return text


def bound(text: str, terms: Mapping[str, NamedNode | Literal]) -> str:
    """Return the query with terms in the places of the variables of these names."""
    made, at = [], 0
    for use in uses(text):
        if use.name in terms:
            made += [text[at : use.start], _replaced(use, written(terms[use.name]))]
            at = use.end
    return "".join([*made, text[at:]])


def _replaced(use: Use, term: str) -> str:
    if use.how == PROJECTED:
        return f"({term} AS ?{use.name})"
    if use.how == MODIFIER:
        return f"({term})"
    return {INNER: "", BOUND: "true"}.get(use.how, term)


def uses(text: str) -> Iterator[Use]:
    """Yield every occurrence of every variable, in order."""
    found = tokens(text)
    region, depth, parentheses = "", 0, 0
    for number, token in enumerate(found):
        mark, word = token[0], word_of(token)
        parentheses += {"(": 1, ")": -1}.get(mark, 0)
        if mark in "{}":
            depth += 1 if mark == "{" else -1
            region = ""
        elif word.startswith("SELECT"):
            region = INNER if depth else PROJECTED
            parentheses = 0
        elif word in MODIFIERS:
            region, parentheses = MODIFIER, 0
        elif word in ENDS_MODIFIER or word in ("FROM", "WHERE"):
            region = ""
        elif mark[0] in "?$" and len(mark) > 1:
            yield _use(found, number, "" if parentheses else region)


def _use(found: list[re.Match[str]], number: int, region: str) -> Use:
    token = found[number]
    start, end, name = token.start(), token.end(), token[0][1:]
    before = word_of(found[number - 1]) if number else ""
    if before == "AS" or _in_head_of_values(found, number):
        return Use(name, start, end, ASSIGNED)
    around = [word_of(one) or one[0] for one in found[max(0, number - 2) : number + 2]]
    if len(around) == 4 and around[:2] == ["BOUND", "("] and around[3] == ")":
        return Use(name, found[number - 2].start(), found[number + 1].end(), BOUND)
    return Use(name, start, end, region or VALUE)


def _in_head_of_values(found: list[re.Match[str]], number: int) -> bool:
    """Whether only variables and a parenthesis stand between a VALUES and this token."""
    while number and (found[number - 1][0] == "(" or found[number - 1][0][0] in "?$"):
        number -= 1
    return bool(number) and word_of(found[number - 1]) == "VALUES"
