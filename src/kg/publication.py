"""What the web and exports receive (between storeys 3 and 4): one value with all there is."""

from dataclasses import dataclass, field

from kg.dataset.dumps import Dump
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Tables
from kg.project import Project
from kg.store.base import Store


@dataclass(frozen=True, slots=True)
class Publication:
    """A snapshot, the store that answers SPARQL over it, its dumps, and the project's settings.

    `tables` are the rows that its pages show.
    """

    project: Project
    snapshot: Snapshot
    store: Store
    dumps: tuple[Dump, ...] = ()
    tables: Tables = field(default_factory=Tables)
