"""The terms that a query can be completed with (storey 3): one small document for the editor."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Triple

from kg.dataset.description import label
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import RDF

# classes and properties that are listed, the most used first, and properties noted for each class
LISTED, OF_A_CLASS = 1000, 60


@dataclass(frozen=True, slots=True)
class Uses:
    """How often the default graph uses its terms.

    `properties` has the number of triples by property IRI, `classes` that of instances by class
    IRI, `of_class` how many instances of a class have a property, by both; `first` has one triple
    of each property that is about a thing with an IRI.
    """

    properties: Mapping[str, int]
    classes: Mapping[str, int]
    of_class: Mapping[str, Mapping[str, int]]
    first: Mapping[str, Triple]


def uses(snapshot: Snapshot) -> Uses:
    """Return how often the default graph uses each property and class."""
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    of_class: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Triple] = {}
    for quads in snapshot.by_subject.values():
        triples = dict.fromkeys(quad.triple for quad in quads if snapshot.in_union(quad))
        predicates = [triple.predicate.value for triple in triples]
        properties.update(predicates)
        for triple, predicate in zip(triples, predicates, strict=True):
            if isinstance(triple.subject, NamedNode):
                first.setdefault(predicate, triple)
            if predicate == f"{RDF}type" and isinstance(triple.object, NamedNode):
                classes[triple.object.value] += 1
                of_class[triple.object.value].update(set(predicates))
    return Uses(properties, classes, of_class, first)


def terms_document(snapshot: Snapshot) -> bytes:
    """Return the prefixes, classes and properties of the default graph, as JSON in UTF-8.

    `prefixes` are namespaces by prefix. `properties` are rows of (name, number of triples, label),
    `classes` rows of (name, number of instances, label, indexes of the properties that its
    instances have), both the most used first; a name is as SPARQL takes it, a label "" where
    there is none.
    """
    used = uses(snapshot)
    properties, classes = _most(used.properties, LISTED), _most(used.classes, LISTED)
    index = {iri: place for place, iri in enumerate(properties)}
    document = {
        "prefixes": dict(snapshot.prefixes.pairs),
        "properties": [_row(snapshot, iri, used.properties[iri]) for iri in properties],
        "classes": [
            [
                *_row(snapshot, iri, used.classes[iri]),
                [index[one] for one in _most(used.of_class[iri], OF_A_CLASS) if one in index],
            ]
            for iri in classes
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _most(counts: Mapping[str, int], number: int) -> list[str]:
    """Return that many keys, the highest counts first, equal ones by name."""
    return sorted(counts, key=lambda iri: (-counts[iri], iri))[:number]


def _row(snapshot: Snapshot, iri: str, count: int) -> list[Any]:
    named = label(snapshot, NamedNode(iri))
    return [snapshot.prefixes.shrink(iri) or f"<{iri}>", count, named.value if named else ""]
