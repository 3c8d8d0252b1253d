"""Publish a folder of Turtle as validated, versioned, dereferenceable linked data.

The flow is a row of functions, each from one immutable value to the next:

    project = open_project(Path("."))
    source = load(project)
    report = validate(source)
    snapshot = build(source, report)
    description = describe(snapshot, "https://w3id.org/claimgraph/id/claim/c-0045")

docs/api.md describes all of them; `kg.web.app.create_app` makes the web application.
"""

from kg.dataset.description import Description, describe, label
from kg.dataset.queries import StoredQuery, read_queries
from kg.dataset.snapshot import Snapshot, build, instances
from kg.dataset.tables import Tables
from kg.errors import KgError
from kg.project import Project, open_project
from kg.publication import Publication
from kg.source.checking import check
from kg.source.loading import Source, load
from kg.source.report import Report, Severity, ValidationResult
from kg.source.shapes import validate
from kg.store.base import Answer, SparqlRequest, Store
from kg.store.opening import open_store
from kg.store.tabling import tables_of
from kg.views.representation import Representation, represent

__version__ = "0.1.0"

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
