"""Write the tree of a document as lines (storey 1).

A subject stands on its own line, each predicate below it; several objects have a line each. What
brackets hold stands on one line where it was written so and has no comments.
"""

from collections.abc import Iterator, Sequence

from kg.source.formatting.tree import Block, Directive, Item, Remark, Said, Statement, Term

STEP = "  "


def write(items: Sequence[Item]) -> str:
    """Return the document, its lines ended by line feeds."""
    lines = list(_items(items, ""))
    return "\n".join(lines) + "\n" if lines else ""


def _items(items: Sequence[Item], indent: str) -> Iterator[str]:
    before: Item | None = None
    for item in items:
        together = isinstance(item, Directive) and isinstance(before, Directive)
        if before is not None and not together:
            yield ""
        yield from _item(item, indent)
        before = item


def _item(item: Item, indent: str) -> Iterator[str]:
    match item:
        case Remark(lines):
            yield from (indent + line for line in lines)
        case Directive():
            yield from _directive(item, indent)
        case Block():
            yield from _block(item, indent)
        case Statement():
            yield from _statement(item, indent)


def _directive(item: Directive, indent: str) -> Iterator[str]:
    behind, above = _split(item.behind)
    yield from (indent + line for line in (*item.before, *above))
    name = item.name if item.name[:1] == "@" else f"@prefix {item.name}:"
    yield f"{indent}{name} {item.iri} .{behind}"


def _block(item: Block, indent: str) -> Iterator[str]:
    behind, above = _split(item.behind)
    yield from (indent + line for line in (*item.before, *above))
    yield f"{indent}{item.head} {{{behind}".replace(" {", "{", 1 if not item.head else 0)
    yield from _items(item.items, indent + STEP)
    yield f"{indent}}}"


def _statement(item: Statement, indent: str) -> Iterator[str]:
    behind, above = _split(item.subject.behind)
    yield from (indent + line for line in (*item.before, *item.subject.before, *above))
    *lines, last = _term(item.subject, indent)
    yield from lines
    if item.said:
        yield f"{last}{behind}"
        yield from _said(item.said, indent + STEP, " .")
    else:
        yield f"{last} .{behind}"


def _said(said: Sequence[Said], indent: str, end: str) -> Iterator[str]:
    for one in said:
        yield from _predicate(one, indent, end if one is said[-1] else " ;")


def _predicate(one: Said, indent: str, end: str) -> Iterator[str]:
    first = one.objects[0]
    alone = len(one.objects) == 1 and not one.behind and not first.before
    behind, above = _split(first.behind if alone else one.behind)
    yield from (indent + line for line in (*one.before, *above))
    if alone:
        *lines, last = _term(first, indent)
        # the first line of a term begins with the indentation that the predicate has
        whole = [*lines, f"{last}{end}{behind}"]
        yield f"{indent}{one.predicate} {whole[0].removeprefix(indent)}"
        yield from whole[1:]
        return
    yield f"{indent}{one.predicate}{behind}"
    for term in one.objects:
        yield from _object(term, indent + STEP, end if term is one.objects[-1] else " ,")


def _object(term: Term, indent: str, end: str) -> Iterator[str]:
    behind, above = _split(term.behind)
    yield from (indent + line for line in (*term.before, *above))
    *lines, last = _term(term, indent)
    yield from lines
    yield f"{last}{end}{behind}"


def _term(term: Term, indent: str) -> list[str]:
    """Return the lines of a term, without the comments before and behind it."""
    if not is_open(term):
        return [f"{indent}{_inline(term)}{term.annotation}"]
    behind, above = _split(term.opened)
    lines = [f"{indent}{term.opening}{behind}", *(indent + STEP + line for line in above)]
    for part in term.parts:
        lines += _object(part, indent + STEP, "")
    lines += _said(term.said, indent + STEP, "")
    lines += [indent + STEP + line for line in term.inside]
    return [*lines, f"{indent}{term.closing}{term.annotation}"]


def is_open(term: Term) -> bool:
    """Whether a term takes several lines: it was written so, or comments are within it."""
    if not term.opening or not (term.parts or term.said or term.opened or term.inside):
        return False
    within = [*term.parts, *(one for said in term.said for one in said.objects)]
    comments = [*term.opened, *term.inside]
    comments += [line for said in term.said for line in (*said.before, *said.behind)]
    comments += [line for one in within for line in (*one.before, *one.behind)]
    return term.open or bool(comments) or any(map(is_open, within))


def _inline(term: Term) -> str:
    if not term.opening:
        return term.text
    held = [_inline(part) + part.annotation for part in term.parts]
    if term.said:
        held = [" ; ".join(f"{one.predicate} {_list(one)}" for one in term.said)]
    return (
        f"{term.opening} {' '.join(held)} {term.closing}" if held else term.opening + term.closing
    )


def _list(one: Said) -> str:
    return " , ".join(_inline(term) + term.annotation for term in one.objects)


def _split(comments: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the comment that goes behind a line, and those that have to stand above it."""
    return (f" {comments[0]}", comments[1:]) if comments else ("", ())
