"""Names with the errors that people make, the same at every run."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable

from kg.dataset.folding import folded
from kg.dataset.labels import IN_USE, LabelIndex

SHORTEST = 5


def misspelt(index: LabelIndex, number: int) -> list[tuple[str, str]]:
    """That many misspelt names, each with the IRI that is meant.

    Names that mean several resources are left out, and names that are only in use.
    """
    iris = defaultdict(set)
    for name in index.names:
        iris[folded(name.text)].add(name.iri)
    usable = [
        name
        for name in index.names
        if name.kind < IN_USE
        and len(name.text) >= SHORTEST
        and len(iris[folded(name.text)]) == 1
        and not re.search(r"[0-9:/]", name.text)
    ]
    dice = random.Random(8)
    found: dict[str, str] = {}
    while len(found) < number:
        name = dice.choice(usable)
        # one error, and another one for each thirty letters
        text = name.text
        for _ in range(1 + len(text) // 30):
            text = with_error(text, dice)
        if folded(text) not in iris:
            found[text] = name.iri
    return list(found.items())


def with_error(text: str, dice: random.Random) -> str:
    """The text with one letter left out, doubled, put in, replaced or swapped with the next."""
    places = [place for place, letter in enumerate(text[:-1]) if letter.isalpha()]
    place = dice.choice(places)
    before, letter, after = text[:place], text[place], text[place + 1 :]
    other = dice.choice(letters_of(text))
    return dice.choice(
        (
            before + after,
            before + letter + letter + after,
            before + letter + other + after,
            before + other + after,
            before + after[:1] + letter + after[1:],
        )
    )


def letters_of(text: str) -> list[str]:
    """The different letters of a text, in small: those of its script."""
    return sorted({letter for letter in text.lower() if letter.isalpha()})


def ranks(results: Iterable[str], meant: str) -> int:
    """The place of what is meant among the results, each counted once; 99 if it lacks."""
    distinct = list(dict.fromkeys(results))
    return distinct.index(meant) + 1 if meant in distinct else 99
