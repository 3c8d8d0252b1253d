"""Which resources the names in somebody's table mean (storey 2).

Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.dataset.description import label, readable, types
from kg.dataset.folding import folded
from kg.dataset.labels import IN_USE, LabelIndex
from kg.dataset.matching import everything, find
from kg.dataset.snapshot import Snapshot, subclasses
from kg.rdf.namespaces import LABELS
from kg.rdf.terms import Term

# points that it costs to be of none of the types that should be, and to lack a value
OTHER_TYPE, OTHER_VALUE, MOST_OTHER = 30.0, 10.0, 40.0
# from which score, and how far before the next, a candidate is the one that is meant; what a
# name in use means depends on where it is used: it is never sure, and in nobody's way
SURE, AHEAD = 92.0, 3.0
# names that are looked at before types and values are
LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """One query of a batch: `strict` is "any", "all" or "should", as the API has it.

    `values` are the values that the resource should have, by the IRI of the property.
    """

    text: str
    limit: int
    types: tuple[str, ...] = ()
    strict: str = "any"
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resource that may be meant: `sure` says that it is, and no other."""

    iri: str
    score: float
    sure: bool


def candidates(snapshot: Snapshot, index: LabelIndex, wanted: Wanted) -> tuple[Candidate, ...]:
    """Return the resources that a query may mean, the best first.

    An IRI as text means itself. To be of another type costs 30 points where the types only
    should be; each property without the value costs 10, and all of them at most 40.
    """
    classes = [subclasses(snapshot, one) for one in wanted.types]

    def of_types(iri: str) -> bool:
        if not classes:
            return True
        own = types(snapshot, NamedNode(iri))
        return (all if wanted.strict == "all" else any)(not one.isdisjoint(own) for one in classes)

    allowed = everything if wanted.strict == "should" else of_types
    scored = [
        (round(max(0.0, score - _costs(snapshot, wanted, iri, typed=of_types(iri))), 1), iri, label)
        for iri, score, label in _named(snapshot, index, wanted, allowed)
    ]
    scored.sort(key=lambda one: (-one[0], one[1]))
    by_label = [score for score, _, label in scored if label]
    second = by_label[1] if len(by_label) > 1 else 0.0
    return tuple(
        Candidate(iri, score, not place and label and score >= SURE and score - second >= AHEAD)
        for place, (score, iri, label) in enumerate(scored[: wanted.limit])
    )


def _named(
    snapshot: Snapshot, index: LabelIndex, wanted: Wanted, allowed: Callable[[str], bool]
) -> Iterator[tuple[str, float, bool]]:
    """Yield IRIs, scores, and whether it is a label that is like the text."""
    if wanted.text:
        itself = is_iri(wanted.text) and snapshot.describes(wanted.text) and allowed(wanted.text)
        if itself:
            yield wanted.text, 100.0, True
        for match in find(index, wanted.text, LOOKED_AT, allowed):
            if not (itself and match.iri == wanted.text):
                yield match.iri, match.score, match.name.kind != IN_USE
        return
    for iri in dict.fromkeys(_with_values(snapshot, index, wanted)):
        if allowed(iri):
            yield iri, 100.0, True


def _with_values(snapshot: Snapshot, index: LabelIndex, wanted: Wanted) -> Iterator[str]:
    """Yield what has one of the values, where these are resources, by the IRI or a name."""
    for property_, values in wanted.values:
        for value in values:
            for iri in [value] if is_iri(value) else _meant(index, value):
                for quad in snapshot.by_object.get(f"<{iri}>", ())[: 10 * LOOKED_AT]:
                    inside = quad.predicate.value == property_ and snapshot.in_union(quad)
                    if inside and isinstance(quad.subject, NamedNode):
                        yield quad.subject.value


def _meant(index: LabelIndex, name: str) -> list[str]:
    return [match.iri for match in find(index, name, 3) if match.score >= SURE]


def _costs(snapshot: Snapshot, wanted: Wanted, iri: str, *, typed: bool) -> float:
    lacking = sum(
        1
        for property_, values in wanted.values
        if not _has(snapshot, snapshot.objects(NamedNode(iri), property_), values)
    )
    return min(MOST_OTHER, OTHER_VALUE * lacking) + (0.0 if typed else OTHER_TYPE)


def _has(snapshot: Snapshot, terms: Iterable[Term], values: Iterable[str]) -> bool:
    """Whether one of the terms is one of the values: by IRI, by any label, or as a text."""
    keys = {folded(value) for value in values}
    for term in terms:
        if not isinstance(term, NamedNode):
            if isinstance(term, Literal) and folded(term.value) in keys:
                return True
            continue
        labels = (name for one in LABELS for name in snapshot.objects(term, one))
        texts = {folded(name.value) for name in labels if isinstance(name, Literal)}
        if term.value in values or not texts.isdisjoint(keys):
            return True
    return False


def is_iri(text: str) -> bool:
    """Whether the text can be the IRI of something."""
    return ":" in text and not any(c in text for c in ' <>"{}|\\^`\n\t')


def name_of(snapshot: Snapshot, iri: str) -> str:
    """Return what a resource is called, in the first of the snapshot's languages."""
    named = label(snapshot, NamedNode(iri))
    return named.value if named else readable(snapshot, iri)


def typed(snapshot: Snapshot, iri: str) -> list[Mapping[str, str]]:
    """Return the classes of a resource, each with its IRI and name."""
    return [{"id": one, "name": name_of(snapshot, one)} for one in types(snapshot, NamedNode(iri))]
