"""Values for the rows of somebody's table (storey 2), as the reconciliation API has them.

Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import math
import re
from collections import Counter
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from kg.dataset.description import rank
from kg.dataset.reconciling import name_of
from kg.dataset.snapshot import Snapshot, instances
from kg.rdf.namespaces import XSD
from kg.rdf.terms import Term, text_of

DATE_TIME = re.compile(r"-?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
INTEGER = re.compile(r"[+-]?\d{1,18}")
# instances of a class whose properties are counted
COUNTED = 1_000


def values(snapshot: Snapshot, iri: str, property_: str, limit: int) -> list[Mapping[str, object]]:
    """Return the values of a property, each as the cell of a table; 0 for no limit.

    Texts come in the order of the reader's languages, so that the first one can be read.
    """

    def order(term: Term) -> int:
        return rank(snapshot, term) if isinstance(term, Literal) and term.language else -1

    found = sorted(snapshot.objects(NamedNode(iri), property_), key=order)
    return [cell(snapshot, term) for term in (found[:limit] if limit else found)]


def cell(snapshot: Snapshot, term: Term) -> Mapping[str, object]:
    """Return a term as a cell: a resource with its name, a number, a moment, or a text."""
    if isinstance(term, NamedNode):
        return {"id": term.value, "name": name_of(snapshot, term.value)}
    if not isinstance(term, Literal):
        return {"str": text_of(term)}
    text, kind = term.value, term.datatype.value
    if kind == f"{XSD}integer" and INTEGER.fullmatch(text):
        return {"int": int(text)}
    if kind in (f"{XSD}decimal", f"{XSD}double") and math.isfinite(number := _number(text)):
        return {"float": number}
    if kind == f"{XSD}dateTime" and DATE_TIME.fullmatch(text):
        return {"date": text}
    return {"str": text}


def properties_of(snapshot: Snapshot, class_: str) -> tuple[str, ...]:
    """Return the properties that instances of a class have, those of most of them first."""
    counts: Counter[str] = Counter()
    for iri in instances(snapshot, class_)[:COUNTED]:
        counts.update({quad.predicate.value for quad in snapshot.about(NamedNode(iri))})
    return tuple(name for name, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def known_properties(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the properties of the default graph, sorted."""
    return tuple(sorted(snapshot.uses.properties))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
