"""What changed between two states (storey 2): of the whole, or of one resource and its parts.

Source: https://afs.github.io/rdf-delta/rdf-patch.html
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple, parse

from kg.dataset.canonical import canonical_lines
from kg.dataset.description import describe
from kg.dataset.snapshot import DESCRIPTION, Snapshot
from kg.errors import NotFound
from kg.rdf.formats import N_QUADS
from kg.rdf.terms import Term, graph_of, reading_order

# seconds to tell the blank nodes of one resource apart; where that fails they count as changed
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Difference:
    """What one state says and the other does not: quads, in reading order, each once."""

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The IRIs that quads of either kind are about, sorted."""
        quads = (*self.removed, *self.added)
        return tuple(sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)}))


def difference(old: Snapshot, new: Snapshot) -> Difference:
    """Return what changed from one snapshot to the other; computed descriptions do not count."""
    return _between(_own(old), _own(new))


def difference_of(old: Snapshot, new: Snapshot, iri: str) -> Difference:
    """Return what changed in the description of a resource: its parts, and what points at it.

    Raises: NotFound when neither snapshot describes it.
    """
    before, after = _described(old, iri), _described(new, iri)
    if before is None and after is None:
        raise NotFound(iri)
    return _between(_relabelled(before or ()), _relabelled(after or ()))


def _own(snapshot: Snapshot) -> frozenset[Quad]:
    roles = snapshot.roles
    return frozenset(q for q in snapshot.quads if roles.get(graph_of(q)) != DESCRIPTION)


def _between(before: Iterable[Quad], after: Iterable[Quad]) -> Difference:
    old, new = frozenset(before), frozenset(after)
    removed, added = sorted(old - new, key=reading_order), sorted(new - old, key=reading_order)
    return Difference(tuple(removed), tuple(added))


def _described(snapshot: Snapshot, iri: str) -> tuple[Quad, ...] | None:
    try:
        first = describe(snapshot, iri)
    except NotFound:
        return None
    others = (describe(snapshot, iri, page) for page in range(2, first.pages + 1))
    quads = (q for page in (first, *others) for q in (*page.quads, *page.incoming))
    return tuple(q for q in quads if snapshot.roles.get(graph_of(q)) != DESCRIPTION)


def _relabelled(quads: Sequence[Quad]) -> Iterable[Quad]:
    """Return the quads with blank nodes named by what is around them, not by the whole dataset."""
    if not any(isinstance(term, BlankNode) for quad in quads for term in quad):
        return quads
    lines, _ = canonical_lines(quads, PATIENCE)
    return parse("".join(lines), N_QUADS.engine)


def as_patch(change: Difference, old: str, new: str) -> str:
    """Return the change as an RDF Patch; `old` and `new` are the ids of the two states."""
    lines = [f"H id <urn:sha256:{new}> .", f"H prev <urn:sha256:{old}> .", "TX ."]
    lines += [f"D {quad} ." for quad in change.removed]
    lines += [f"A {quad} ." for quad in change.added]
    return "\n".join([*lines, "TC .", ""])


def as_json(change: Difference, **said: object) -> str:
    """Return the change as JSON: what is `said` of it, then its quads, term by term.

    Terms are as in SPARQL's JSON. Source: https://www.w3.org/TR/sparql11-results-json/#select-encode-terms
    """
    document = {
        **said,
        "removed": [_quad(quad) for quad in change.removed],
        "added": [_quad(quad) for quad in change.added],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _quad(quad: Quad) -> dict[str, Any]:
    terms = {"subject": quad.subject, "predicate": quad.predicate, "object": quad.object}
    return {**{name: _term(term) for name, term in terms.items()}, "graph": graph_of(quad)}


def _term(term: Term) -> dict[str, Any]:
    if isinstance(term, Triple):
        return {"type": "triple", "value": dict(_members(term))}
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Literal):
        datatype = {"datatype": term.datatype.value} if not term.language else {}
        language = {"xml:lang": term.language} if term.language else {}
        return {"type": "literal", "value": term.value, **language, **datatype}
    return {"type": "bnode", "value": term.value}


def _members(triple: Triple) -> Iterator[tuple[str, Any]]:
    for name in ("subject", "predicate", "object"):
        yield name, _term(getattr(triple, name))
