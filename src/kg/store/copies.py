"""Copies of a snapshot on disk (storey 3), as workers of any number of processes read them."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.dataset.snapshot import Snapshot
from kg.errors import StoreUnavailable
from kg.store.embedded import write_to_disk
from kg.store.routing import PYOXIGRAPH
from kg.store.sparq import chosen_engine, write_for_sparq


@dataclass(frozen=True, slots=True)
class Copy:
    """A snapshot on disk, as workers of any number of processes read it."""

    path: Path
    prefixes: dict[str, str]
    base: str
    engine: str

    def of_reference(self) -> "Copy":
        """Return the same copy for a store whose rows never differ.

        Two engines may give rows without an order in different ones.
        """
        return replace(self, engine=PYOXIGRAPH)


def temporary(room: Path | None = None) -> TemporaryDirectory[str]:
    """Return a folder for one store, in that one, which removes what a killed process leaves.

    Raises: StoreUnavailable when there is no room for it.
    """
    try:
        return TemporaryDirectory(prefix="kg-", dir=room, ignore_cleanup_errors=True)
    except OSError as error:
        raise StoreUnavailable(f"The store cannot be written to disk: {error}") from error


def write_copy(snapshot: Snapshot, path: Path, engine: str = PYOXIGRAPH) -> Copy:
    """Write the snapshot to that path, for workers with that engine, and return what is there.

    Raises: StoreUnavailable when it cannot be written, ProjectError when there is no such engine.
    """
    engine = chosen_engine(engine)
    try:
        write_to_disk(snapshot, path)
        write_for_sparq(snapshot, path, engine)
    except OSError as error:
        raise StoreUnavailable(f"The store cannot be written to disk: {error}") from error
    return Copy(path, dict(snapshot.prefixes.pairs), snapshot.base, engine)
