"""What the engine says of a syntax error, as what was found and what was expected (storey 1)."""

import re
from types import MappingProxyType

from kg.rdf.namespaces import WELL_KNOWN

# characters of the text that are quoted
SHOWN = 40

# where the column is not known, because the line is too long
SOMEWHERE = "(somewhere in this line)"

A_NAME = "an IRI, a name with a prefix"

# parts of the engine's messages, and what it means by them
EXPECTED = MappingProxyType(
    {
        "is not a valid RDF object": f"an object: {A_NAME}, a literal, [ or (",
        "is not a valid predicate": f"a predicate: {A_NAME}, or a",
        "is not a valid subject": f"a subject: {A_NAME}, _: and a label, [ or (",
        "is not a valid graph name": f"the name of a graph: {A_NAME}, or _: and a label",
        "A dot is expected": "a full stop at the end of the statement, or ; or , before more",
        "must be followed by a dot": "a full stop at the end of the line",
        "should end with a ']'": "] at the end of the node, or ; before more",
        "keyword should be followed by a prefix": "a prefix with its colon, like ex:",
        "PREFIX declaration should": "an IRI between < and >",
        "BASE keyword should": "an IRI between < and >",
        "Expecting a datatype IRI": f"a datatype: {A_NAME}",
        "subject of a triple must": "an IRI or _: and a label as subject",
        "predicate of a triple must": "an IRI between < and > as predicate",
        "object of a triple must": "an IRI between < and >, _: and a label, or a literal as object",
        "graph name must": "an IRI between < and > or _: and a label as the name of a graph",
    }
)
UNDECLARED = re.compile(r"The prefix (\S*): has not been declared")


def undeclared(message: str) -> str | None:
    """Return the prefix that the engine misses a declaration of, without its colon."""
    matched = UNDECLARED.search(message)
    return matched[1] if matched else None


def worded(message: str, token: str, *, begun: bool) -> str:
    """Return what was found and expected where the engine has that message on that token.

    `begun` says whether a statement had begun before the token, which is "" at the end of the
    file and a line feed at that of a line.
    """
    if "UTF-8" in message:
        return "found a byte that is not UTF-8: save the file as UTF-8"
    if SOMEWHERE in message:
        return f"found {message}"
    found = f"found {_quoted(token)}"
    prefix = undeclared(message)
    if prefix is not None:
        iri = WELL_KNOWN.get(prefix, "…")
        return f"{found}, expected a declared prefix: add @prefix {prefix}: <{iri}> . above"
    if "Line jumps" in message:
        return (
            "found the end of the line within a string, expected a closing quote; "
            'text of several lines stands between """ and """'
        )
    if message.startswith("Unexpected end"):
        return _broken_off(token)
    if "is not a valid subject" in message and begun:
        message = "A dot is expected"
    expected = next((words for part, words in EXPECTED.items() if part in message), "")
    return f"{found}, expected {expected}" if expected else f"{found}: {message}"


def _quoted(token: str) -> str:
    # what no terminal should be sent is shown as an escape
    line = token.partition("\n")[0].rstrip()
    if not line:
        return "the end of the line" if token else "the end of the file"
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line[:SHOWN])
    return f"`{shown}…`" if len(line) > SHOWN else f"`{shown}`"


def _broken_off(token: str) -> str:
    """Return what is missing where the file ends within a statement."""
    if token[:3] in ('"""', "'''"):
        return f"found a long string that never ends, expected {token[:3]} after its text"
    if token[:1] in ('"', "'"):
        return f"found a string that never ends, expected {token[0]} after its text"
    if token[:1] == "<":
        return "found an IRI that never ends, expected > after it"
    return "found the end of the file, expected the rest of the statement and a full stop"
