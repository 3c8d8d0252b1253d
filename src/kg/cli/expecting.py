"""What `kg validate` asks of stored queries (storey 5)."""

from dataclasses import replace

from kg.dataset.queries import read_queries
from kg.dataset.snapshot import build
from kg.source.checks.expectations import EXPECTED_ROWS
from kg.source.loading import Source
from kg.source.report import Report, report_of
from kg.store.expecting import unexpected
from kg.store.opening import open_store
from kg.terminal import doing


def with_expectations(source: Source, report: Report) -> Report:
    """Return the report with a result for each stored query that finds what it does not expect.

    Queries are answered over the files, in a process of their own. Where none expects anything,
    nothing is asked.
    """
    project = source.project
    off = EXPECTED_ROWS.id in dict(project.checks)
    queries = () if off else tuple(one for one in read_queries(source) if one.expect)
    if not queries:
        return report
    with doing("asking the stored queries"):
        snapshot = build(source, report, queries)
        store = open_store(replace(project.store, kind="worker", workers=1), snapshot)
        try:
            found = list(unexpected(snapshot, store, project.limits, project.folders.queries))
        finally:
            store.close()
    return report_of([*report.results, *found], report.shapes)
