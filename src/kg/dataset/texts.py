"""Many strings in two arrays (storey 2): a few bytes more than their text, read when asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

# what numpy's own types say more about than a reader wants to know
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Texts(Sequence[str]):
    """Strings: that of number n is `utf8[starts[n]:starts[n + 1]]`.

    The arrays may be those of a file that is mapped into memory: then opening it costs nothing,
    and processes that read it share it.
    """

    utf8: Array
    starts: Array

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.starts) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        """Return one string, or those of a slice."""
        if isinstance(place, slice):
            return tuple(self[row] for row in range(*place.indices(len(self))))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        return self.encoded(place, place + 1).decode()

    def encoded(self, start: int, stop: int) -> bytes:
        """Return the strings of these numbers, one after the other, in UTF-8."""
        return self.utf8[self.starts[start] : self.starts[stop]].tobytes()


def texts(strings: Iterable[str]) -> Texts:
    """Return the strings, packed.

    >>> list(texts(["Raqqa", "", "الرقة"]))
    ['Raqqa', '', 'الرقة']
    """
    encoded = [string.encode() for string in strings]
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    return Texts(np.frombuffer(b"".join(encoded), np.uint8), starts_of(sizes))


def starts_of(sizes: Array) -> Array:
    """Return where each of the parts begins that have these sizes, and where the last one ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
