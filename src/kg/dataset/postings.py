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

        The rarest trigrams are read first, and no row is begun when `read` places have been.
        """
        asked = np.unique(_codes(f" {text} "))
        rows = np.searchsorted(self.codes, asked)
        rows = rows[rows < len(self.codes)]
        rows = rows[np.isin(self.codes[rows], asked)]
        rows = rows[np.argsort(-self.weights[rows], kind="stable")]
        lengths = self.starts[rows + 1] - self.starts[rows]
        used = np.cumsum(lengths) - lengths < read
        rows, lengths = rows[used], lengths[used]
        if not len(rows):
            return []
        found = np.concatenate([self.places[self.starts[r] : self.starts[r + 1]] for r in rows])
        shared = np.bincount(found, np.repeat(self.weights[rows], lengths))
        near = np.flatnonzero(shared >= shared.max() * LEAST_SHARE)
        share = shared[near] / (self.weights[rows].sum() + self.sums[near])
        if len(near) > most:
            best = np.argpartition(-share, most)[:most]
            near, share = near[best], share[best]
        best_first: list[int] = near[np.lexsort((near, -share))].tolist()
        return best_first


# of the most that a text shares, what another must share to be looked at
LEAST_SHARE = 0.15


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


def common(rows: Iterable[Array]) -> Array:
    """Return the places that are in all rows, each sorted; the shortest row is read whole."""
    first, *others = sorted(rows, key=len)
    for row in others:
        if not len(row):
            return row
        at = np.minimum(np.searchsorted(row, first), len(row) - 1)
        first = first[row[at] == first]
    return first


def _codes(text: str) -> Array:
    """Return each three characters of a text that follow one another as a number."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    # a code point has 21 bits
    bits = np.uint64(21)
    return ((points[:-2] << bits | points[1:-1]) << bits) | points[2:]
