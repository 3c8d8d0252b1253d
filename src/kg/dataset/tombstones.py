"""IRIs that were given up (storey 2), as the data says it: links to them must not break silently.

    <…/id/claim/c-9> prov:invalidatedAtTime "2026-11-28T10:00:00Z"^^xsd:dateTime ;
        dcterms:isReplacedBy <…/id/claim/c-10>, <…/id/claim/c-11> ; skos:changeNote "Split."@en .
    <…/id/actor/daesh> dcterms:isReplacedBy <…/id/actor/islamic-state> .

The first was withdrawn; the second, of which no more is said, is the same thing under another IRI.
Source: https://www.w3.org/TR/prov-o/#invalidatedAtTime
"""

from pyoxigraph import Literal, NamedNode

from kg.dataset.snapshot import Snapshot
from kg.errors import Gone
from kg.rdf.namespaces import DCTERMS, PROV, SKOS

INVALIDATED = (f"{PROV}invalidatedAtTime", f"{PROV}wasInvalidatedBy")
REPLACED = f"{DCTERMS}isReplacedBy"


def withdrawn(snapshot: Snapshot, iri: str) -> Gone | None:
    """Return the error to raise for an IRI that was withdrawn, or None where it was not."""
    node = NamedNode(iri)
    if not any(snapshot.objects(node, predicate) for predicate in INVALIDATED):
        return None
    notes = [o for o in snapshot.objects(node, f"{SKOS}changeNote") if isinstance(o, Literal)]
    english = sorted(notes, key=lambda note: (note.language != "en", note.value))
    return Gone(iri, replacements(snapshot, iri), english[0].value if english else "")


def merged_into(snapshot: Snapshot, iri: str) -> str:
    """Return the IRI that stands for this one, of which nothing else is said, or ""."""
    quads = snapshot.about(NamedNode(iri))
    alone = {quad.predicate.value for quad in quads} == {REPLACED}
    found = replacements(snapshot, iri) if alone else ()
    return found[0] if len(found) == 1 and found[0] != iri else ""


def replacements(snapshot: Snapshot, iri: str) -> tuple[str, ...]:
    """Return the IRIs that are said to replace this one, sorted."""
    found = snapshot.objects(NamedNode(iri), REPLACED)
    return tuple(sorted(one.value for one in found if isinstance(one, NamedNode)))
