"""The order of a document's prefixes, subjects, predicates and objects (storey 1).

Only what no standing comment and no declaration separates changes places. Subjects of one kind
stand together, kinds in the order in which they first come: a claim stays before its parts.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kg.rdf.namespaces import DCTERMS, RDF, RDFS, SH, SKOS
from kg.source.formatting.tree import Block, Directive, Item, Remark, Said, Statement, Term

# predicates that people read first, in their order; the others follow by name
FIRST = (
    f"{RDF}type", f"{SKOS}prefLabel", f"{RDFS}label", f"{DCTERMS}title", f"{SKOS}altLabel",
    f"{SKOS}definition", f"{RDFS}comment", f"{DCTERMS}description", f"{SKOS}scopeNote",
    f"{SKOS}note", f"{RDF}subject", f"{RDF}predicate", f"{RDF}object", f"{SH}path",
)  # fmt: skip
DIGITS = re.compile(r"([0-9]{1,18})")
LANGUAGE = re.compile(r"@([A-Za-z0-9-]+)$")

Natural = tuple[tuple[str | int, ...], str]


def in_order(items: Sequence[Item], sorted_: Collection[str], base: str) -> list[Item]:
    """Return the items with their prefixes sorted, and what else is named sorted too.

    `sorted_` may name "subjects", "predicates" and "objects"; `base` is the namespace whose
    prefixes come first.
    """
    head = [item for item in items if isinstance(item, Directive)]
    namespaces = {item.name: item.iri[1:-1] for item in head}
    own = base or namespaces.get("@base", "")
    found: list[Item] = []
    for kind, run in groupby(items, key=type):
        group = list(run)
        if kind is Directive:
            found += _prefixes(group, own)  # type: ignore[arg-type]
        elif kind is Statement:
            statements = [_inside(one, sorted_, namespaces) for one in group]  # type: ignore[arg-type]
            found += _subjects(statements) if "subjects" in sorted_ else statements
        elif kind is Block:
            found += [_block(one, sorted_, base) for one in group]  # type: ignore[arg-type]
        else:
            found += group
    return _with_title(found)


def _with_title(items: list[Item]) -> list[Item]:
    """Return the items with comments above the first declaration as comments on the document."""
    at = next((n for n, one in enumerate(items) if not isinstance(one, Remark)), len(items))
    first = items[at] if at < len(items) else None
    if not isinstance(first, Directive) or not first.before:
        return items
    return [*items[:at], Remark(first.before), replace(first, before=[]), *items[at + 1 :]]


def _block(block: Block, sorted_: Collection[str], base: str) -> Block:
    return replace(block, items=in_order(block.items, sorted_, base))


def _prefixes(group: Sequence[Directive], own: str) -> list[Directive]:
    """Return declarations in order: base, own prefixes, others; as written where that matters."""
    names = [one.name for one in group]
    relative = any(":" not in one.iri for one in group)
    if relative or len({*names}) < len(names):
        return list(group)

    def key(one: Directive) -> tuple[int, str]:
        if one.name[:1] == "@":
            return -1 if one.name == "@version" else 0, one.name
        return (1 if own and one.iri[1:].startswith(own) else 2), one.name

    return sorted(group, key=key)


def _inside(
    statement: Statement, sorted_: Collection[str], namespaces: Mapping[str, str]
) -> Statement:
    said = statement.said
    if "objects" in sorted_:
        said = [replace(one, objects=sorted(one.objects, key=_object_key)) for one in said]
    if "predicates" in sorted_:
        said = sorted(said, key=lambda one: _predicate_key(one, namespaces))
    return replace(statement, said=said)


def _predicate_key(one: Said, namespaces: Mapping[str, str]) -> tuple[int, Natural]:
    prefix, colon, local = one.predicate.partition(":")
    iri = f"{RDF}type" if one.predicate == "a" else one.predicate.strip("<>")
    if colon and prefix in namespaces:
        iri = namespaces[prefix] + local
    place = FIRST.index(iri) if iri in FIRST else len(FIRST)
    return place, natural(one.predicate)


def _object_key(term: Term) -> tuple[int, bool, str, Natural]:
    """Return a key: names, then texts with English first, then what is in brackets as written."""
    if term.opening:
        return 2, False, "", natural("")
    quoted = term.text[:1] in ('"', "'")
    language = LANGUAGE.search(term.text) if quoted else None
    tag = language[1].lower() if language else ""
    return int(quoted), bool(tag) and tag[:2] != "en", tag, natural(term.text)


def _subjects(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the statements by kind, and each kind by name; anonymous subjects last."""
    names = {one.subject.text for one in statements}
    kinds: dict[str, list[Statement]] = {}
    for one in statements:
        kinds.setdefault(_kind(one.subject.text, names), []).append(one)
    anonymous = kinds.pop("", [])
    for kind in kinds.values():
        yield from sorted(kind, key=lambda one: _subject_key(one.subject.text))
    yield from anonymous


def _kind(name: str, names: Collection[str]) -> str:
    """Return what names of one kind have in common: a prefix, or the path of an IRI.

    What stands below another subject, as a part of it, is of that one's kind.
    """
    if name[:1] != "<":
        return name.partition(":")[0] + ":" if name and name[0] not in "[(" else ""
    path = name[1:-1].rpartition("/")[0]
    while f"<{path}>" in names and "/" in path:
        path = path.rpartition("/")[0]
    return f"<{path}"


def _subject_key(name: str) -> tuple[Natural, ...]:
    return tuple(natural(step) for step in name.strip("<>").split("/"))


def natural(text: str) -> Natural:
    """Return a sort key in which numbers within a text count as numbers.

    >>> sorted(["c-10", "c-9"], key=natural)
    ['c-9', 'c-10']
    """
    parts = DIGITS.split(text)
    return tuple(int(part) if n % 2 else part for n, part in enumerate(parts)), text
