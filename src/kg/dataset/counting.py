"""What the data set holds, in numbers (storey 2), counted over the default graph.

Each number is one that a SPARQL query at the endpoint gives as well; the tests ask it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pyoxigraph import NamedNode

from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import OWL, RDFS, SCHEMA, SCHEMAS, SKOS

# the properties that join a thing to the same, a like or a further one in another data set
LINKS = frozenset(
    {f"{OWL}{name}" for name in ("sameAs", "equivalentClass", "equivalentProperty")}
    | {f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")}
    | {f"{RDFS}seeAlso", f"{SCHEMA}sameAs", f"{SCHEMAS}sameAs"}
)

SITE = re.compile(r"https?://[^/?#]+/")


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """How many triples have a property, with how many different subjects and objects."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a data set.

    `entities` are the subjects whose IRI starts with the base; `subjects` and `objects` are all
    that differ, blank nodes and literals included. `classes` has the number of instances of each
    class IRI, subclasses not included. `links` has the number of triples by link property and
    by the site, such as `http://www.wikidata.org/`, that its objects are on; their subjects are
    entities.
    """

    triples: int
    entities: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, PropertyCount]
    links: Mapping[tuple[str, str], int]


def count(snapshot: Snapshot) -> Counts:
    """Return the numbers of the snapshot's default graph, each mapping sorted by its keys."""
    subjects: Counter[str] = Counter()
    objects: defaultdict[str, set[Any]] = defaultdict(set)
    links: Counter[tuple[str, str]] = Counter()
    # triples in reading order come by subject, and there by predicate
    pairs = groupby(snapshot.union(), key=lambda triple: (triple.subject, triple.predicate.value))
    for (subject, predicate), group in pairs:
        found = [triple.object for triple in group]
        subjects[predicate] += 1
        objects[predicate].update(found)
        own = isinstance(subject, NamedNode) and subject.value.startswith(snapshot.base)
        if own and predicate in LINKS:
            iris = (term.value for term in found if isinstance(term, NamedNode))
            links.update((predicate, site) for iri in iris if (site := _site(snapshot, iri)))
    properties = {
        iri: PropertyCount(snapshot.uses.properties[iri], subjects[iri], len(objects[iri]))
        for iri in sorted(subjects)
    }
    return Counts(
        triples=snapshot.triples,
        entities=_subjects(snapshot, f"<{snapshot.base}"),
        subjects=_subjects(snapshot, ""),
        objects=len(set().union(*objects.values())),
        classes=dict(sorted(snapshot.uses.classes.items())),
        properties=properties,
        links=dict(sorted(links.items())),
    )


def _subjects(snapshot: Snapshot, start: str) -> int:
    """Return how many subjects of the default graph are written with that start."""
    return sum(
        subject.startswith(start) and any(map(snapshot.in_union, quads))
        for subject, quads in snapshot.by_subject.items()
    )


def _site(snapshot: Snapshot, iri: str) -> str:
    """Return the scheme and host of an IRI outside the data set, or "" where there is none."""
    site = SITE.match(iri)
    return site[0] if site and not iri.startswith(snapshot.base) else ""
