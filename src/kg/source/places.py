"""Lines and columns of the terms of Turtle, TriG and N-Triples documents (storey 1)."""

from collections.abc import Collection, Iterator
from itertools import islice

from kg.errors import AROUND
from kg.source.report import Place
from kg.source.turtle import Offsets, Unreadable, triples

# the terms of a triple
SUBJECT, PREDICATE, OBJECT = 0, 1, 2

# a term: the number of its triple, from 0 in the engine's order, and which of the three it is
Wanted = tuple[int, int]


def places(text: str, file: str, wanted: Collection[Wanted]) -> dict[Wanted, Place]:
    """Return where those terms begin in a document, whose file has that name.

    The document is read up to the last triple that is wanted, in time that grows with its
    length. What is not found is left out, as is all after the point where the text stops being
    Turtle or TriG: a file may have changed since it was loaded.
    """
    found = dict(_found(text, {number for number, _ in wanted}))
    offsets = {(number, term): found[number][term] for number, term in wanted if number in found}
    at = {place: Place(file, *spot) for place, spot in _spots(text, set(offsets.values()))}
    return {one: at[offset] for one, offset in offsets.items()}


def _found(text: str, numbers: Collection[int]) -> Iterator[tuple[int, Offsets]]:
    try:
        for number, offsets in enumerate(islice(triples(text), max(numbers, default=-1) + 1)):
            if number in numbers:
                yield number, offsets
    except Unreadable:
        return


def place_in(text: str, file: str, offset: int) -> Place:
    """Return the place of a character of a document."""
    return next(Place(file, *spot) for _, spot in _spots(text, (offset,)))


def _spots(text: str, offsets: Collection[int]) -> Iterator[tuple[int, tuple[int, int, str]]]:
    """Yield each offset with its line and column, from 1, and what stands around it there."""
    line, start, before = 1, 0, 0
    for offset in sorted(offsets):
        if breaks := text.count("\n", before, offset):
            line += breaks
            start = text.rindex("\n", before, offset) + 1
        before = offset
        end = text.find("\n", offset, offset + AROUND)
        shown = text[max(start, offset - AROUND) : end if end >= 0 else offset + AROUND]
        yield offset, (line, offset - start + 1, shown.rstrip("\r"))
