"""What a look-up of a misspelt name costs: `python -m bench.looking_up 1000000`.

Names are made of words, some of which many names have, as names of people and bodies are.
"""

import gc
import random
import sys
import time
from pathlib import Path

from kg.dataset.labels import LABEL, LabelIndex, Name, indexed
from kg.dataset.matching import find

CONSONANTS = (*"bdfghjklmnpqrstwz", "sh", "kh", "al")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = 30_000
ASKED = 100


def names(number: int) -> list[Name]:
    """Return that many different names, the same at every run."""
    dice = random.Random(1)  # noqa: S311 - nothing is kept secret by it
    syllables = [a + b + c for a in CONSONANTS for b in "aeiou" for c in ("", *"nrlms")]
    words = ["".join(dice.choices(syllables, k=dice.choice((2, 2, 3)))) for _ in range(WORDS)]
    weights = [1 / (1 + place) ** 0.5 for place in range(WORDS)]
    found: dict[str, None] = {}
    while len(found) < number:
        drawn = dice.choices(words, weights, k=1_000)
        while len(drawn) > 4:
            count = dice.choice((1, 2, 2, 3, 4))
            found.setdefault(" ".join(drawn.pop().title() for _ in range(count)))
    texts = list(found)[:number]
    return [Name(f"http://example.org/{place}", one, "", LABEL) for place, one in enumerate(texts)]


def misspelt(every: list[Name]) -> list[tuple[str, str]]:
    """Return names with one error, long ones with two, and the IRI that each means."""
    dice = random.Random(2)  # noqa: S311 - as above
    found: list[tuple[str, str]] = []
    while len(found) < ASKED:
        name = dice.choice(every)
        text = name.text
        if len(text) < 7:
            continue
        for _ in range(2 if len(text) > 14 else 1):
            place, other = dice.randrange(len(text) - 1), dice.choice(LETTERS)
            before, letter, after = text[:place], text[place], text[place + 1 :]
            swapped = before + after[:1] + letter + after[1:]
            text = dice.choice(
                (before + after, before + other + letter + after, before + other + after, swapped)
            )
        found.append((text, name.iri))
    return found


def measured(index: LabelIndex, asked: list[tuple[str, str]]) -> tuple[list[float], int]:
    """Return the CPU milliseconds of each look-up, sorted, and how many were right."""
    times, right = [], 0
    for text, iri in asked:
        start = time.process_time()
        found = find(index, text, 10)
        times.append(1_000 * (time.process_time() - start))
        right += bool(found) and found[0].iri == iri
    return sorted(times), right


def main() -> None:
    """Measure for each number of names that the command line gives."""
    for number in map(int, sys.argv[1:]):
        every = names(number)
        asked = misspelt(every)
        gc.collect()
        before, start = _memory(), time.process_time()
        index = indexed(every)
        built = time.process_time() - start
        gc.collect()
        times, right = measured(index, asked)
        memory, half, most = _memory() - before, times[ASKED // 2], times[ASKED * 95 // 100]
        print(  # noqa: T201 - this is what it is run for
            f"{number:,} names: built in {built:.1f} s of CPU, {memory:,} MB beside the names; "
            f"a look-up {half:.1f} ms, {most:.1f} ms at p95; {right} of {ASKED} found first"
        )


def _memory() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 // 1_000_000


if __name__ == "__main__":
    main()
