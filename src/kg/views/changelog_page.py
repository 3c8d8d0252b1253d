"""Make the page of what became of the terms from version to version (storey 3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.dataset.snapshot import Snapshot
from kg.versions.changelog import OntologyVersion, Release, TermChange
from kg.views.pages import SitePart, Value
from kg.views.values import value_of


@dataclass(frozen=True, slots=True)
class ChangedTerm:
    """A term, and what changed of it, or what replaces it."""

    term: Value
    by: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ReleasePart:
    """What changed with one version: `number` is 0 and `date` "" for what is not published yet.

    `ontologies` are the new versions of ontologies, `changes` is a URL or "".
    """

    number: int
    date: str
    ontologies: tuple[OntologyVersion, ...]
    changes: str
    added: tuple[Value, ...]
    removed: tuple[Value, ...]
    deprecated: tuple[ChangedTerm, ...]
    changed: tuple[ChangedTerm, ...]


@dataclass(frozen=True, slots=True)
class ChangelogPage:
    """`/ontology/changes`: what became of the terms, the newest version first.

    `is_published` says whether there is any version.
    """

    site: SitePart
    releases: tuple[ReleasePart, ...]
    is_published: bool


def changelog_page(
    snapshot: Snapshot, site: SitePart, releases: Sequence[Release], newest: int
) -> ChangelogPage:
    """Return the page; `newest` is the number of the newest version, 0 where there is none."""
    parts = tuple(_part(snapshot, one, newest) for one in releases)
    return ChangelogPage(site, parts, newest > 0)


def _part(snapshot: Snapshot, release: Release, newest: int) -> ReleasePart:
    number = release.number or 0
    before = number - 1 if number else newest
    return ReleasePart(
        number=number,
        date=release.date.date().isoformat() if release.date else "",
        ontologies=release.ontologies,
        changes=f"/diff/{before}/{number or 'now'}" if before else "",
        added=_values(snapshot, release.added),
        removed=_values(snapshot, release.removed),
        deprecated=_changed(snapshot, release.deprecated),
        changed=_changed(snapshot, release.changed),
    )


def _values(snapshot: Snapshot, iris: Iterable[str]) -> tuple[Value, ...]:
    return tuple(value_of(snapshot, NamedNode(iri)) for iri in iris)


def _changed(snapshot: Snapshot, terms: Iterable[TermChange]) -> tuple[ChangedTerm, ...]:
    return tuple(
        ChangedTerm(value_of(snapshot, NamedNode(one.iri)), _values(snapshot, one.by))
        for one in terms
    )
