"""Find statements by their subject or object, and where they were read (storey 1)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Quad

from kg.source.loading import SourceFile
from kg.source.places import OBJECT, SUBJECT

# a statement as plain tuple, which is made three times as fast: there is one of each quad
Row = tuple[str, int, Quad]
Index = dict[str, list[Row]]


class Statement(NamedTuple):
    """A quad, the path of its file, and its number among the file's quads, from 0."""

    file: str
    number: int
    quad: Quad


class Statements:
    """The statements of some files, by nodes as N-Triples writes them.

    What is said about the `likely` nodes is found in one pass; other questions make an index of
    everything, once.
    """

    def __init__(self, files: Sequence[SourceFile], likely: Collection[str] = ()) -> None:
        self.files = files
        self.likely = likely

    def about(self, node: str) -> list[Statement]:
        """Return the statements with this subject, in the order of the files."""
        found = self._likely if node in self.likely else self._all
        return [Statement(*one) for one in found.get(node, ())]

    def naming(self, node: str) -> list[Statement]:
        """Return the statements with this object, in the order of the files."""
        return [Statement(*one) for one in self._objects.get(node, ())]

    @cached_property
    def _likely(self) -> Index:
        return _index((one for one in self._rows() if str(one[2].subject) in self.likely), SUBJECT)

    @cached_property
    def _all(self) -> Index:
        return _index(self._rows(), SUBJECT)

    @cached_property
    def _objects(self) -> Index:
        return _index(self._rows(), OBJECT)

    def _rows(self) -> Iterator[Row]:
        for file in self.files:
            path = file.path
            for number, quad in enumerate(file.quads):
                yield path, number, quad


def _index(rows: Iterable[Row], term: int) -> Index:
    groups: Index = defaultdict(list)
    for row in rows:
        groups[str(row[2][term])].append(row)
    return groups
