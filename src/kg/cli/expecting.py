"""What `kg validate` asks of stored queries (storey 5)."""

from kg.cli.asking import store_of
from kg.dataset.queries import read_queries
from kg.dataset.snapshot import build
from kg.source.checks.expectations import EXPECTED_ROWS
from kg.source.loading import Source
from kg.source.report import Report, report_of
from kg.store.expecting import unexpected
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
        with store_of(project, snapshot) as store:
            found = list(unexpected(snapshot, store, project.limits, project.folders.queries))
    return report_of([*report.results, *found], report.shapes)
