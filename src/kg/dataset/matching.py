"""What somebody means by a name (storey 2): candidates with scores from 0 to 100.

| score | the name and what is asked |
|---|---|
| 100 | the label itself, or the IRI; 99 another label, 98 a name in use |
| 95 | the same but for case, accents, letter variants, punctuation |
| 94 | two names of it at once, one in brackets |
| 93 | the same but for the spelling of foreign names: double letters, k and q, ou and u, y and i |
| 89 to 91 | the same as a part in brackets or beside them |
| 88 | the same words in another order |
| 70 to 87 | sounds alike, or is so much alike in letters |
| 50 to 69 | alike in letters, or the words are some of the name's |
| 40 | a longer name, or a text about it, has all the words |

From 95 down a further label costs 1 point, and a name in use 2.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from kg.dataset.folding import abbreviates, folded, spelt, spoken, variants
from kg.dataset.labels import LONGEST, LabelIndex, Name
from kg.dataset.postings import common

# places of trigrams that one look-up reads, names that it compares, and that have the same key
READ, COMPARED, SAME = 50_000, 100, 1_000

EXACT, FOLDED, BOTH, SPELT, PART, WORDS = 100, 95, 94, 93, 91, 88
SOUND, LETTERS, SOME, IN_TEXT = 87, 87, 69, 40
# less is like anything
LEAST = 50.0


@dataclass(frozen=True, slots=True)
class Match:
    """A resource that may be meant: its score, and the name that was like what was asked."""

    iri: str
    score: float
    name: Name


def everything(_: str) -> bool:
    """Whether the IRI may be found: it may."""
    return True


def find(
    index: LabelIndex,
    asked: str,
    limit: int,
    allowed: Callable[[str], bool] = everything,
    *,
    texts: bool = False,
) -> tuple[Match, ...]:
    """Return the resources that may be meant, the best first, each once.

    `allowed` says whether an IRI may be found at all; `texts` adds those whose names or texts
    have all words. It reads a bounded number of places, however many names there are.
    """
    asked = " ".join(asked[:LONGEST].split())
    scores: dict[int, float] = {}
    for place, score in _scored(index, asked, texts=texts):
        scores[place] = max(score, scores.get(place, score))
    best: dict[str, Match] = {}
    for place, score in scores.items():
        match = _match(index.names[place], asked, score)
        before = best.get(match.iri)
        if before is None or before.score < match.score:
            best[match.iri] = match
    ordered = sorted(best.values(), key=lambda one: (-one.score, len(one.name.text), one.iri))
    return tuple(islice((one for one in ordered if allowed(one.iri)), limit))


def _match(name: Name, asked: str, score: float) -> Match:
    if name.text == asked and score == FOLDED:
        return Match(name.iri, EXACT - name.kind, name)
    return Match(name.iri, round(score - name.kind if score != IN_TEXT else score, 1), name)


def beginning(index: LabelIndex, prefix: str, limit: int) -> Iterator[Name]:
    """Yield names that begin with the prefix, folded, in the order of the alphabet."""
    key = folded(prefix[:LONGEST])
    start = bisect_left(index.keys, key)
    for found in index.keys[start : start + limit]:
        if found.startswith(key):
            yield from (index.names[place] for place in index.by_key.get(found, SAME))


def _scored(index: LabelIndex, asked: str, *, texts: bool) -> Iterator[tuple[int, float]]:
    """Yield places of names with their scores; a place may come more than once."""
    key = folded(asked)
    if not key:
        return
    yield from ((place, FOLDED) for place in index.by_key.get(key, SAME))
    yield from _in_brackets(index, asked, key)
    if not abbreviates(asked):
        yield from ((place, SPELT) for place in index.by_spelling.get(spelt(key), SAME))
    for row, score in _alike(index, key):
        yield from ((place, score) for place in index.by_key.row(row)[:SAME].tolist())
    if texts:
        yield from ((place, IN_TEXT) for place in _with_words(index, key.split()))


def _in_brackets(index: LabelIndex, asked: str, key: str) -> Iterator[tuple[int, float]]:
    """Yield what has a part for its name: what is in brackets may be a name, or tell it apart.

    A part is worth more where the whole is more alike.
    """
    outside, *inside = variants(asked) or ("",)
    rows = [index.by_key.get(part, SAME) for part in (outside, *inside)]
    rows.append(index.by_variant.get(outside))
    called = Counter(iri for row in rows for iri in {index.names[place].iri for place in row})
    for place in (place for row in rows for place in row):
        name = index.names[place]
        yield place, BOTH if called[name.iri] > 1 else _of_part(key, name)
    for place in index.by_variant.get(key):
        name = index.names[place]
        others = (part for part in variants(name.text) if part != key)
        rest = (index.names[other].iri for part in others for other in index.by_key.get(part, SAME))
        yield place, BOTH if name.iri in rest else _of_part(key, name)


def _of_part(key: str, name: Name) -> float:
    return PART - 2 * OSA.normalized_distance(key, folded(name.text))


def _alike(index: LabelIndex, key: str) -> Iterator[tuple[int, float]]:
    """Yield the numbers of keys that sound like this one, or share most trigrams with it."""
    heard = index.by_sound.get(spoken(key), COMPARED)
    near = index.grams.most_alike(key, READ, COMPARED)
    for place, (row, letters) in enumerate(_by_letters(index, key, (*heard, *near))):
        if place < len(heard):
            yield row, 70 + (SOUND - 70) * letters
        elif (score := _likeness(key, index.keys[row], letters)) >= LEAST:
            yield row, score


def _by_letters(index: LabelIndex, key: str, rows: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Yield the rows, each with how much its key and this one are alike in letters, from 0 to 1."""
    if rows:
        found = [index.keys[row] for row in rows]
        (alike,) = cdist([key], found, scorer=OSA.normalized_similarity)
        yield from zip(rows, alike.tolist(), strict=True)


def _likeness(key: str, found: str, letters: float) -> float:
    """Return how much two different folded names are alike, from 0 to 88."""
    asked, words = set(key.split()), set(found.split())
    if asked == words and sorted(key.split()) == sorted(found.split()):
        return WORDS
    alike = LETTERS * letters
    if asked <= words or words <= asked:
        share = min(len(key), len(found)) / max(len(key), len(found))
        return max(alike, LEAST + (SOME - LEAST) * share)
    return alike


def _with_words(index: LabelIndex, words: Iterable[str]) -> list[int]:
    return common([index.words.of(word) for word in words], READ, SAME)
