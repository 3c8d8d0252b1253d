"""What can be known of a SPARQL text without evaluating it (storey 0).

No parser is needed for these questions, only the grammar's tokens: words inside IRIs, strings,
comments, variables and prefixed names are no keywords.
Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

import re
from collections.abc import Iterator

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
)

CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

# every alternative but the last is something that can hold a word that is no keyword
TOKEN = re.compile(
    r"""
      \#[^\n\r]*+                               # comment
    | <[^<>"{}|^`\\\x00-\x20]*+>                # IRI
    | \"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3}        # long strings
    | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
    | "(?:[^"\\\n\r]|\\.)*+"                    # strings
    | '(?:[^'\\\n\r]|\\.)*+'
    | [?$][\w]++                                # variable
    | [\w.\-]*+:(?:[\w.\-:%]|\\.)*+             # prefixed name or its declaration
    | @[A-Za-z-]++                              # language tag
    | (?P<word>[A-Za-z]++)
    """,
    re.VERBOSE | re.DOTALL,
)


def keywords(text: str) -> Iterator[str]:
    """Yield the keywords of a query or update, in order and in upper case."""
    plain = CODEPOINT.sub(_character, text)
    for matched in TOKEN.finditer(plain):
        if matched["word"]:
            yield matched["word"].upper()


def _character(matched: re.Match[str]) -> str:
    code = int(matched[1] or matched[2], 16)
    return chr(code) if code < 0x110000 else "\ufffd"


def query_form(text: str) -> str:
    """Return SELECT, ASK, CONSTRUCT, DESCRIBE or UPDATE; SELECT where the text has none.

    >>> query_form("PREFIX select: <http://e/select> ASK {}")
    'ASK'
    """
    for word in keywords(text):
        if word in FORMS:
            return word
        if word in UPDATES:
            return "UPDATE"
    return "SELECT"


def uses_service(text: str) -> bool:
    """Whether a query asks the engine to call another endpoint."""
    return "SERVICE" in keywords(text)
