"""A query as it is sent to a remote engine (storey 3).

Engines differ in what they do unasked: which prefixes they know, what DESCRIBE brings, what they
take besides SPARQL. What is sent leaves them no choice.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from kg.errors import QueryError, QueryRefused
from kg.rdf.sparql_text import FORMS, TOKEN, keywords, query_form

PROLOGUE = frozenset({"BASE", "PREFIX"})

# what ends the list of things to describe and of graphs
AFTER_LIST = frozenset({"WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})

# names that no query has by chance
SUBJECT, PREDICATE, OBJECT = "?kgSubject", "?kgPredicate", "?kgObject"

# tokens, and what stands between them and says where a part of a query ends
MARKED = re.compile(TOKEN.pattern + "| [{}*]", TOKEN.flags)

# the prefix of a prefixed name, or of its declaration; from each word it is looked for once
USED = re.compile(r"(?<![\w.-])([\w.-]*+):")


def require_query(query: str) -> None:
    """Raise unless the text begins as a query does: engines take more than SPARQL says.

    Virtuoso reads `define`, by which a query can fetch graphs, and updates of its own.
    """
    for word in keywords(query):
        if word.startswith(tuple(FORMS)):
            return
        if word not in PROLOGUE:
            raise QueryRefused(f"A query begins with BASE, PREFIX or its form, not with {word}.")
    raise QueryError(f"There is no query: none of {', '.join(sorted(FORMS))} is in the text.")


def prologue(query: str, prefixes: Mapping[str, str], base: str) -> str:
    """Return one line that declares the base, and the prefixes that the query uses undeclared."""
    declared = set(_declared(query))
    wanted = {matched[1] for matched in USED.finditer(query)} - declared
    lines = [f"PREFIX {p}: <{prefixes[p]}>" for p in sorted(wanted & prefixes.keys())]
    return " ".join([f"BASE <{base}>", *lines]) + "\n"


def _declared(query: str) -> Iterable[str]:
    for one, following in pairwise(_tokens(query)):
        if one[0].upper() == "PREFIX" and following[0].endswith(":"):
            yield following[0][:-1]


def explicit(query: str) -> str:
    """Return a DESCRIBE as the CONSTRUCT of the triples that begin at what it names.

    Any other query is returned as it is. Engines do not agree on what describes a thing: this
    is what it is the subject of. No CONSTRUCT can follow blank nodes however deep they lie.
    Source: https://www.w3.org/TR/sparql11-query/#describe
    """
    start = _place_of("DESCRIBE", query)
    if start is None:
        return query
    named, dataset, pattern = _described(query, start + len("DESCRIBE"))
    variables = [name for name in named if name[0] in "?$"]
    if "*" in named:
        variables = sorted({token[0] for token in _tokens(pattern) if token[0][0] in "?$"})
    constants = [name for name in named if name[0] not in "?$*"]
    triple = f"{SUBJECT} {PREDICATE} {OBJECT}"
    choices = [f"{{ VALUES {SUBJECT} {{ {' '.join(constants)} }} {triple} }}"] if constants else []
    for name in variables:
        found = f"SELECT DISTINCT ({name} AS {SUBJECT}) {pattern or '{}'}"
        # what is unbound would match everything
        choices.append(f"{{ {{ {{ {found}\n}} FILTER (BOUND({SUBJECT})) }} {triple} }}")
    if not choices:
        # the engine says what is missing
        return query
    where = f"{{ {' UNION '.join(choices)} }}"
    return f"{query[:start]}CONSTRUCT {{ {triple} }} {dataset} WHERE {where}"


def solutions(query: str) -> str:
    """Return a SELECT with one row for each solution that a CONSTRUCT fills its template with."""
    start = _place_of("CONSTRUCT", query) or 0
    rest = start + len("CONSTRUCT")
    depth = 0
    for token in _tokens(query, rest):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if token[0] == "}" and depth == 0:
            rest = token.end()
        if depth == 0:
            break
    return f"{query[:start]}SELECT (1 AS {SUBJECT}) {query[rest:]}"


def without_dataset(query: str) -> str:
    """Return the query with spaces in the place of its FROM clauses.

    For where the protocol's dataset overrides them: not all engines know that it does.
    """
    tokens, kept, at = _tokens(query), [], 0
    for number, token in enumerate(tokens):
        if token[0].upper() == "FROM" and token.start() >= at:
            named = tokens[number + 1 : number + 2]
            size = 2 if named and named[0][0].upper() == "NAMED" else 1
            end = tokens[min(number + size, len(tokens) - 1)].end()
            kept += [query[at : token.start()], " " * (end - token.start())]
            at = end
    return "".join([*kept, query[at:]])


def _tokens(query: str, start: int = 0) -> list[re.Match[str]]:
    """Return the tokens, braces and stars after a place, without comments."""
    return [m for m in MARKED.finditer(query, start) if not m[0].startswith("#")]


def _place_of(form: str, query: str) -> int | None:
    """Return where the query's form stands if it is this one."""
    if query_form(query) != form:
        return None
    return next(m.start() for m in _tokens(query) if m[0].upper().startswith(form))


def _described(query: str, start: int) -> tuple[list[str], str, str]:
    """Return what is named from a place on, the FROM clauses, and the pattern to the end."""
    named: list[str] = []
    dataset: list[str] = []
    for token in _tokens(query, start):
        if token[0] == "{" or token[0].upper() in AFTER_LIST:
            return named, " ".join(dataset), query[token.start() :]
        if dataset or token[0].upper() == "FROM":
            dataset.append(token[0])
        else:
            named.append(token[0])
    return named, " ".join(dataset), ""
