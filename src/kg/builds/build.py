"""A build (between storeys 3 and 4): everything that is served of a project, as files.

    build.pickle    the values: project, snapshot, dumps, rows of pages, versions, names
    build.arrays    the arrays of these
    dumps/          the files to download
    store…          the copy that workers read
    manifest        the size and the digest of each file, written last: without it there is no build

It is written by one process and opened by others, any number of times. No build is ever changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.builds.manifest import is_whole, write_manifest
from kg.builds.values import read_values, write_values
from kg.dataset.catalogue import with_description
from kg.dataset.dumps import write_dumps, written_dumps
from kg.dataset.labels import LabelIndex, label_index
from kg.dataset.packed import MANY, packed, packed_labels
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Tables, to_be_shown
from kg.errors import StoreUnavailable
from kg.project import Project
from kg.publication import Publication
from kg.store.copies import Copy
from kg.store.opening import copied, for_tables, open_store
from kg.store.tabling import tables_of
from kg.versions.archive import Archive
from kg.versions.describing import versions_described

DUMPS, STORE = "dumps", "store"

# bytes of a file above which it is looked through while it is served: it takes seconds
LARGE = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Build:
    """The values of a build; `copy` is None where no worker reads one.

    `digests` are the SHA-256 of the dumps in `folder`, by their names.
    """

    folder: Path
    project: Project
    snapshot: Snapshot
    digests: Mapping[str, str]
    tables: Tables
    archive: Archive
    labels: LabelIndex
    copy: Copy | None

    def opened(self, room: Path) -> Publication:
        """Return the publication, with a store of its own that puts large answers into `room`."""
        copy = self.copy and replace(self.copy, path=self.folder / STORE)
        store = open_store(self.project.store, self.snapshot, copy, room)
        dumps = written_dumps(self.folder / DUMPS, self.digests)
        return Publication(
            self.project, self.snapshot, store, dumps, self.tables, self.archive, self.labels
        )


def write_build(folder: Path, project: Project, snapshot: Snapshot, archive: Archive) -> Tables:
    """Write all that is served of a snapshot into an empty folder; return the rows of its pages.

    Raises: StoreUnavailable when the files cannot be written.
    """
    try:
        (folder / DUMPS).mkdir()
        dumps = write_dumps(snapshot, folder / DUMPS)
        described = with_description(snapshot, dumps, versions_described(snapshot, archive))
        copy = _copy(folder, project, described)
        tables = rows_shown(project, described, copy)
        digests = {dump.name: dump.sha256 for dump in dumps}
        kept, labels = _kept(described)
        write_values(folder, Build(folder, project, kept, digests, tables, archive, labels, copy))
        write_manifest(folder)
    except OSError as error:
        raise StoreUnavailable(f"{folder}: cannot be written to: {error.strerror}.") from error
    return tables


def read_build(folder: Path) -> Build | None:
    """Return the build in the folder, or None where it is not there as it was written.

    Of large files only the size is looked at; `kg.builds.manifest.is_whole` looks at all.
    """
    if not is_whole(folder, LARGE):
        return None
    build: Build = read_values(folder)
    return replace(build, folder=folder)


def _kept(snapshot: Snapshot) -> tuple[Snapshot, LabelIndex]:
    """Return the snapshot and its names as they are kept: packed where there is much."""
    labels = label_index(snapshot)
    if len(snapshot.quads) < MANY:
        return snapshot, labels
    return packed(snapshot), packed_labels(labels)


def _copy(folder: Path, project: Project, snapshot: Snapshot) -> Copy | None:
    if project.store.kind == "worker" or to_be_shown(snapshot):
        return copied(project.store, snapshot, folder / STORE)
    return None


def rows_shown(project: Project, snapshot: Snapshot, copy: Copy | None) -> Tables:
    """Return the rows that pages show, asked of a copy of the snapshot; none without one."""
    if copy is None or not to_be_shown(snapshot):
        return Tables()
    store = for_tables(project.store, copy)
    try:
        return tables_of(snapshot, store, project.limits)
    finally:
        store.close()
