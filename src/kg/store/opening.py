"""Open the store that the settings ask for (storey 3)."""

from collections.abc import Callable
from functools import partial

from kg.dataset.snapshot import Snapshot
from kg.errors import ProjectError
from kg.settings import StoreSettings
from kg.store.base import Store
from kg.store.embedded import open_in_memory
from kg.store.remote import open_remote
from kg.store.worker import WorkerStore, write_copy

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


def opener(settings: StoreSettings, snapshot: Snapshot) -> Callable[[], Store]:
    """Return what opens the store, once in each process that is forked from this one.

    What such processes can share is written now.
    """
    if settings.kind != "worker" or not settings.workers:
        return partial(open_store, settings, snapshot)
    copy = write_copy(snapshot, settings.engine)
    return partial(WorkerStore, copy, settings.workers, settings.worker_bytes)
