"""Make the pages of published versions and of what changed between them (storey 3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset.snapshot import Snapshot
from kg.versions.difference import Difference
from kg.versions.version import DUMP, Version
from kg.views.overview import readable_size
from kg.views.pages import FormatLink, SitePart, Value
from kg.views.values import value_of

# statements of a difference that a page shows; the files have all of them
SHOWN = 500


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list: `date` is a day, `size` that of its dump, `changes` a URL or ""."""

    number: int
    id: str
    date: str
    triples: int
    note: str
    href: str
    dump: str
    size: str
    changes: str


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """`/version`: every published version, the newest first; `snapshot` is the present state's id.

    `is_published` says whether the present state is the newest version.
    """

    site: SitePart
    versions: tuple[VersionLine, ...]
    snapshot: str
    is_published: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that was added or removed."""

    added: bool
    subject: Value
    property: Value
    value: Value


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """What changed between two states, named `old` and `new`; `about` is the resource, or None.

    `total` counts all changes, of which the first are shown.
    """

    site: SitePart
    old: str
    new: str
    about: Value | None
    changes: tuple[Change, ...]
    removed: int
    added: int
    total: int
    formats: tuple[FormatLink, ...]


def versions_page(snapshot: Snapshot, site: SitePart, versions: Sequence[Version]) -> VersionsPage:
    """Return the page that lists the versions, which may be none."""
    newest = versions[-1].id if versions else ""
    return VersionsPage(
        site=site,
        versions=tuple(_line(version) for version in reversed(versions)),
        snapshot=snapshot.id,
        is_published=newest == snapshot.id,
    )


def _line(version: Version) -> VersionLine:
    number = version.number
    return VersionLine(
        number=number,
        id=version.id,
        date=version.date.date().isoformat(),
        triples=version.triples,
        note=version.note,
        href=f"/version/{number}/",
        dump=f"/version/{number}/{DUMP}",
        size=readable_size(version.dump.stat().st_size),
        changes=f"/diff/{number - 1}/{number}" if number > 1 else "",
    )


def difference_page(
    states: tuple[Snapshot, Snapshot],
    site: SitePart,
    names: tuple[str, str],
    change: Difference,
    about: str,
    formats: Iterable[FormatLink],
) -> DifferencePage:
    """Return the page of what changed between two states; `about` is an IRI, or "" for all."""
    old, new = states
    changes = (
        *(_change(old, quad, added=False) for quad in change.removed[:SHOWN]),
        *(_change(new, quad, added=True) for quad in change.added[:SHOWN]),
    )
    named = new if new.describes(about) else old
    return DifferencePage(
        site=site,
        old=names[0],
        new=names[1],
        about=value_of(named, NamedNode(about)) if about else None,
        changes=tuple(sorted(changes, key=lambda one: (one.subject.text, one.property.text)))[
            :SHOWN
        ],
        removed=len(change.removed),
        added=len(change.added),
        total=len(change.removed) + len(change.added),
        formats=tuple(formats),
    )


def _change(snapshot: Snapshot, quad: Quad, *, added: bool) -> Change:
    value = quad.object
    shown = value_of(snapshot, value)
    if isinstance(value, Literal) and value.language:
        shown = Value(value.value, value.language)
    return Change(
        added, value_of(snapshot, quad.subject), value_of(snapshot, quad.predicate), shown
    )
