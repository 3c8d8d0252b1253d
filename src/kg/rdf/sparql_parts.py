"""The parts of a SPARQL query by its tokens (storey 0): where it is declared, grouped, limited.

Enough to ask the same query for fewer rows, for their number, or for what a variable may be. The
text of the query itself is never changed, but for its own LIMIT and OFFSET.
Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from kg.rdf.sparql_text import FORMS, TOKEN, word_of

# tokens, and the marks that say where a part begins and ends
MARKED = re.compile(TOKEN.pattern + r"| [{}()*]", TOKEN.flags)

TOTAL = "kgTotal"


@dataclass(frozen=True, slots=True)
class Parts:
    """Places in a query: where its form begins, FROM if any, its last group, and what follows.

    `limits` are the LIMIT and OFFSET of the whole: (keyword, number, start, end). `values` is
    where a VALUES clause after the groups begins, or the end of the text.
    """

    form: int
    source: int
    group: tuple[int, int]
    limits: tuple[tuple[str, int, int, int], ...]
    values: int


def tokens(text: str) -> list[re.Match[str]]:
    """Return the tokens, braces, parentheses and stars of a query, without comments."""
    return [m for m in MARKED.finditer(text) if not m[0].startswith("#")]


def parts(text: str) -> Parts | None:
    """Return the parts of a query, or None where it has no group or its braces do not match."""
    outside, depth, groups = [], 0, []
    for token in tokens(text):
        if token[0] == "{":
            if not depth:
                groups.append([token.start(), -1])
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if depth < 0:
                return None
            if not depth:
                groups[-1][1] = token.end()
        elif not depth:
            outside.append(token)
    form = next((t.start() for t in outside if word_of(t).startswith(tuple(FORMS))), None)
    if depth or form is None:
        return None
    return _parts(text, form, outside, [(start, end) for start, end in groups])


def _parts(
    text: str, form: int, outside: list[re.Match[str]], groups: list[tuple[int, int]]
) -> Parts | None:
    values = next((t.start() for t in outside if word_of(t) == "VALUES"), len(text))
    group = next((one for one in reversed(groups) if one[0] < values), None)
    if group is None:
        return None
    source = next((t.start() for t in outside if word_of(t) == "FROM" and t.start() > form), -1)
    limits = tuple(
        (word_of(word), int(number[0]), word.start(), number.end())
        for word, number in pairwise(outside)
        if word_of(word) in ("LIMIT", "OFFSET") and number[0].isdecimal()
    )
    return Parts(form, source, group, limits, values)


def page_of(text: str, size: int, offset: int) -> str:
    r"""Return the query for so many of its rows from there on, within its own LIMIT and OFFSET.

    >>> page_of("SELECT * { ?s ?p ?o } LIMIT 25", 10, 20)
    'SELECT * { ?s ?p ?o }         \nLIMIT 5 OFFSET 20\n'
    """
    found = parts(text)
    if found is None:
        return text
    own = {word: number for word, number, _, _ in found.limits}
    size = min(size, max(0, own["LIMIT"] - offset)) if "LIMIT" in own else size
    for _, _, start, end in found.limits:
        text = text[:start] + " " * (end - start) + text[end:]
    limit = f"\nLIMIT {size} OFFSET {own.get('OFFSET', 0) + offset}\n"
    return text[: found.values] + limit + text[found.values :]


def counting(text: str) -> str | None:
    """Return the query for the number of a query's rows, named `TOTAL`; None where it has no parts.

    FROM stands before the outer group, as the grammar wants it.
    """
    found = parts(text)
    if found is None:
        return None
    start = found.group[0]
    clauses = text[found.source : start] if found.source >= 0 else "WHERE "
    head = text[found.form : found.source if found.source >= 0 else start]
    inner = f"{head} WHERE {text[start:]}" if found.source >= 0 else head + text[start:]
    return f"{text[: found.form]}SELECT (COUNT(*) AS ?{TOTAL}) {clauses}{{ {{ {inner}\n}} }}"


def values_of(text: str, variable: str, limit: int) -> str | None:
    """Return the query for what a variable is in a query's solutions, each once, to a limit."""
    found = parts(text)
    if found is None:
        return None
    source = text[found.source : found.group[0]] if found.source >= 0 else "WHERE "
    group = text[found.group[0] : found.group[1]]
    return f"{text[: found.form]}SELECT DISTINCT ?{variable} {source}{group}\nLIMIT {limit}\n"
