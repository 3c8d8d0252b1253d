"""A snapshot in arrays (storey 2), for data of which no request reads more than a little.

As objects of Python, a million quads take gigabytes, and seconds to be read from a file. Here
they are their N-Quads, and are parsed when they are asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, overload

import numpy as np
from pyoxigraph import Literal, Quad, RdfFormat, parse, serialize

from kg.dataset.labels import LabelIndex, Name
from kg.dataset.postings import Postings, postings
from kg.dataset.snapshot import Snapshot
from kg.dataset.texts import Array, Texts, texts

Row = TypeVar("Row")

# quads from which on a snapshot is packed: with fewer, objects are quicker
MANY = 50_000

# quads that are parsed at once where all are gone through
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Quads(Sequence[Quad]):
    """Quads: `lines` are their N-Quads, `rows` the numbers of those that there are, or None: all.

    Blank nodes keep the labels that they have in the lines.
    """

    lines: Texts
    rows: Array | None = None

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows())

    @overload
    def __getitem__(self, place: int) -> Quad: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Quad, ...]: ...
    def __getitem__(self, place: int | slice) -> Quad | tuple[Quad, ...]:
        """Return one quad, or those of a slice."""
        if isinstance(place, slice):
            return tuple(self._parsed(self._rows()[place]))
        [quad] = self._parsed([self._rows()[place]])
        return quad

    def __iter__(self) -> Iterator[Quad]:
        """Yield the quads, parsed a part at a time."""
        for start in range(0, len(self), CHUNK):
            yield from self._parsed(self._rows()[start : start + CHUNK])

    def _rows(self) -> range | Array:
        return range(len(self.lines)) if self.rows is None else self.rows

    def _parsed(self, rows: range | Array | Sequence[int]) -> list[Quad]:
        if isinstance(rows, range) and rows.step == 1:
            lines = self.lines.encoded(rows.start, rows.stop)
        else:
            lines = b"".join(self.lines.encoded(row, row + 1) for row in rows)
        return list(parse(lines, RdfFormat.N_QUADS))


@dataclass(frozen=True, slots=True)
class Grouped(Mapping[str, Sequence[Row]]):
    """Rows of some lines by a string, in the order of the alphabet; `made` makes rows of lines."""

    lines: Texts
    places: Postings
    made: Callable[[Texts, Array], Sequence[Row]]

    def __len__(self) -> int:
        """Return how many strings there are."""
        return len(self.places.keys)

    def __iter__(self) -> Iterator[str]:
        """Yield the strings."""
        return iter(self.places.keys)

    def __getitem__(self, key: str) -> Sequence[Row]:
        """Return the rows that belong to the string."""
        rows = self.places.of(key)
        if not len(rows):
            raise KeyError(key)
        return self.made(self.lines, rows)


@dataclass(frozen=True, slots=True)
class Chosen(Sequence[str]):
    """Some of many strings: those of these numbers, in this order."""

    strings: Texts
    rows: Array

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        """Return one string, or those of a slice."""
        if isinstance(place, slice):
            return tuple(map(self.strings.__getitem__, self.rows[place].tolist()))
        return self.strings[int(self.rows[place])]

    def __iter__(self) -> Iterator[str]:
        """Yield the strings."""
        return map(self.strings.__getitem__, self.rows.tolist())


@dataclass(frozen=True, slots=True)
class Names(Sequence[Name]):
    """Names, each as a line of its kind, language, IRI and text."""

    lines: Texts

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.lines)

    @overload
    def __getitem__(self, place: int) -> Name: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Name, ...]: ...
    def __getitem__(self, place: int | slice) -> Name | tuple[Name, ...]:
        """Return one name, or those of a slice."""
        if isinstance(place, slice):
            return tuple(map(_name, self.lines[place]))
        return _name(self.lines[place])


def _name(line: str) -> Name:
    kind, language, iri, text = line.split(" ", 3)
    return Name(iri, text, language, int(kind))


def packed(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot that answers the same, and that costs nothing to open."""
    lines = _lines(snapshot.quads)
    return replace(
        snapshot,
        quads=Quads(lines),
        by_subject=_index(lines, snapshot.quads, "subject"),
        by_object=_index(lines, snapshot.quads, "object"),
        by_graph=_index(lines, snapshot.quads, "graph_name"),
        uses=replace(snapshot.uses, members=_members(snapshot.uses.members)),
    )


def packed_labels(index: LabelIndex) -> LabelIndex:
    """Return an index that finds the same, and that costs nothing to open."""
    lines = texts(f"{one.kind} {one.language} {one.iri} {one.text}" for one in index.names)
    return replace(
        index,
        names=Names(lines),
        by_key=_with_texts(index.by_key),
        by_variant=_with_texts(index.by_variant),
        by_sound=_with_texts(index.by_sound),
        by_spelling=_with_texts(index.by_spelling),
        words=_with_texts(index.words),
    )


def _lines(quads: Iterable[Quad]) -> Texts:
    utf8 = np.frombuffer(serialize(quads, format=RdfFormat.N_QUADS) or b"", np.uint8)
    # a line break in a literal is written with a backslash
    ends = np.flatnonzero(utf8 == ord("\n")) + 1
    return Texts(utf8, np.concatenate((np.zeros(1, np.int64), ends)))


def _index(lines: Texts, quads: Iterable[Quad], part: str) -> Grouped[Quad]:
    terms = ((getattr(quad, part), row) for row, quad in enumerate(quads))
    found = postings((str(term), row) for term, row in terms if not isinstance(term, Literal))
    return Grouped(lines, _with_texts(found), Quads)


def _members(members: Mapping[str, Sequence[str]]) -> Grouped[str]:
    iris = sorted(set().union(*members.values()))
    rows = {iri: row for row, iri in enumerate(iris)}
    found = postings((class_, rows[iri]) for class_, own in members.items() for iri in own)
    return Grouped(texts(iris), _with_texts(found), Chosen)


def _with_texts(found: Postings) -> Postings:
    return replace(found, keys=texts(found.keys))
