"""The publication that is exported (storey 5): the same that `kg serve` makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.builds.build import rows_shown
from kg.dataset.catalogue import with_description
from kg.dataset.dumps import write_dumps
from kg.dataset.snapshot import Snapshot
from kg.export.remembering import Remembering
from kg.project import Project
from kg.publication import Publication
from kg.store.copies import temporary
from kg.store.opening import copied, open_store
from kg.versions.archive import Archive
from kg.versions.describing import versions_described


@contextmanager
def published_in(
    folder: Path, project: Project, snapshot: Snapshot, archive: Archive
) -> Iterator[Publication]:
    """Yield the publication of a snapshot while its store is open; its dumps are in the folder."""
    dumps = write_dumps(snapshot, folder)
    described = with_description(snapshot, dumps, versions_described(snapshot, archive))
    with temporary() as room:
        copy = copied(project.store, described, Path(room) / "store")
        tables = rows_shown(project, described, copy)
        store = Remembering(open_store(project.store, described, copy))
        try:
            yield Publication(project, described, store, dumps, tables, archive)
        finally:
            store.close()
