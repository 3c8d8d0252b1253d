"""Parts of a validation (storey 1): each with the whole data, and some of what is to be checked."""

from dataclasses import dataclass
from zlib import crc32

# the component of results that stand for all others: an engine could not go on
GAVE_UP = "ill-typed literal"


@dataclass(frozen=True, slots=True)
class Part:
    """One of so many parts, by its number from 0; together they have everything once."""

    number: int = 0
    of: int = 1

    def has(self, name: str) -> bool:
        """Whether what has this name belongs to the part; the same in every process."""
        return self.of == 1 or crc32(name.encode()) % self.of == self.number
