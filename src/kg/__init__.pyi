"""The names of `kg`, where each is from; `__init__.py` imports a module when it is first used."""

from .dataset.description import Description, describe, label
from .dataset.queries import StoredQuery, read_queries
from .dataset.snapshot import Snapshot, build, instances
from .dataset.tables import Tables
from .errors import KgError
from .project import Project, open_project
from .publication import Publication
from .source.checking import check
from .source.loading import Source, load
from .source.report import Report, Severity, ValidationResult
from .source.shapes import validate
from .store.base import Answer, SparqlRequest, Store
from .store.opening import open_store
from .store.tabling import tables_of
from .views.representation import Representation, represent

__version__: str

__all__ = [
    "Answer",
    "Description",
    "KgError",
    "Project",
    "Publication",
    "Report",
    "Representation",
    "Severity",
    "Snapshot",
    "Source",
    "SparqlRequest",
    "Store",
    "StoredQuery",
    "Tables",
    "ValidationResult",
    "build",
    "check",
    "describe",
    "instances",
    "label",
    "load",
    "open_project",
    "open_store",
    "read_queries",
    "represent",
    "tables_of",
    "validate",
]
