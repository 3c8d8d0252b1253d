"""Open the store that the settings ask for (storey 3)."""

from dataclasses import dataclass

from kg.dataset.snapshot import Snapshot
from kg.errors import ProjectError
from kg.settings import StoreSettings
from kg.store.base import Store
from kg.store.embedded import open_in_memory
from kg.store.remote import open_remote
from kg.store.worker import Copy, WorkerStore, write_copy

REMOTE = "sparql:"


def open_store(settings: StoreSettings, snapshot: Snapshot) -> Store:
    """Return the store of the kind that the settings name, holding the snapshot.

    A remote engine holds what its operator has loaded there: docs/operations.md.

    Raises: ProjectError when there is no such kind, or no worker.
    """
    if settings.kind == "embedded":
        return open_in_memory(snapshot)
    if settings.kind.startswith(REMOTE) and settings.workers:
        return open_remote(settings, snapshot)
    if settings.kind == "worker" and settings.workers:
        return opener(settings, snapshot)()
    if settings.kind == "worker" or settings.kind.startswith(REMOTE):
        raise ProjectError("store.workers: at least 1 is needed to answer queries.")
    raise ProjectError(
        f"store.kind: {settings.kind!r} is not known. Use worker, embedded or sparql:URL."
    )


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens the store, once in each process that is forked from this one.

    `copy` is what such processes share, None where the store is of another kind.
    """

    settings: StoreSettings
    snapshot: Snapshot
    copy: Copy | None

    def __call__(self) -> Store:
        """Return the store; see `open_store`."""
        if self.copy is None:
            return open_store(self.settings, self.snapshot)
        return WorkerStore(self.copy, self.settings.workers, self.settings.worker_bytes)

    def for_tables(self) -> Store:
        """Return a store of one worker over the snapshot, whatever engine answers SPARQL.

        What pages show does not depend on an engine elsewhere.
        """
        copy = self.copy.lent() if self.copy else write_copy(self.snapshot)
        return WorkerStore(copy, 1, self.settings.worker_bytes)


def opener(settings: StoreSettings, snapshot: Snapshot) -> Opener:
    """Return what opens the store of the settings; what processes can share is written now."""
    copy = None
    if settings.kind == "worker" and settings.workers:
        copy = write_copy(snapshot, settings.engine)
    return Opener(settings, snapshot, copy)
