"""Names as they are compared (storey 2): without what people leave out, swap or cannot type."""

import re
import unicodedata
from types import MappingProxyType

from anyascii import anyascii
from jellyfish import metaphone

# letters that stand for each other and that Unicode does not take apart; and tatweel
# (alef maqsura, Persian yeh, Persian kaf, ta marbuta, dotless i)
SWAPPED = MappingProxyType(
    str.maketrans(
        {"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647",
         "\u0131": "i", "\u0640": ""}
    )
)  # fmt: skip
# straight, curled, half rings, modifiers, and what stands for them
APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02bf\u02be`\u00b4]")
APART = re.compile(r"[\W_]+")
# scripts with letters for all vowels: Latin, Greek, Cyrillic
LETTERS = re.compile("[0-9a-z\u00df-\u024f\u0370-\u052f ]+")
# how one sound is written by different people, in this order (after the letters are ASCII)
SPELLINGS = (
    ("sch", "sh"), ("tch", "ch"), ("dj", "j"), ("gh", "g"), ("ph", "f"), ("ck", "k"), ("q", "k"),
    ("w", "v"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ie", "i"), ("y", "i"),
)  # fmt: skip
# a hard c, a silent h, the article; and letters that are double
HARD_C = re.compile("c(?![ehiy])")
SILENT_H = re.compile(r"(?<=[aeiou])h\b")
ARTICLE = re.compile(r"\bel\b")
DOUBLE = re.compile(r"([a-z])\1+")
# of shorter names every letter matters
SHORTEST = 4
BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")


def folded(text: str) -> str:
    """Return the text without case, accents, vowel marks and punctuation, words apart by a space.

    Hamza, alef maqsura, ta marbuta and tatweel make no difference, nor does the dotless i.
    """
    if text.isascii():
        plain = text.lower()
    else:
        apart = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(c for c in apart if unicodedata.category(c) != "Mn").translate(SWAPPED)
    return APART.sub(" ", APOSTROPHES.sub("", plain)).strip()


def _ascii(key: str) -> str:
    return key if key.isascii() else anyascii(key)


def spoken(key: str) -> str:
    """Return how a folded text sounds, by its consonants in Latin letters, or "".

    It is "" for less than two consonants, and for scripts that leave vowels out. Two texts that
    sound alike need not be the same name. Source: Lawrence Philips, Metaphone.
    """
    if not LETTERS.fullmatch(key):
        return ""
    found: str = metaphone(_ascii(key)).replace(" ", "")
    return found if len(found.lstrip("AEIOU")) > 1 else ""


def spelt(key: str) -> str:
    """Return a folded text without what differs between spellings of one foreign name, or "".

    Double letters, k and q, ou and u, y and i are the same: Rakka is Raqqa. It is "" for
    less than four letters, and for scripts that leave vowels out.
    """
    if not LETTERS.fullmatch(key):
        return ""
    found = HARD_C.sub("k", _ascii(key).lower())
    for written, read in SPELLINGS:
        found = found.replace(written, read)
    found = DOUBLE.sub(r"\1", ARTICLE.sub("al", SILENT_H.sub("", found)))
    return found if len(found.replace(" ", "")) >= SHORTEST else ""


def abbreviates(text: str) -> bool:
    """Whether a name seems to be an abbreviation, in which every letter matters."""
    return text.isupper() and len(text) <= 6


def variants(text: str) -> tuple[str, ...]:
    """Return the folded names that a text with brackets holds: without them, and each in them.

    "European Union (EU/UE)" is called European Union, EU and UE.
    """
    inside = [part for found in BRACKETED.findall(text) for part in found.split("/")]
    if not inside:
        return ()
    found = (folded(one) for one in (BRACKETED.sub(" ", text), *inside))
    return tuple(dict.fromkeys(one for one in found if one))
