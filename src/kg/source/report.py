"""What validation found (storey 1): one result model that every report format is written from."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How bad a result is, worst first; the names are SHACL's.

    Source: https://www.w3.org/TR/shacl/#severity
    """

    VIOLATION = 0
    WARNING = 1
    INFO = 2

    @property
    def label(self) -> str:
        """SHACL's local name: Violation, Warning or Info."""
        return self.name.capitalize()


@dataclass(frozen=True, slots=True, order=True)
class ValidationResult:
    """One validation result, SHACL's or of a check of ours.

    `file` is where the focus node is described, relative to the project's root, "" where that
    is nowhere; IRIs are full, `value` is a term as N-Triples writes it, "" where there is none.
    Source: https://www.w3.org/TR/shacl/#results-validation-result
    """

    severity: Severity
    file: str
    focus_node: str
    source_shape: str
    path: str
    value: str
    message: str
    component: str


@dataclass(frozen=True, slots=True)
class Report:
    """All validation results, sorted by severity, file and focus node; each once.

    `shapes` counts the node and property shapes that were applied: a data set that no shape
    describes conforms, and the reader should know.
    """

    results: tuple[ValidationResult, ...]
    shapes: int

    @property
    def conforms(self) -> bool:
        """Whether the data has no violation; warnings and infos do not stop publication."""
        return not self.count(Severity.VIOLATION)

    def count(self, severity: Severity) -> int:
        """Return how many results have this severity."""
        return sum(result.severity is severity for result in self.results)


def report_of(results: Iterable[ValidationResult], shapes: int) -> Report:
    """Return a report of the results, sorted and each once."""
    return Report(tuple(sorted(set(results))), shapes)
