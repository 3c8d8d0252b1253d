"""What a new version owes to those who link to the last one (storey 2).

Every IRI that was described is described on, if only by a tombstone; and a term of the ontology
means what it meant, unless the ontology has a new version of its own.
"""

from collections.abc import Container, Iterator, Mapping

from pyoxigraph import NamedNode

from kg.dataset.snapshot import DESCRIPTION, Snapshot
from kg.errors import NotPublishable
from kg.rdf.blank_nodes import told
from kg.rdf.namespaces import OWL, RDF, RDFS, SKOS
from kg.rdf.terms import graph_of
from kg.source.checks.facts import CLASSES, PROPERTIES
from kg.source.checks.published import TERM_CHANGED, TERM_REMOVED

# how many IRIs a message lists
SHOWN = 20

# what a term means, beside its type; labels and notes may get better
MEANING = (
    *(f"{SKOS}{name}" for name in ("definition", "broader", "exactMatch", "closeMatch")),
    *(f"{RDFS}{name}" for name in ("subClassOf", "subPropertyOf", "domain", "range")),
    *(f"{OWL}{name}" for name in ("equivalentClass", "equivalentProperty", "inverseOf")),
    *(f"{OWL}{name}" for name in ("disjointWith", "propertyChainAxiom")),
    f"{RDF}type",
)

HELP = (
    "Say in the data what became of each: dcterms:isReplacedBy and the IRI of what it is now, "
    "or prov:invalidatedAtTime and when it was withdrawn."
)


def require_kept(last: Snapshot, new: Snapshot, off: Container[str] = ()) -> None:
    """Raise NotPublishable where something that others link to is lost, naming all of it.

    `off` are the ids of checks of terms that are switched off.
    """
    gone = sorted(vanished(last, new))
    if gone:
        raise NotPublishable(f"nothing was published: {_listed(gone, 'vanished')}\n{HELP}")
    removed, changed = changed_terms(last, new)
    if removed and TERM_REMOVED.id not in off:
        raise NotPublishable(
            f"nothing was published: {_listed(removed, 'left the ontology')}\nKeep a term for "
            "one version with owl:deprecated true, and dcterms:isReplacedBy where there is one."
        )
    same = ontology_versions(last) == ontology_versions(new)
    if changed and same and TERM_CHANGED.id not in off:
        raise NotPublishable(
            f"nothing was published: {_listed(changed, 'changed in meaning')}\nGive the ontology "
            "a new owl:versionIRI, with owl:priorVersion the one before, and say what changed."
        )


def _listed(iris: list[str], verb: str) -> str:
    count = f"{len(iris):,} IRI has" if len(iris) == 1 else f"{len(iris):,} IRIs have"
    lines = [f"  <{iri}>" for iri in iris[:SHOWN]]
    more = [f"  and {len(iris) - SHOWN:,} more"] if len(iris) > SHOWN else []
    return "\n".join([f"{count} {verb}:", *lines, *more])


def vanished(last: Snapshot, new: Snapshot) -> Iterator[str]:
    """Yield the IRIs under the base that one snapshot answers for, and the other does not."""
    own = (*last.by_subject, *last.by_graph, *(f"<{iri}>" for iri in last.documents))
    for name in dict.fromkeys(own):
        iri = name[1:-1]
        ours = name.startswith(f"<{last.base}") and last.roles.get(iri) != DESCRIPTION
        if ours and not (new.describes(iri) or iri in new.documents):
            yield iri


def changed_terms(last: Snapshot, new: Snapshot) -> tuple[list[str], list[str]]:
    """Return the terms that the new ontology lacks undeprecated, and those of another meaning."""
    before, after = declared(last), declared(new)
    removed = [iri for iri in before if iri not in after and not is_deprecated(last, iri)]
    changed = [iri for iri in before if iri in after and meaning(last, iri) != meaning(new, iri)]
    return sorted(removed), sorted(changed)


def role_of_terms(roles: Mapping[str, str]) -> str:
    """Return the role of the graphs that declare terms: the ontology's, else that of the data."""
    return "ontology" if "ontology" in roles.values() else "data"


def declared(snapshot: Snapshot) -> frozenset[str]:
    """Return the terms: what has a type in the ontology's graphs, under the base.

    Where there is no ontology apart from the data, terms are its classes and properties.
    """
    role = role_of_terms(snapshot.roles)
    return frozenset(
        quad.subject.value
        for quad in snapshot.in_role(role)
        if quad.predicate.value == f"{RDF}type"
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(snapshot.base)
        and (role == "ontology" or getattr(quad.object, "value", "") in CLASSES | PROPERTIES)
    )


def meaning(snapshot: Snapshot, iri: str) -> frozenset[tuple[str, str]]:
    """Return what the ontology says a term means, as pairs of a property and a value.

    A blank node is told by what is said of it.
    """
    role = role_of_terms(snapshot.roles)
    return frozenset(
        (quad.predicate.value, told(quad.object, snapshot.about))
        for quad in snapshot.about(NamedNode(iri))
        if quad.predicate.value in MEANING and snapshot.roles.get(graph_of(quad)) == role
    )


def is_deprecated(snapshot: Snapshot, iri: str) -> bool:
    """Whether the term says of itself that it should no longer be used."""
    said = snapshot.objects(NamedNode(iri), f"{OWL}deprecated")
    return any(getattr(value, "value", "") in ("true", "1") for value in said)


def ontology_versions(snapshot: Snapshot) -> frozenset[str]:
    """Return the version IRIs of the ontologies."""
    quads = snapshot.in_role(role_of_terms(snapshot.roles))
    return frozenset(str(q.object) for q in quads if q.predicate.value == f"{OWL}versionIRI")
