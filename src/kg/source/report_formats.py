"""Write a validation report for people (storey 1)."""

from collections import Counter
from collections.abc import Iterator

from kg.rdf.namespaces import Prefixes
from kg.source.report import Report, Severity, ValidationResult


def report_as_text(report: Report, prefixes: Prefixes) -> str:
    """Return the report as lines of plain text: each result with its place, then the verdict."""
    return "\n".join([*_results(report, prefixes), verdict(report)])


def verdict(report: Report) -> str:
    """Return one line: conforms or not, and how many results of each severity.

    >>> verdict(Report((), 12))
    'conforms: 12 shapes, no results'
    """
    found = Counter(result.severity for result in report.results)
    counts = [
        _counted(found[severity], severity.label.lower())
        for severity in Severity
        if found[severity]
    ]
    if not report.shapes:
        return "not validated: there are no shapes"
    word = "conforms" if report.conforms else "does not conform"
    return f"{word}: {_counted(report.shapes, 'shape')}, {', '.join(counts) or 'no results'}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _results(report: Report, prefixes: Prefixes) -> Iterator[str]:
    for result in report.results:
        yield f"{result.severity.label}  {result.file or '(no file)'}"
        for name, value in _fields(result, prefixes):
            yield f"  {name:<6} {value}"
        yield ""


def _fields(result: ValidationResult, prefixes: Prefixes) -> Iterator[tuple[str, str]]:
    yield "focus", _short(result.focus_node, prefixes)
    if result.path:
        yield "path", _short(result.path, prefixes)
    if result.value:
        yield "value", result.value
    yield "shape", _short(result.source_shape, prefixes) or result.component
    yield "", result.message


def _short(iri: str, prefixes: Prefixes) -> str:
    return prefixes.shrink(iri) or (f"<{iri}>" if ":" in iri else iri)
