"""A Turtle or TriG document as a tree that has lost nothing (storey 1), comments included.

It is for text that the engine has read without an error. Source:
https://www.w3.org/TR/rdf12-trig/#sec-grammar
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.source.tokens import TOKEN

COMMENT = re.compile(r"#[^\r\n]*")
INNER = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|<[^<>\s]*>|(#[^\r\n]*)', re.DOTALL)


@dataclass(slots=True)
class Token:
    """A token with the comments before it, and with that behind it on its line.

    `before` has "" for blank lines; `ends` is whether a line ends behind the token.
    """

    kind: str
    text: str
    before: list[str] = field(default_factory=list)
    behind: str = ""
    ends: bool = False


@dataclass(slots=True)
class Term:
    """A term: one token's text, or what the brackets `opening` and `closing` hold.

    `parts` are the items of a list, `said` the properties of a blank node. `open` says whether it
    is written on several lines. Of its comments, `before` stand above it, `opened` follow the
    opening bracket, `inside` stand above the closing one, and `behind` follow it. `annotation` is
    what is said of an object's triple, as it is written.
    """

    text: str = ""
    opening: str = ""
    closing: str = ""
    parts: list["Term"] = field(default_factory=list)
    said: list["Said"] = field(default_factory=list)
    open: bool = False
    before: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    annotation: str = ""


@dataclass(slots=True)
class Said:
    """A predicate and its objects, with the comments above and behind the predicate."""

    predicate: str
    objects: list[Term] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Statement:
    """A subject and what is said of it; `before` are the comments attached to it."""

    subject: Term
    said: list[Said] = field(default_factory=list)
    before: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Directive:
    """A declaration, without its full stop; `name` is "@base", "@version" or a prefix."""

    name: str
    iri: str
    before: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Remark:
    """Comments that stand alone, between blank lines."""

    lines: list[str]


@dataclass(slots=True)
class Block:
    """A graph of TriG: what stands before its brace, and what is in it."""

    head: str
    items: list["Item"] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)


Item = Statement | Directive | Remark | Block


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a document; the last is the end, of kind "end"."""
    last, end = None, 0
    text = f"{text}\n"
    for found in TOKEN.finditer(text):
        kind = "string" if found.lastgroup == "suffix" else str(found.lastgroup)
        start = found.start(kind)
        behind, broken, before = _gap(text[end:start], first=last is None)
        if last:
            last.behind, last.ends = behind, broken
            yield last
        inner = _comments_in(found[0][start - found.start() :], kind)
        last = Token(kind, _text(found, kind), [*before, *inner])
        end = found.end()
    assert last
    yield last


def comments(text: str) -> Counter[str]:
    """Return the comments of a document, counted, without the spaces around them."""
    found: Counter[str] = Counter()
    for one in TOKEN.finditer(text):
        kind = "string" if one.lastgroup == "suffix" else str(one.lastgroup)
        # between tokens is nothing but space and comments
        found.update(line.strip() for line in COMMENT.findall(text, one.start(), one.start(kind)))
        found.update(_comments_in(one[0][one.start(kind) - one.start() :], kind))
    return found


def _gap(gap: str, *, first: bool) -> tuple[str, bool, list[str]]:
    """Return the comment behind the token before a gap, whether its line ends, and the lines."""
    lines = [line.strip() for line in re.split(r"\r\n|\n|\r", gap)]
    behind = "" if first else lines.pop(0)
    # what stands before the token on its own line is space
    return behind, bool(lines) and not first, lines[:-1] if lines else []


def _text(found: re.Match[str], kind: str) -> str:
    if kind == "string":
        suffix = found["suffix"] or ""
        return found["string"] + (
            "^^" + suffix.split()[-1].lstrip("^") if suffix[:1] == "^" else suffix
        )
    return found[kind]


def _comments_in(token: str, kind: str) -> list[str]:
    """Return the comments between the parts of a declaration or of a literal."""
    if kind == "string":
        # behind the quoted text itself
        token = token[TOKEN.match(token).end("string") :]  # type: ignore[union-attr]
    elif kind != "directive":
        return []
    return [found[1].strip() for found in INNER.finditer(token) if found[1]]
