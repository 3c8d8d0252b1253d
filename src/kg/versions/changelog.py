"""What became of the terms of an ontology from one published version to the next (storey 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kg.dataset.snapshot import Snapshot
from kg.dataset.tombstones import replacements
from kg.rdf.namespaces import OWL
from kg.versions.archive import Archive
from kg.versions.keeping import declared, is_deprecated, meaning, ontology_versions
from kg.versions.reading import read_ontology


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term and the IRIs that say how it changed.

    Those are the properties whose values are others now, or what replaces a deprecated term.
    """

    iri: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OntologyVersion:
    """The version IRI of an ontology, and those of the versions that it says came before."""

    iri: str
    prior: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """What changed in the terms with a version; `number` and `date` are None for what is next.

    `ontologies` are the versions of ontologies that are new with it. A term that is deprecated now
    was not before; those that are `changed` mean something else, by their definition, types or
    alignments.
    """

    number: int | None
    date: datetime | None
    ontologies: tuple[OntologyVersion, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    deprecated: tuple[TermChange, ...]
    changed: tuple[TermChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        changes = self.added or self.removed or self.deprecated or self.changed
        return not (changes or self.ontologies)


def changelog(archive: Archive, present: Snapshot) -> tuple[Release, ...]:
    """Return what changed with each version that changed terms, the newest first.

    The present state comes before them where its terms are not those of the newest version.
    Raises: VersionsError when a version is damaged.
    """
    return tuple(reversed([one for one in _releases(archive, present) if not one.is_empty]))


def _releases(archive: Archive, present: Snapshot) -> Iterator[Release]:
    last: Snapshot | None = None
    for version in archive.versions:
        state = read_ontology(version, present.base)
        yield _release(last, state, version.number, version.date)
        last = state
    if last is not None:
        yield _release(last, present, None, None)


def _release(
    old: Snapshot | None, new: Snapshot, number: int | None, date: datetime | None
) -> Release:
    after = declared(new)
    before = declared(old) if old else frozenset()
    kept = sorted(before & after)
    return Release(
        number,
        date,
        tuple(_ontologies(old, new)),
        tuple(sorted(after - before)),
        tuple(sorted(before - after)),
        tuple(_deprecated(old, new, kept)) if old else (),
        tuple(_changed(old, new, kept)) if old else (),
    )


def _ontologies(old: Snapshot | None, new: Snapshot) -> Iterator[OntologyVersion]:
    known = ontology_versions(old) if old else frozenset()
    for iri in sorted(ontology_versions(new) - known):
        named = (q for q in new.by_object.get(iri, ()) if q.predicate.value == f"{OWL}versionIRI")
        prior = {str(one) for q in named for one in new.objects(q.subject, f"{OWL}priorVersion")}
        yield OntologyVersion(iri.strip("<>"), tuple(sorted(one.strip("<>") for one in prior)))


def _deprecated(old: Snapshot, new: Snapshot, kept: list[str]) -> Iterator[TermChange]:
    for iri in kept:
        if is_deprecated(new, iri) and not is_deprecated(old, iri):
            yield TermChange(iri, replacements(new, iri))


def _changed(old: Snapshot, new: Snapshot, kept: list[str]) -> Iterator[TermChange]:
    for iri in kept:
        names = {name for name, _ in meaning(old, iri) ^ meaning(new, iri)}
        if names:
            yield TermChange(iri, tuple(sorted(names)))
