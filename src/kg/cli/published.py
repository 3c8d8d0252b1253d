"""What `kg validate` holds against the newest published version (storey 5)."""

from kg.project import versions_folder
from kg.source.loading import Source
from kg.source.report import Report, report_of
from kg.terminal import doing
from kg.versions.terms import lost_terms
from kg.versions.version import read_versions


def with_terms_kept(source: Source, report: Report) -> Report:
    """Return the report with a result for each published term that is lost or means otherwise.

    Where nothing was published, nothing is held against anything.
    """
    folder = versions_folder(source.project)
    versions = read_versions(folder) if folder else ()
    if not versions:
        return report
    with doing(f"comparing the terms with version {versions[-1].number}"):
        found = lost_terms(source, versions[-1])
    return report_of([*report.results, *found], report.shapes)
