"""Where keys occur, in arrays (storey 2): a few bytes for each place, however many there are."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.dataset.texts import Array, starts_of


@dataclass(frozen=True, slots=True)
class Postings:
    """The places of each key, in order: those of `keys[n]` are `places[starts[n]:starts[n + 1]]`.

    `keys` are sorted, and each there once.
    """

    keys: Sequence[str]
    starts: Array
    places: Array

    def get(self, key: str, most: int | None = None) -> list[int]:
        """Return the places of a key, at most so many; none where it is none."""
        found: list[int] = self.of(key)[:most].tolist()
        return found

    def of(self, key: str) -> Array:
        """Return the places of a key; none where it is none."""
        row = bisect_left(self.keys, key)
        found = row < len(self.keys) and self.keys[row] == key
        return self.row(row) if found else self.places[:0]

    def row(self, row: int) -> Array:
        """Return the places of the key of that number."""
        return self.places[self.starts[row] : self.starts[row + 1]]


@dataclass(frozen=True, slots=True)
class Trigrams:
    """In which texts, by number, three characters stand beside one another.

    `codes` are the trigrams as numbers, sorted; rows are as in `Postings`. `weights` say how rare
    each is, `sums` have the weights of each text's. A text's beginning and end count as a space.
    """

    codes: Array
    starts: Array
    places: Array
    weights: Array
    sums: Array

    def most_alike(self, text: str, read: int, most: int) -> list[int]:
        """Return at most so many texts that share most with this one, by weight, the best first.

        The rarest trigrams are read first, at most `read` places of them; of the others it is
        only looked up whether the best of those texts have them.
        """
        rows = self._rows(text)
        lengths = self.starts[rows + 1] - self.starts[rows]
        first = rows[np.cumsum(lengths) - lengths < read]
        if not len(first):
            return []
        near = _most_frequent(np.concatenate([self._row(row) for row in first])[:read])
        shared = sum(self.weights[row] * inside(near, self._row(row)) for row in rows)
        near, shared = (array[shared >= shared.max() * LEAST_SHARE] for array in (near, shared))
        share = shared / (self.weights[rows].sum() + self.sums[near])
        best_first: list[int] = near[np.lexsort((near, -share))[:most]].tolist()
        return best_first

    def _rows(self, text: str) -> Array:
        """Return the rows of the trigrams of a text, the rarest first."""
        asked = np.unique(_codes(f" {text} "))
        rows = np.searchsorted(self.codes, asked)
        rows = rows[rows < len(self.codes)]
        rows = rows[np.isin(self.codes[rows], asked)]
        return rows[np.argsort(-self.weights[rows], kind="stable")]

    def _row(self, row: int) -> Array:
        return self.places[self.starts[row] : self.starts[row + 1]]


# of the most that a text shares, what another must share to be looked at
LEAST_SHARE = 0.15
# texts that share most of the rarest trigrams, of which it is looked up what else they share
KEPT = 1_000
# places of a row that are looked up at once
PART = 4_096


def postings(pairs: Iterable[tuple[str, int]]) -> Postings:
    """Return the places of each key; the places come in order."""
    rows: dict[str, int] = {}
    ids, places = array("I"), array("I")
    for key, place in pairs:
        ids.append(rows.setdefault(key, len(rows)))
        places.append(place)
    keys = tuple(sorted(rows))
    rank = np.empty(len(keys), np.uint32)
    rank[[rows[key] for key in keys]] = np.arange(len(keys), dtype=np.uint32)
    ranked = rank[np.asarray(ids)] if ids else np.empty(0, np.uint32)
    order = np.argsort(ranked, kind="stable")
    counts = np.bincount(ranked, minlength=len(keys))
    return Postings(keys, starts_of(counts), np.asarray(places)[order])


def trigrams(texts: Sequence[str]) -> Trigrams:
    """Return the trigrams of the texts."""
    sizes = np.fromiter((len(text) for text in texts), np.uint32, len(texts))
    if not texts:
        nothing = np.empty(0, np.uint32)
        return Trigrams(nothing, np.zeros(1, np.int64), nothing, nothing, nothing)
    codes = _codes("".join(f" {text} " for text in texts))
    owners = np.repeat(np.arange(len(texts), dtype=np.uint32), sizes + 2)
    # those that reach into the next text are none
    within = owners[:-2] == owners[2:]
    codes, owners = codes[within], owners[:-2][within]
    order = np.argsort(codes, kind="stable")
    distinct, counts = np.unique(codes[order], return_counts=True)
    owners = owners[order]
    weights = np.log1p(len(texts) / counts).astype(np.float32)
    sums = np.bincount(owners, np.repeat(weights, counts), len(texts)).astype(np.float32)
    return Trigrams(distinct, starts_of(counts), owners, weights, sums)


def common(rows: Iterable[Array], read: int, most: int) -> list[int]:
    """Return the first places that are in all rows, each sorted, at most so many.

    Of the shortest row at most `read` places are looked up in the others, a part at a time.
    """
    first, *others = sorted(rows, key=len)
    found: list[int] = []
    for start in range(0, min(read, len(first)), PART):
        part = first[start : start + PART]
        for row in others:
            part = part[inside(part, row)]
        found.extend(part.tolist())
        if len(found) >= most:
            break
    return found[:most]


def inside(places: Array, row: Array) -> Array:
    """Return for each place whether it is in the row, which is sorted."""
    if not len(row):
        return np.zeros(len(places), bool)
    found: Array = row[np.minimum(np.searchsorted(row, places), len(row) - 1)] == places
    return found


def _most_frequent(places: Array) -> Array:
    """Return the places that are there most often, each once, in order."""
    ordered = np.sort(places)
    starts = np.flatnonzero(np.diff(ordered, prepend=ordered[0] + 1))
    if len(starts) > KEPT:
        # of small numbers, which are sorted faster
        counts = np.diff(starts, append=len(ordered)).astype(np.int16)
        starts = np.sort(starts[np.argsort(-counts, kind="stable")[:KEPT]])
    return ordered[starts]


def _codes(text: str) -> Array:
    """Return each three characters of a text that follow one another as a number."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    # a code point has 21 bits
    bits = np.uint64(21)
    return ((points[:-2] << bits | points[1:-1]) << bits) | points[2:]
