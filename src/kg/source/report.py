"""What validation found (storey 1): one result model that every report format is written from."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from pyoxigraph import Literal


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
class Place:
    """Where a term begins: a file, relative to the project's root, its line and column.

    Both count from 1, columns in characters; they are 0 where only the file is known, and the
    file is "" where nothing is. `excerpt` is the line around that column, as `with_caret` takes it.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""

    def __str__(self) -> str:
        """Return `file:line:column`, or as much of it as is known."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class ValidationResult:
    """One validation result, SHACL's or of a check of ours.

    IRIs are full, `value` is a term as N-Triples writes it, "" where there is none. `file`,
    `line`, `column` and `excerpt` say where the offending term is, as in a `Place`. `related` is
    the focus node, where a path of several steps ends elsewhere; `shape_place` is the source
    shape's.
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
    line: int = 0
    column: int = 0
    excerpt: str = ""
    related: Place = Place()
    shape_place: Place = Place()

    @property
    def place(self) -> Place:
        """Where the offending term is."""
        return Place(self.file, self.line, self.column, self.excerpt)


@dataclass(frozen=True, slots=True)
class Report:
    """All validation results, sorted by severity, place and focus node; each once.

    `shapes` counts the node and property shapes that were applied: a data set that no shape
    describes conforms, and the reader should know. `earlier` is of what was validated before it was
    published, when nobody kept how many shapes there were.
    """

    results: tuple[ValidationResult, ...]
    shapes: int
    earlier: bool = False

    @property
    def conforms(self) -> bool:
        """Whether the data has no violation; warnings and infos do not stop publication."""
        return not self.count(Severity.VIOLATION)

    def count(self, severity: Severity) -> int:
        """Return how many results have this severity."""
        return sum(result.severity is severity for result in self.results)


def node_of(text: str) -> str:
    """Return an IRI or a blank node's label, as results have them, as N-Triples writes it."""
    return f"<{text}>" if ":" in text else f"_:{text}"


def focus_of(result: ValidationResult) -> str:
    """Return the focus node of a result as N-Triples writes it.

    Of a literal a result has the text only; it has no properties, so that its value is itself.
    """
    itself = not result.path and result.value.startswith(str(Literal(result.focus_node)))
    return result.value if itself else node_of(result.focus_node)


def report_of(results: Iterable[ValidationResult], shapes: int) -> Report:
    """Return a report of the results, sorted and each once."""
    in_order = sorted(set(results), key=lambda one: (one.severity, one.place, one))
    return Report(tuple(in_order), shapes)
