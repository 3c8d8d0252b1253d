"""A document in the one form (storey 1), refused unless it says what it said before."""

from collections.abc import Collection
from io import BytesIO

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, parse

from kg.rdf.formats import Format
from kg.settings import SORTED
from kg.source.base import NO_BASE
from kg.source.formatting.order import in_order
from kg.source.formatting.reader import read
from kg.source.formatting.tree import Directive, Item, Remark, comments, tokens
from kg.source.formatting.writer import write


class NotFormatted(Exception):
    """The document cannot be brought into the form without losing something."""


def formatted(text: str, format_: Format, base: str = "", sorted_: Collection[str] = SORTED) -> str:
    """Return a Turtle or TriG document in the one form.

    It has the same triples, lexical forms and comments. `base` is the namespace whose prefixes
    come first; `sorted_` is what is sorted besides the prefixes.
    Raises: NotFormatted where it would not have them; SyntaxError where the text is not read.
    """
    text = text.removeprefix("\ufeff")
    before = list(parse(BytesIO(text.encode()), format_.engine, base_iri=base or NO_BASE))
    try:
        items = in_order(_with_used_prefixes(read(text), text), sorted_, base)
    except (ValueError, RecursionError) as error:
        raise NotFormatted(f"its structure cannot be followed: {error}") from error
    after = write(items)
    if comments(after) != comments(text):
        raise NotFormatted("a comment would be lost")
    _require_equal(before, after, format_, base)
    return after


def _with_used_prefixes(items: list[Item], text: str) -> list[Item]:
    """Return the items without declarations that no name needs; their comments stay."""
    used = {
        token.text.rpartition("^")[2].partition(":")[0]
        for token in tokens(text)
        if token.kind in ("term", "string") and ":" in token.text
    }
    kept = (_kept(one, used) for one in items)
    return [one for one in kept if one]


def _kept(item: Item, used: Collection[str]) -> Item | None:
    if not isinstance(item, Directive) or item.name[:1] == "@" or item.name in used:
        return item
    comments = [*item.before, *item.behind]
    return Remark(comments) if comments else None


def _require_equal(before: list[Quad], text: str, format_: Format, base: str) -> None:
    try:
        after = list(parse(BytesIO(text.encode()), format_.engine, base_iri=base or NO_BASE))
    except SyntaxError as error:
        raise NotFormatted(f"the result cannot be read: {error}") from error
    if {*before} != {*after} and _canonical(before) != _canonical(after):
        raise NotFormatted("a triple would be lost or changed")


def _canonical(quads: list[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset
