"""What can be known of a SPARQL text without evaluating it (storey 0).

No parser is needed for these questions, only the grammar's tokens: words inside IRIs, strings,
comments, variables and prefixed names are no keywords.
Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

import re
from collections.abc import Iterator

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})

# the forms whose answer is a graph
GRAPH_FORMS = frozenset({"CONSTRUCT", "DESCRIBE"})

UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)

# functions that do not depend on their arguments alone
FICKLE = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})

# every alternative but the last is something that can hold a word that is no keyword; a string that
# nobody ends goes on to the end, so that each character is looked at once
TOKEN = re.compile(
    r"""
      \#[^\n\r]*+                               # comment
    | <[^<>"{}|^`\\\x00-\x20]*+>                # IRI
    | \"{3}(?:[^"\\]|\\.|"(?!""))*+(?:\"{3})?   # long strings
    | '{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3})?
    | "(?:[^"\\\n\r]|\\.)*+"?                   # strings
    | '(?:[^'\\\n\r]|\\.)*+'?
    | [?$][\w]++                                # variable
    | @[A-Za-z-]++                              # language tag
    | (?P<word>[\w.\-]++)(?P<local>:(?:[\w.\-:%]|\\.)*+)?   # keyword, number, prefixed name
    | :(?:[\w.\-:%]|\\.)*+
    """,
    re.VERBOSE | re.DOTALL,
)


def keywords(text: str) -> Iterator[str]:
    """Return the keywords of a query or update, in order and in upper case."""
    return filter(None, map(word_of, TOKEN.finditer(text)))


def word_of(token: re.Match[str]) -> str:
    """Return a keyword in upper case, or "" where the token is none."""
    return token["word"].upper() if token["word"] and token["local"] is None else ""


def declared_prefixes(text: str) -> dict[str, str]:
    """Return the namespaces that a query declares, by prefix; the last declaration of one wins.

    >>> declared_prefixes("PREFIX ex: <http://example.org/> ASK {}")
    {'ex': 'http://example.org/'}
    """
    tokens = (m[0] for m in TOKEN.finditer(text) if not m[0].startswith("#"))
    found = {}
    for keyword in tokens:
        if keyword.upper() == "PREFIX":
            name, iri = next(tokens, ""), next(tokens, "")
            if name.endswith(":") and iri.startswith("<"):
                found[name[:-1]] = iri[1:-1]
    return found


def is_fickle(text: str) -> bool:
    """Whether the same query may have another answer the next time, on the same data."""
    return not FICKLE.isdisjoint(keywords(text))


def query_form(text: str) -> str:
    """Return SELECT, ASK, CONSTRUCT, DESCRIBE or UPDATE; SELECT where the text has none.

    >>> query_form("PREFIX select: <http://e/select> ASK {}")
    'ASK'
    """
    for word in keywords(text):
        # the engine reads SELECT* and CONSTRUCTWHERE as two tokens each
        if form := next(filter(word.startswith, FORMS), None):
            return form
        if word in UPDATES:
            return "UPDATE"
    return "SELECT"
