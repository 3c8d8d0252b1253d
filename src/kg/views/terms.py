"""The terms that a query can be completed with (storey 3): one small document for the editor."""

import json
from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from kg.dataset.description import label
from kg.dataset.snapshot import Snapshot

# classes and properties that are listed, the most used first, and properties noted for each class
LISTED, OF_A_CLASS = 1000, 60


def terms_document(snapshot: Snapshot) -> bytes:
    """Return the prefixes, classes and properties of the default graph, as JSON in UTF-8.

    `prefixes` are namespaces by prefix. `properties` are rows of (name, number of triples, label),
    `classes` rows of (name, number of instances, label, indexes of the properties that its
    instances have), both the most used first; a name is as SPARQL takes it, a label "" where
    there is none.
    """
    used = snapshot.uses
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
