"""Write a validation report for people (storey 1)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from kg.rdf.namespaces import Prefixes
from kg.source.report import Report, Severity, ValidationResult

# focus nodes that are named where infos are summed up
EXAMPLES = 3


def report_as_text(report: Report, prefixes: Prefixes) -> str:
    """Return the report as lines of plain text: the results with their places, then the verdict.

    Each violation and warning is a block of its own. Infos are summed up, one block for each
    shape and path: they measure coverage, and there may be one for every node.
    """
    return "\n".join([*_results(report, prefixes), *_sums(report, prefixes), verdict(report)])


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
        if result.severity is Severity.INFO:
            continue
        yield f"{result.severity.label}  {result.file or '(no file)'}"
        for name, value in _fields(result, prefixes):
            yield f"  {name:<6} {value}"
        yield ""


def _sums(report: Report, prefixes: Prefixes) -> Iterator[str]:
    """Yield a block for each source shape and path of the infos, the most frequent first."""
    groups: dict[tuple[str, str], list[ValidationResult]] = defaultdict(list)
    for result in report.results:
        if result.severity is Severity.INFO:
            groups[_shape(result, prefixes), _short(result.path, prefixes)].append(result)
    for (shape, path), results in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{Severity.INFO.label}  {len(results):,} x {shape}"
        if path:
            yield f"  path   {path}"
        for name, value in zip_longest(("focus",), _examples(results, prefixes), fillvalue=""):
            yield f"  {name:<6} {value}"
        yield f"         {results[0].message}"
        yield ""


def _examples(results: Sequence[ValidationResult], prefixes: Prefixes) -> list[str]:
    nodes = list(dict.fromkeys(result.focus_node for result in results))
    shown = [_short(node, prefixes) for node in nodes[:EXAMPLES]]
    return [*shown, f"and {len(nodes) - EXAMPLES:,} more"] if len(nodes) > EXAMPLES else shown


def _fields(result: ValidationResult, prefixes: Prefixes) -> Iterator[tuple[str, str]]:
    yield "focus", _short(result.focus_node, prefixes)
    if result.path:
        yield "path", _short(result.path, prefixes)
    if result.value:
        yield "value", result.value
    yield "shape", _shape(result, prefixes)
    yield "", result.message


def _shape(result: ValidationResult, prefixes: Prefixes) -> str:
    return _short(result.source_shape, prefixes) or result.component


def _short(iri: str, prefixes: Prefixes) -> str:
    return prefixes.shrink(iri) or (f"<{iri}>" if ":" in iri else iri)
