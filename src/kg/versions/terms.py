"""Hold the terms of a source against the newest published version (storey 2)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kg.dataset.snapshot import Snapshot, of_quads
from kg.source.checking import found_by
from kg.source.checks.check import Check, Fault
from kg.source.checks.facts import Facts
from kg.source.checks.published import TERM_CHANGED, TERM_REMOVED
from kg.source.checks.table import switched_on
from kg.source.loading import Source
from kg.source.locating import Mention
from kg.source.report import Place, ValidationResult
from kg.versions.keeping import changed_terms, meaning, ontology_versions, role_of_terms
from kg.versions.reading import read_ontology
from kg.versions.version import Version


def lost_terms(source: Source, last: Version) -> list[ValidationResult]:
    """Return a result for each term of the version that the source lacks, or means otherwise.

    Checks that the settings switch off are left out. Raises: VersionsError when the version is
    damaged.
    """
    checks = switched_on((TERM_CHANGED, TERM_REMOVED), dict(source.project.checks))
    if not checks:
        return []
    old, new = read_ontology(last, source.base), _ontology(source)
    removed, changed = changed_terms(old, new)
    if ontology_versions(old) != ontology_versions(new):
        changed = []
    finders: dict[str, Callable[[Facts], Iterable[Fault]]] = {
        TERM_CHANGED.id: lambda facts: _changed(facts, changed, (old, new), last.number),
        TERM_REMOVED.id: lambda facts: _removed(facts, removed, last.number),
    }
    return found_by([_with(check, finders[check.id]) for check in checks], source)


def _with(check: Check, find: Callable[[Facts], Iterable[Fault]]) -> Check:
    return replace(check, find=find)


def _ontology(source: Source) -> Snapshot:
    roles = {file.graph.value: file.role for file in source.files}
    quads = source.quads(role_of_terms(roles))
    return of_quads(quads, roles, source.base, source.prefixes)


def _changed(
    facts: Facts, terms: Iterable[str], states: tuple[Snapshot, Snapshot], number: int
) -> Iterator[Fault]:
    for iri in terms:
        before, after = (meaning(state, iri) for state in states)
        names = sorted({name for name, _ in before ^ after})
        said = ", ".join(states[1].prefixes.shrink(name) or f"<{name}>" for name in names)
        yield Fault(
            f"This term meant something else in version {number}: {said} changed. Give the "
            "ontology a new owl:versionIRI, with owl:priorVersion the one before.",
            _place(facts, iri),
            iri,
        )


def _removed(facts: Facts, terms: Iterable[str], number: int) -> Iterator[Fault]:
    for iri in terms:
        yield Fault(
            f"Version {number} has the term <{iri}>, and it was not deprecated there. Keep it for "
            "one version with owl:deprecated true, and dcterms:isReplacedBy where there is one.",
            _place(facts, iri),
            iri,
        )


def _place(facts: Facts, iri: str) -> Mention | Place:
    """Return where the term is described, else used, else nowhere."""
    found = (*facts.subjects.get(iri, ()), *facts.predicates.get(iri, ()))
    places = (*found, *facts.objects.get(iri, ()))
    return next((one for one in places if facts.role_of[one.file] == "ontology"), None) or next(
        iter(places), Place()
    )
