"""A published version as a snapshot (storey 2): what it said, indexed for dereferencing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pyoxigraph import Quad, parse

from kg.dataset.queries import StoredQuery, stored_query
from kg.dataset.snapshot import Snapshot, of_quads
from kg.errors import VersionsError
from kg.rdf.formats import N_QUADS
from kg.rdf.namespaces import Prefixes
from kg.source.base import moved, rebase_all
from kg.versions.keeping import role_of_terms
from kg.versions.version import Version, require_whole


def version_path(number: int) -> str:
    """Return the root-relative URL below which the documents of a version are."""
    return f"/version/{number}"


def read_snapshot(version: Version, base: str = "") -> Snapshot:
    """Return what the version said, moved to another base IRI where one is given.

    Its id is that of the version. Raises: VersionsError when the version is damaged.
    """
    base = base or version.base
    snapshot = _read(version, base, lambda: parse(path=version.dump, format=N_QUADS.engine))
    return replace(
        snapshot,
        id=version.id,
        queries=tuple(_queries(version, snapshot)),
        files=len(version.roles),
        root=version_path(version.number),
    )


def read_ontology(version: Version, base: str = "") -> Snapshot:
    """Return the graphs of the version that declare terms, as a snapshot of their own.

    Raises: VersionsError when the version is damaged.
    """
    role = role_of_terms(version.roles)
    graphs = (graph for graph, found in version.roles.items() if found == role)
    marks = tuple(f" <{graph}> .\n".encode() for graph in graphs)

    def read() -> Iterable[Quad]:
        with version.dump.open("rb") as dump:
            lines = b"".join(line for line in dump if line.endswith(marks))
        return parse(lines, N_QUADS.engine)

    return _read(version, base or version.base, read)


def _read(version: Version, base: str, read: Callable[[], Iterable[Quad]]) -> Snapshot:
    require_whole(version)
    try:
        quads = list(read())
    except (SyntaxError, OSError) as error:
        raise VersionsError(f"{version.dump}: cannot be read: {error}.") from error
    if base != version.base:
        quads = list(rebase_all(quads, version.base, base))
    return of_quads(quads, _roles(version, base), base, _prefixes(version, base))


def _roles(version: Version, base: str) -> dict[str, str]:
    return {moved(graph, version.base, base): role for graph, role in version.roles.items()}


def _prefixes(version: Version, base: str) -> Prefixes:
    pairs = version.prefixes.pairs
    return Prefixes(tuple((name, moved(iri, version.base, base)) for name, iri in pairs))


def _queries(version: Version, snapshot: Snapshot) -> Iterator[StoredQuery]:
    prefixes = dict(snapshot.prefixes.pairs)
    for name, text in version.queries.items():
        said = text.replace(version.base, snapshot.base)
        yield stored_query(name, said, f"{name}.rq", prefixes)
