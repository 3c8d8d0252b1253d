"""A published version as a snapshot (storey 2): what it said, indexed for dereferencing."""

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import parse

from kg.dataset.queries import StoredQuery, stored_query
from kg.dataset.snapshot import Snapshot, of_quads
from kg.errors import VersionsError
from kg.rdf.formats import N_QUADS
from kg.rdf.namespaces import Prefixes
from kg.source.base import rebase_all
from kg.versions.version import Version, require_whole


def version_path(number: int) -> str:
    """Return the root-relative URL below which the documents of a version are."""
    return f"/version/{number}"


def read_snapshot(version: Version, base: str = "") -> Snapshot:
    """Return what the version said, moved to another base IRI where one is given.

    Its id is that of the version. Raises: VersionsError when the version is damaged.
    """
    require_whole(version)
    try:
        quads = list(parse(path=version.dump, format=N_QUADS.engine))
    except (SyntaxError, OSError) as error:
        raise VersionsError(f"{version.dump}: cannot be read: {error}.") from error
    base = base or version.base
    if base != version.base:
        quads = list(rebase_all(quads, version.base, base))
    snapshot = of_quads(quads, _roles(version, base), base, _prefixes(version, base))
    return replace(
        snapshot,
        id=version.id,
        queries=tuple(_queries(version, snapshot)),
        files=len(version.roles),
        root=version_path(version.number),
    )


def _roles(version: Version, base: str) -> dict[str, str]:
    return {_moved(graph, version.base, base): role for graph, role in version.roles.items()}


def _prefixes(version: Version, base: str) -> Prefixes:
    pairs = version.prefixes.pairs
    return Prefixes(tuple((name, _moved(iri, version.base, base)) for name, iri in pairs))


def _moved(iri: str, old: str, new: str) -> str:
    return new + iri.removeprefix(old) if iri.startswith(old) else iri


def _queries(version: Version, snapshot: Snapshot) -> Iterator[StoredQuery]:
    prefixes = dict(snapshot.prefixes.pairs)
    for name, text in version.queries.items():
        moved = text.replace(version.base, snapshot.base)
        yield stored_query(name, moved, f"{name}.rq", prefixes)
