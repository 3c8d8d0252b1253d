"""Files that cannot be read (storey 1): the rule, and its results.

They stop the load, so that no check is run; for programs that read reports they are results.
"""

from collections.abc import Sequence
from urllib.parse import quote

from kg.errors import Problem
from kg.source.checks.check import Check, Fault, nothing, result_of
from kg.source.report import Place, Report, Severity, ValidationResult, report_of

SYNTAX = Check(
    "syntax",
    Severity.VIOLATION,
    "A file that cannot be read.",
    "Nothing is validated, served or published while a file cannot be read: half of the data would "
    "look like all of it.",
    nothing,
)


def unreadable(problems: Sequence[Problem]) -> Report:
    """Return a report of what is wrong with files that cannot be read.

    The focus node of a result is the file, as an IRI without an authority.
    """
    return report_of(map(_result, problems), 0)


def _result(problem: Problem) -> ValidationResult:
    at = Place(problem.file, problem.line, problem.column, problem.excerpt)
    fault = Fault(problem.message, at, f"file:{quote(problem.file)}")
    return result_of(SYNTAX, fault, at, Place())
