"""How wide texts are (storey 3): estimated, because the reader's font is not known here."""

from kg.views.pictures.svg import clean

NARROW_LETTERS = frozenset("iljtfIr.,:;'|!()[]/ -·")
WIDE_LETTERS = frozenset("mwMW@%—…")

# of a letter's height: Latin, and scripts whose letters are square
SHARE, SQUARE = 0.56, 1.0
# nothing longer than this is set in a picture
LONGEST = 400


def width(text: str, size: float) -> float:
    """Return about how many pixels a text is wide in letters of that size, rather more than less.

    >>> round(width("Raqqa", 13))
    38
    """
    return size * sum(map(_share, text))


def _share(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return 0.36
    if letter in WIDE_LETTERS:
        return 0.92
    if "\u1100" <= letter <= "\uffdc" or letter > "\U0001f000":
        return SQUARE
    return 0.68 if letter.isupper() else SHARE + 0.01


def fitted(text: str, size: float, room: float) -> str:
    """Return the beginning of a text that fits into a room of that many pixels.

    >>> fitted("Palmyra and its surroundings", 13, 100)
    'Palmyra and…'
    """
    text = clean(text[:LONGEST])
    if width(text, size) <= room:
        return text
    used, kept = width("…", size), 0
    for letter in text:
        used += size * _share(letter)
        if used > room:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def lines(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """Return a text broken into at most that many lines, the last one cut where it is longer."""
    found: list[str] = []
    words = clean(text[:LONGEST]).split(" ")
    while words:
        if len(found) == most - 1:
            found.append(fitted(" ".join(words), size, room))
            break
        taken = 1
        while taken < len(words) and width(" ".join(words[: taken + 1]), size) <= room:
            taken += 1
        found.append(fitted(" ".join(words[:taken]), size, room))
        words = words[taken:]
    return tuple(found)
