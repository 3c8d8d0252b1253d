"""All names of a snapshot (storey 2), in an index that search and reconciliation share.

It is built once. A look-up reads a bounded number of places, however many names there are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset.folding import abbreviates, folded, spelt, spoken, variants
from kg.dataset.postings import Postings, Trigrams, postings, trigrams
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

    `by_key` has the places in `names` of each folded name; `keys` are these, sorted, and `grams`
    their trigrams. `by_sound` has the places in `keys` of what sounds so. The others have places
    in `names`: `by_variant` of those that hold the key as a part, `by_spelling` of those that are
    spelt so, as `spelt` gives it, `words` of those, and of texts, that hold the word. `language`
    is the one that all names are in, "" where they are in several.
    """

    names: Sequence[Name]
    by_key: Postings
    by_variant: Postings
    by_sound: Postings
    by_spelling: Postings
    grams: Trigrams
    words: Postings
    language: str

    @property
    def keys(self) -> Sequence[str]:
        """The different folded names, sorted."""
        return self.by_key.keys


def label_index(snapshot: Snapshot) -> LabelIndex:
    """Return the index of the names of every IRI that the default graph describes."""
    return indexed(names_of(snapshot, snapshot.quads))


def indexed(names: Iterable[Name]) -> LabelIndex:
    """Return the index of these names."""
    names = tuple(dict.fromkeys(names))
    named = [(place, name) for place, name in enumerate(names) if name.kind != TEXT]
    keys = [folded(name.text[:LONGEST]) for _, name in named]
    by_key = postings((key, place) for key, (place, _) in zip(keys, named, strict=True) if key)
    return LabelIndex(
        names=names,
        by_key=by_key,
        by_variant=_parts(named),
        by_sound=postings(
            (sound, row) for row, key in enumerate(by_key.keys) if (sound := spoken(key))
        ),
        by_spelling=postings(
            (spelling, place)
            for row, key in enumerate(by_key.keys)
            if (spelling := spelt(key))
            for place in by_key.row(row).tolist()
            if not abbreviates(names[place].text)
        ),
        grams=trigrams(by_key.keys),
        words=postings(_words(names, keys)),
        language=_only({name.language.partition("-")[0].lower() for name in names} - {""}),
    )


def _only(languages: set[str]) -> str:
    return languages.pop() if len(languages) == 1 else ""


def _parts(named: Iterable[tuple[int, Name]]) -> Postings:
    """Return the names that hold another one in or around brackets, but not what many hold."""
    pairs = [(part, place) for place, name in named for part in variants(name.text[:LONGEST])]
    counts = Counter(part for part, _ in pairs)
    return postings((part, place) for part, place in pairs if counts[part] <= SHARED)


def _words(names: Iterable[Name], keys: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the words of names, which are folded already, and of texts."""
    folded_names = iter(keys)
    for place, name in enumerate(names):
        text = folded(name.text[:LONGEST_TEXT]) if name.kind == TEXT else next(folded_names)
        for word in dict.fromkeys(text.split()):
            yield word, place


def names_of(snapshot: Snapshot, quads: Iterable[Quad]) -> Iterator[Name]:
    """Yield the names that quads give to IRIs in the default graph, and the texts about them."""
    for quad in quads:
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
