"""The publication that is exported (storey 5): the same that `kg serve` makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.dataset.catalogue import with_description
from kg.dataset.dumps import write_dumps
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Tables, to_be_shown
from kg.project import Project
from kg.publication import Publication
from kg.store.opening import opener
from kg.store.tabling import tables_of
from kg.versions.archive import Archive


@contextmanager
def published_in(
    folder: Path, project: Project, snapshot: Snapshot, archive: Archive
) -> Iterator[Publication]:
    """Yield the publication of a snapshot while its store is open; its dumps are in the folder."""
    dumps = write_dumps(snapshot, folder)
    described = with_description(snapshot, dumps)
    opened = opener(project.store, described)
    tables = Tables()
    if to_be_shown(described):
        asked = opened.for_tables()
        try:
            tables = tables_of(described, asked, project.limits)
        finally:
            asked.close()
    store = opened()
    try:
        yield Publication(project, described, store, dumps, tables, archive)
    finally:
        store.close()
