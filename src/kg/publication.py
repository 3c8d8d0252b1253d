"""What the web and exports receive (between storeys 3 and 4): one value with all there is."""

from dataclasses import InitVar, dataclass, field

from kg.dataset.dumps import Dump
from kg.dataset.labels import LabelIndex, label_index
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Tables
from kg.project import Project
from kg.store.base import Store
from kg.versions.archive import Archive


@dataclass(frozen=True, slots=True)
class Publication:
    """A snapshot, the store that answers SPARQL over it, its dumps, and the project's settings.

    `tables` are the rows that its pages show; `archive` the versions that were published before;
    `labels` all names, for search and reconciliation.
    """

    project: Project
    snapshot: Snapshot
    store: Store
    dumps: tuple[Dump, ...] = ()
    tables: Tables = field(default_factory=Tables)
    archive: Archive = field(default_factory=Archive)
    labels: LabelIndex = field(init=False)
    known: InitVar[LabelIndex | None] = None

    def __post_init__(self, known: LabelIndex | None) -> None:
        """Index the names, once for all that look them up, where they are not `known`."""
        object.__setattr__(self, "labels", known or label_index(self.snapshot))
