"""The store that commands ask queries of (storey 5)."""

from contextlib import AbstractContextManager, closing
from dataclasses import replace

from kg.dataset.snapshot import Snapshot
from kg.project import Project
from kg.store.base import Store
from kg.store.opening import open_store


def store_of(project: Project, snapshot: Snapshot) -> AbstractContextManager[Store]:
    """Return a store that holds the snapshot until the block ends.

    It is in a process of its own, because some queries end theirs.
    """
    return closing(open_store(replace(project.store, kind="worker", workers=1), snapshot))
