"""All names of a snapshot (storey 2), in an index that search and reconciliation share.

It is built once. A look-up reads a bounded number of postings of trigrams, however
many names there are; of equal keys and sounds it reads all.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset.folding import abbreviates, folded, spelt, spoken, variants
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import DCTERMS, LABELS, RDFS, SCHEMA, SKOS, SKOSXL

ALTERNATIVES = frozenset(
    (f"{SKOS}altLabel", f"{SKOS}hiddenLabel", f"{SKOS}notation", f"{SCHEMA}alternateName")
)
# names that are resources: who uses them can be said of them
USED = frozenset(f"{SKOSXL}{name}" for name in ("altLabel", "hiddenLabel"))
TEXTS = frozenset(
    (f"{SKOS}definition", f"{SKOS}scopeNote", f"{RDFS}comment", f"{DCTERMS}description")
)

# what a name is to its subject, the best first
LABEL, ALTERNATIVE, IN_USE, TEXT = range(4)

# what more names than this have in brackets, or before them, tells none of them
SHARED = 5
# of a longer name or text no more is indexed
LONGEST, LONGEST_TEXT = 300, 10_000


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a resource, as the data has it, with its language or ""; or a text about it."""

    iri: str
    text: str
    language: str
    kind: int


@dataclass(frozen=True, slots=True)
class LabelIndex:
    """The names of a snapshot.

    `keys` are the different folded names, sorted; `by_key` has the places in `names` by key,
    `by_variant` those of names that hold the key as a part, `by_sound` those that sound so,
    `by_spelling` those that are spelt so, as `spelt` gives it.
    `grams` has the places in `keys` by trigram, `words` those of names and texts by word.
    """

    names: tuple[Name, ...]
    keys: tuple[str, ...]
    by_key: Mapping[str, "array[int]"]
    by_variant: Mapping[str, "array[int]"]
    by_sound: Mapping[str, "array[int]"]
    by_spelling: Mapping[str, "array[int]"]
    grams: Mapping[str, "array[int]"]
    words: Mapping[str, "array[int]"]


def label_index(snapshot: Snapshot) -> LabelIndex:
    """Return the index of the names of every IRI that the default graph describes."""
    return indexed(names_of(snapshot))


def indexed(names: Iterable[Name]) -> LabelIndex:
    """Return the index of these names."""
    names = tuple(dict.fromkeys(names))
    by_key, by_variant, by_sound, by_spelling, words = (_postings() for _ in range(5))
    for place, name in enumerate(names):
        key = folded(name.text[:LONGEST])
        for word in dict.fromkeys(folded(name.text[:LONGEST_TEXT]).split()):
            words[word].append(place)
        if name.kind == TEXT:
            continue
        by_key[key].append(place)
        for variant in variants(name.text[:LONGEST]):
            by_variant[variant].append(place)
    by_key.pop("", None)
    for part in [part for part, places in by_variant.items() if len(places) > SHARED]:
        del by_variant[part]
    keys = tuple(sorted(by_key))
    grams = _postings()
    for place, key in enumerate(keys):
        for gram in trigrams(key):
            grams[gram].append(place)
        if sound := spoken(key):
            by_sound[sound].extend(by_key[key])
        if spelling := spelt(key):
            every = (place for place in by_key[key] if not abbreviates(names[place].text))
            by_spelling[spelling].extend(every)
    return LabelIndex(names, keys, by_key, by_variant, by_sound, by_spelling, grams, words)


def trigrams(key: str) -> frozenset[str]:
    """Return the parts of three characters of a folded name, its beginning and end marked."""
    padded = f" {key} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def names_of(snapshot: Snapshot) -> Iterator[Name]:
    """Yield the names of the IRIs in the default graph, and the texts about them."""
    for quad in snapshot.quads:
        if isinstance(quad.subject, NamedNode) and snapshot.in_union(quad):
            yield from _named(snapshot, quad.subject.value, quad)


def _named(snapshot: Snapshot, iri: str, quad: Quad) -> Iterator[Name]:
    predicate, term = quad.predicate.value, quad.object
    if isinstance(term, Literal):
        kind = _kind(predicate)
        # a name that is a resource stands for what it names
        if kind is not None and predicate != f"{SKOSXL}literalForm":
            yield Name(iri, term.value, term.language or "", kind)
    elif predicate in USED or predicate == f"{SKOSXL}prefLabel":
        kind = IN_USE if predicate in USED else LABEL
        for form in snapshot.objects(term, f"{SKOSXL}literalForm"):
            if isinstance(form, Literal):
                yield Name(iri, form.value, form.language or "", kind)


def _kind(predicate: str) -> int | None:
    if predicate in LABELS:
        return LABEL
    if predicate in ALTERNATIVES:
        return ALTERNATIVE
    return TEXT if predicate in TEXTS else None


def _postings() -> defaultdict[str, "array[int]"]:
    return defaultdict(lambda: array("I"))
