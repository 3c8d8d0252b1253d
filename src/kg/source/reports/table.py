"""The table of report formats (storey 1): a new one is a row here, and a function.

The choices of `kg validate --format` and what `/validate` offers follow from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kg.rdf.formats import (
    FORMATS,
    HTML,
    JUNIT,
    MARKDOWN,
    PLAIN_JSON,
    SARIF,
    TEXT,
    AnyFormat,
)
from kg.source.findings import Findings
from kg.source.reports.github import report_as_annotations
from kg.source.reports.html import report_as_html
from kg.source.reports.json import report_as_json
from kg.source.reports.junit import report_as_junit
from kg.source.reports.markdown import report_as_markdown
from kg.source.reports.sarif import report_as_sarif
from kg.source.reports.shacl import report_as_rdf
from kg.source.reports.text import report_as_text


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format of reports: the word for it, what it is sent as, and what writes it."""

    name: str
    format: AnyFormat
    write: Callable[[Findings], str]


# the first is the default; annotations share its media type and are had by their name only
REPORT_FORMATS = (
    ReportFormat("text", TEXT, report_as_text),
    ReportFormat("html", HTML, report_as_html),
    ReportFormat("json", PLAIN_JSON, report_as_json),
    ReportFormat("sarif", SARIF, report_as_sarif),
    ReportFormat("junit", JUNIT, report_as_junit),
    ReportFormat("markdown", MARKDOWN, report_as_markdown),
    ReportFormat("github", TEXT, report_as_annotations),
    *(
        ReportFormat(
            format_.name.lower().replace("/", "-"), format_, partial(report_as_rdf, format_=format_)
        )
        for format_ in FORMATS
    ),
)


def find_report_format(name: str) -> ReportFormat | None:
    """Return the format of reports with that name, in any case, or None."""
    return next((row for row in REPORT_FORMATS if row.name == name.lower()), None)
