"""Which engine answers a query: the one place that says (storey 3).

Measured at a million triples (docs/decisions.md): sparq is 3 to 1,000 times faster on what reads
much of the data (aggregates, orders, filters, paths, long answers); pyoxigraph is faster on what
finds a few things by their names and follows them, and 50 times on EXISTS. Neither engine shows
its parse, so this looks at the tokens; what it cannot judge is pyoxigraph's, the reference.
"""

import re
from collections.abc import Iterator

from kg.rdf.sparql_text import TOKEN

PYOXIGRAPH = "pyoxigraph"
SPARQ = "sparq"

# Words are looked for inside others too: the engines read FILTERNOTEXISTS as three.
# sparq holds the default graph only, answers with no graph, and calls nobody
ABSENT = re.compile("GRAPH|FROM|SERVICE|CONSTRUCT|DESCRIBE", re.IGNORECASE)
# it answers these by going through everything, where pyoxigraph looks up
SLOW = re.compile("OPTIONAL|EXISTS", re.IGNORECASE)
# There sparq keeps to the letter of SPARQL 1.1, and the reference knows more: parts of dates that
# are no xsd:dateTime, arithmetic with dates, and that values of different types are not equal.
WIDER = re.compile(
    "YEAR|MONTH|DAY|HOURS|MINUTES|SECONDS|TIMEZONE|TZ|dateTime|NOT|[!+-]", re.IGNORECASE
)
EQUAL = re.compile(" (?:=|IN) ", re.IGNORECASE)
WIDER_IF_EQUAL = re.compile("IF|COALESCE|BIND", re.IGNORECASE)
# what needs every solution before it gives one
WHOLE = re.compile(
    r"\b(?:GROUP|ORDER|DISTINCT|HAVING|COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\b", re.IGNORECASE
)
# what is content with a few, and a few that are many
FEW = re.compile(r"\b(?:ASK|LIMIT)\b", re.IGNORECASE)
NOT_FEW = re.compile(r"\bLIMIT\s+\d{4}", re.IGNORECASE)

# In a shape, ?name is a variable, c a constant, a the predicate of types, p parentheses with what
# is in them, m what orders or limits a group, and w another keyword, with the terms behind it.
HEAD = re.compile(r"w(?: (?:\?\w+|c|\*))+")
TAIL = re.compile(r" m[^{}]*")
MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET")
VALUES = re.compile(r"w(?: p)? \{(?: [cpw])* \}")
PATTERN = re.compile(r"(?:\?\w+|c)(?= [.;,}/w])")
NAMED = re.compile(r"(?<! a) c(?= [.;,}w])|(?<=[.{}w] )c\b")
VARIABLE = re.compile(r"\?\w+")
# declarations say nothing of the shape, and are often most of the text
DECLARED = re.compile(r"(?:\s*+PREFIX\s++[\w.-]*+:\s*+<[^<>\s]*+>)*+", re.IGNORECASE)

MARKED = re.compile(TOKEN.pattern + r"| (?P<mark>[{}()\[;,/*!+]|[<>]?=)", TOKEN.flags)
TYPE = ("a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")

# operators, which say nothing of the shape
SILENT = frozenset({"!", "+", "-", "=", "<=", ">="})

# from so many patterns on, sparq joins by going through everything
MANY = 3


def engine_for(query: str) -> str:
    """Return "sparq" or "pyoxigraph": the engine that is right and fast for the query.

    >>> engine_for("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    'sparq'
    >>> engine_for("SELECT * { ?s a ?c FILTER NOT EXISTS { ?s ?p 1 } }")
    'pyoxigraph'
    """
    words, shape = _shape(query)
    if any(kind.search(words) for kind in (ABSENT, SLOW, WIDER)):
        return PYOXIGRAPH
    if EQUAL.search(words) and WIDER_IF_EQUAL.search(words):
        return PYOXIGRAPH
    # blank nodes in brackets cannot be judged; of a product of patterns sparq dies
    if "[" in shape or not _connected(shape):
        return PYOXIGRAPH
    patterns = len(PATTERN.findall(shape))
    if patterns >= MANY and NAMED.search(shape):
        return PYOXIGRAPH
    few = FEW.search(words) and not NOT_FEW.search(query)
    if patterns > 1 and few and not WHOLE.search(words):
        return PYOXIGRAPH
    return SPARQ


def within_sparq(query: str) -> bool:
    """Whether sparq has what the query asks for, be it slow or fast."""
    return not ABSENT.search(_shape(query)[0])


def _shape(query: str) -> tuple[str, str]:
    """Return the query's keywords, operators and called functions, and its shape.

    The shape is the kinds of the tokens outside parentheses.
    """
    words: list[str] = []
    kinds: list[str] = []
    numbers: dict[str, str] = {}
    depth = 0
    before: tuple[str, ...] = ()
    for kind, text in _tokens(query[_declared(query) :]):
        if kind in "wm!=" or (kind in "+-" and depth):
            words.append(text)
        if kind == ")":
            depth = max(0, depth - 1)
        elif not depth and kind not in SILENT:
            kinds.append(numbers.setdefault(text, f"?{len(numbers)}") if kind == "?" else kind)
        if kind == "(":
            words.extend(before)
            depth += 1
        before = (text,) if kind == "c" else ()
    shape = TAIL.sub(" ", " ".join(kinds).replace("(", "p"))
    return f" {' '.join(words)} ", VALUES.sub("w", HEAD.sub("w", shape))


def _declared(query: str) -> int:
    """Return where the prefixes that the query begins with end."""
    declared = DECLARED.match(query)
    return declared.end() if declared else 0


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) of each token."""
    for matched in MARKED.finditer(query):
        text = matched[0]
        if matched.lastgroup == "mark":
            yield text, text
        elif text[0] not in "#@." or matched["local"]:
            yield _kind(matched), text
        # names and numbers take the full stop behind them
        if text[-1] == "." and text[0] != "#":
            yield ".", "."


def _kind(matched: re.Match[str]) -> str:
    text = matched[0]
    # a blank node stands for anything, as a variable does
    if text[0] in "?$" or text.startswith("_:"):
        return "?"
    if text in TYPE:
        return "a"
    if text == "-":
        return text
    word = matched["word"] and matched["local"] is None and text[0] not in "0123456789-"
    if not word or text.lower() in ("true", "false"):
        return "c"
    return "m" if text.upper() in MODIFIERS else "w"


def _connected(shape: str) -> bool:
    """Whether the patterns hang together by variables that they share."""
    groups: list[set[str]] = []
    for statement in re.split(r"[.{}w]", shape):
        if names := set(VARIABLE.findall(statement)):
            joined = [group for group in groups if group & names]
            groups = [group for group in groups if not group & names]
            groups.append(names.union(*joined))
    return len(groups) <= 1
