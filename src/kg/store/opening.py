"""Open the store that the settings ask for (storey 3)."""

from contextlib import ExitStack
from pathlib import Path

from kg.dataset.snapshot import Snapshot
from kg.errors import ProjectError
from kg.settings import StoreSettings
from kg.store.base import Store
from kg.store.copies import Copy, temporary, write_copy
from kg.store.embedded import open_in_memory
from kg.store.remote import open_remote
from kg.store.worker import WorkerStore

REMOTE = "sparql:"


def open_store(
    settings: StoreSettings,
    snapshot: Snapshot,
    copy: Copy | None = None,
    room: Path | None = None,
) -> Store:
    """Return the store of the kind that the settings name, holding the snapshot.

    Workers read the `copy` where there is one, and else one that goes with the store; they put
    large answers into a folder in `room`, by default that of temporary files.
    A remote engine holds what its operator has loaded there: docs/operations.md.

    Raises: ProjectError when there is no such kind, or no worker.
    """
    if settings.kind == "embedded":
        return open_in_memory(snapshot)
    if settings.kind.startswith(REMOTE) and settings.workers:
        return open_remote(settings, snapshot)
    if settings.kind == "worker" and settings.workers:
        return _workers(settings, snapshot, copy, room)
    if settings.kind == "worker" or settings.kind.startswith(REMOTE):
        raise ProjectError("store.workers: at least 1 is needed to answer queries.")
    raise ProjectError(
        f"store.kind: {settings.kind!r} is not known. Use worker, embedded or sparql:URL."
    )


def copied(settings: StoreSettings, snapshot: Snapshot, path: Path) -> Copy:
    """Write the copy that workers of these settings read; it serves `for_tables` in any case."""
    engine = {"engine": settings.engine} if settings.kind == "worker" else {}
    return write_copy(snapshot, path, **engine)


def for_tables(settings: StoreSettings, copy: Copy) -> Store:
    """Return a store of one worker over the copy, whatever engine answers SPARQL.

    What pages show does not depend on an engine elsewhere.
    """
    return WorkerStore(copy.of_reference(), 1, settings.worker_bytes, temporary())


def _workers(
    settings: StoreSettings, snapshot: Snapshot, copy: Copy | None, room: Path | None
) -> Store:
    with ExitStack() as failed:
        directory = temporary(room)
        failed.callback(directory.cleanup)
        copy = copy or write_copy(snapshot, Path(directory.name) / "store", settings.engine)
        store = WorkerStore(copy, settings.workers, settings.worker_bytes, directory)
        # from now on the store removes it
        failed.pop_all()
    return store
