"""A text that is held beside the data, and spans of it (storey 1). It is read, never kept.

Offsets count Unicode code points from 0, the end not included, over the bytes as they are: no line
end is changed and nothing is normalised.
Source: https://www.w3.org/TR/annotation-model/#text-position-selector
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ProjectError
from kg.source.encoding import not_text

OFFSETS = re.compile(r"\s*(\d+)\s*[:-]\s*(\d+)\s*")
# what stands for the words between the first and the last ones
BETWEEN = re.compile(r"\s*(?:…|\.\.\.)\s*")
# places that are named where words stand at several
NAMED = 5


@dataclass(frozen=True, slots=True)
class Text:
    """A held text: where it is, its characters, and the SHA-256 of its bytes in hex digits."""

    path: Path
    characters: str
    digest: str

    def digest_of(self, start: int, end: int) -> str:
        """Return the SHA-256 of a span in UTF-8, 64 hex digits."""
        return digest(self.characters[start:end])


def digest(words: str) -> str:
    """Return the SHA-256 of some characters in UTF-8, 64 hex digits."""
    return hashlib.sha256(words.encode()).hexdigest()


def read_text(path: Path) -> Text:
    """Return the text of a file.

    Raises: ProjectError where there is none, where it is empty, or not UTF-8.
    """
    try:
        content = path.read_bytes()
        if why := not_text(content):
            raise ProjectError(f"{path}: {why.partition('. RDF')[0]}.")
        characters = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ProjectError(
            f"{path}:{line}: not UTF-8: byte {error.start:,} is 0x{content[error.start]:02x}. "
            f"Save the text as UTF-8, as by iconv -f WINDOWS-1252 -t UTF-8 {path.name}."
        ) from error
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read: {error.strerror}.") from error
    if not characters.strip():
        raise ProjectError(f"{path}: holds no text.")
    return Text(path, characters, hashlib.sha256(content).hexdigest())


def span_in(text: Text, wanted: str, within: tuple[int, int] = (0, 0)) -> tuple[int, int]:
    """Return the start and end that `120:188`, some words, or `first … last words` stand for.

    Words that are at several places are those in the span `within`, where it has them once.
    Raises: ProjectError where they are outside the text, not in it, or at several places.
    """
    if found := OFFSETS.fullmatch(wanted):
        return _checked(text, int(found[1]), int(found[2]))
    first, last = (*BETWEEN.split(wanted.strip(), maxsplit=1), "")[:2]
    if not first or (not last and BETWEEN.search(wanted)):
        raise ProjectError(
            f"{wanted!r}: no span. Give 120:188, words, or first words … last words."
        )
    start = _only(text, first, within)
    if not last:
        return start, start + len(first)
    end = text.characters.find(last, start + len(first))
    if end < 0:
        raise ProjectError(f"{text.path}: {last!r} does not come after {first!r} there.")
    return start, end + len(last)


def _checked(text: Text, start: int, end: int) -> tuple[int, int]:
    length = len(text.characters)
    if not start < end <= length:
        raise ProjectError(
            f"{text.path}: {start}:{end} is no span of it: it has {length:,} code points, counted "
            "from 0, and a span ends after it begins."
        )
    return start, end


def _only(text: Text, words: str, within: tuple[int, int]) -> int:
    found = [match.start() for match in re.finditer(re.escape(words), text.characters)]
    inside = [start for start in found if within[0] <= start <= within[1] - len(words)]
    if len(inside) == 1:
        return inside[0]
    if not found:
        raise ProjectError(
            f"{text.path}: {words!r} is not in it, letter by letter. Copy the words from the file."
        )
    if len(found) > 1:
        places = ", ".join(f"{at}:{at + len(words)}" for at in found[:NAMED])
        more = f" and {len(found) - NAMED:,} more" if len(found) > NAMED else ""
        raise ProjectError(
            f"{text.path}: {words!r} is in it {len(found):,} times, at {places}{more}. "
            "Give more words, or one of these spans."
        )
    return found[0]
