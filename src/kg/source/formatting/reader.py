"""Read a Turtle or TriG document into its tree (storey 1)."""

import re
from collections.abc import Iterator

from kg.source.formatting.tree import (
    Block,
    Directive,
    Item,
    Remark,
    Said,
    Statement,
    Term,
    Token,
    tokens,
)

CLOSING = (("[", "]"), ("(", ")"))
# written as they are, their tokens with spaces between
VERBATIM = (("<<", ">>"), ("<<(", ")>>"), ("{|", "|}"))
PREFIX = re.compile(r"@?prefix(?:\s|#.*)*([^\s:]*):", re.IGNORECASE)


def read(text: str) -> list[Item]:
    """Return what a document holds, in its order.

    Raises: ValueError where the text is no Turtle or TriG.
    """
    return _Reader(tokens(text)).items("")


class _Reader:
    """The tokens that are still to be read, the next one at hand."""

    def __init__(self, found: Iterator[Token]) -> None:
        self.found = found
        self.token = next(found)

    def take(self) -> Token:
        """Return the token at hand and go on to the next."""
        taken = self.token
        self.token = next(self.found, taken)
        return taken

    def items(self, closing: str) -> list[Item]:
        """Return what there is up to a closing brace, or up to the end."""
        items: list[Item] = []
        while True:
            remarks, before = _attached(self.token.before)
            first = not items and not closing and self.token.kind == "directive"
            if first and before:
                remarks, before = [*remarks, Remark(before)], []
            items += remarks
            if self.token.kind == "end" or (closing and self.token.text == closing):
                return [*items, *([Remark(before)] if before else [])]
            self.token.before = []
            items.append(self.item(before))

    def item(self, before: list[str]) -> Item:
        """Return a declaration, a graph, or a statement."""
        if self.token.kind == "directive":
            return self.directive(before)
        if self.token.text == "{" or self.token.text.upper() == "GRAPH":
            return self.block(self.name_of_graph(before), before)
        subject = self.term()
        if self.token.text == "{":
            return self.block(subject.text or "[]", [*before, *_comments(subject)])
        return self.statement(subject, before)

    def name_of_graph(self, comments: list[str]) -> str:
        """Return what stands before the brace of a graph, adding the comments within it."""
        parts = []
        while self.token.text != "{":
            token = self.take()
            comments += self.comments_of(token)
            parts.append(token.text)
        return " ".join(parts)

    def directive(self, before: list[str]) -> Directive:
        """Return a declaration; its full stop, which SPARQL's form lacks, is left out."""
        token = self.take()
        comments = list(before)
        text = token.text
        behind = [token.behind] if token.behind else []
        if text[0] == "@" and self.token.text == ".":
            comments += [line for line in self.token.before if line]
            stop = self.take()
            behind += [stop.behind] if stop.behind else []
        matched = PREFIX.match(text)
        name = matched[1] if matched else "@base" if "base" in text[:5].lower() else "@version"
        value = text[text.rindex("<") :] if name != "@version" else text.split(maxsplit=1)[1]
        return Directive(name, value, comments, behind)

    def block(self, head: str, before: list[str]) -> Block:
        """Return a graph, whose brace is at hand."""
        comments = [*before, *(line for line in self.token.before if line)]
        opened = self.take()
        block = Block(head, self.items("}"), comments, [opened.behind] if opened.behind else [])
        closed = self.take()
        if closed.behind:
            block.items.append(Remark([closed.behind]))
        return block

    def statement(self, subject: Term, before: list[str]) -> Statement:
        """Return what is said of a subject; the last full stop in braces may be missing."""
        statement = Statement(subject, [], before)
        statement.said = self.said(subject.behind)
        if self.token.text == ".":
            comments = [line for line in self.token.before if line]
            stop = self.take()
            comments += [stop.behind] if stop.behind else []
            _last(statement).behind += comments
        return statement

    def said(self, behind: list[str]) -> list[Said]:
        """Return predicates and objects, up to what ends them.

        Comments beside a semicolon go behind what was said last, or else `behind` the subject.
        """
        found: list[Said] = []
        while True:
            token = self.token
            before = [line for line in token.before if line]
            if token.text == ";":
                self.take()
                last = found[-1].objects[-1].behind if found else behind
                last += [*before, *([token.behind] if token.behind else [])]
            elif token.kind == "term":
                self.take()
                one = Said(token.text, [], before, [token.behind] if token.behind else [])
                one.objects = self.objects()
                found.append(one)
            else:
                return found

    def objects(self) -> list[Term]:
        """Return objects, up to what ends them, with their annotations."""
        found = [self.annotated()]
        while self.token.text == "," and self.token.kind == "mark":
            before = [line for line in self.token.before if line]
            comma = self.take()
            found[-1].behind += [*before, *([comma.behind] if comma.behind else [])]
            found.append(self.annotated())
        return found

    def annotated(self) -> Term:
        """Return an object and what is said of its triple."""
        term = self.term()
        while self.token.text in ("~", "{|"):
            mark = self.token
            if mark.text == "{|":
                text, comments = self.verbatim("{|", "|}")
            else:
                comments = self.comments_of(self.take())
                text = "~"
                if self.token.kind == "term" or self.token.text == "[":
                    named = self.term()
                    comments += _comments(named)
                    text = f"~ {named.text or '[]'}"
            term.annotation = f"{term.annotation} {text}"
            term.behind += comments
        return term

    def term(self) -> Term:
        """Return a term of one token or many."""
        token = self.token
        for opening, closing in CLOSING:
            if token.text == opening and token.kind == "mark":
                return self.brackets(opening, closing)
        for opening, closing in VERBATIM:
            if token.text == opening and token.kind == "mark":
                before = [line for line in token.before if line]
                text, comments = self.verbatim(opening, closing)
                return Term(text, before=before, behind=comments)
        if token.kind not in ("term", "string"):
            raise ValueError(f"no term: {token.text!r}")
        self.take()
        before = [line for line in token.before if line]
        return Term(token.text, before=before, behind=[token.behind] if token.behind else [])

    def brackets(self, opening: str, closing: str) -> Term:
        """Return a list or a blank node with what it holds."""
        opened = self.take()
        term = Term(opening=opening, closing=closing)
        term.before = [line for line in opened.before if line]
        term.opened = [opened.behind] if opened.behind else []
        term.open = opened.ends
        if opening == "[":
            term.said = self.said(term.opened)
        else:
            while self.token.text != closing or self.token.kind != "mark":
                term.open |= self.breaks()
                term.parts.append(self.term())
        term.inside = [line for line in self.token.before if line]
        closed = self.take()
        if closed.text != closing:
            raise ValueError(f"{opening} is closed by {closed.text!r}")
        term.behind = [closed.behind] if closed.behind else []
        return term

    def breaks(self) -> bool:
        """Whether the token at hand has comments above it, which need lines of their own."""
        return any(self.token.before)

    def verbatim(self, opening: str, closing: str) -> tuple[str, list[str]]:
        """Return the tokens up to a closing bracket, with spaces between, and the comments."""
        parts: list[str] = []
        comments: list[str] = []
        depth = 0
        while True:
            token = self.take()
            if token.kind == "end":
                raise ValueError(f"{opening} is not closed")
            parts.append(token.text)
            comments += (
                self.comments_of(token) if parts[1:] else self.comments_of(token, above=False)
            )
            depth += (token.text == opening) - (token.text == closing)
            if not depth:
                return " ".join(parts), comments

    def comments_of(self, token: Token, *, above: bool = True) -> list[str]:
        """Return the comments about a token."""
        lines = [line for line in token.before if line] if above else []
        return [*lines, *([token.behind] if token.behind else [])]


def _attached(lines: list[str]) -> tuple[list[Item], list[str]]:
    """Return the comments that stand alone before an item, and those that are attached to it."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    *alone, attached = groups
    return [Remark(group) for group in alone], attached


def _last(statement: Statement) -> Term:
    return statement.said[-1].objects[-1] if statement.said else statement.subject


def _comments(term: Term) -> list[str]:
    return [*term.before, *term.opened, *term.inside, *term.behind]
