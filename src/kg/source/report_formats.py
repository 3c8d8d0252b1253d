"""Write a validation report for people (storey 1)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from kg.errors import with_caret
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
        yield f"{result.severity.label}  {str(result.place) or '(no file)'}"
        if result.line:
            yield from with_caret(result.excerpt, result.column)
        for name, value in _fields(result, prefixes):
            yield f"  {name:<6} {value}"
        yield ""


def _sums(report: Report, prefixes: Prefixes) -> Iterator[str]:
    """Yield a block for each source shape and path of the infos, the most frequent first."""
    groups: dict[tuple[str, str, str], list[ValidationResult]] = defaultdict(list)
    for result in report.results:
        if result.severity is Severity.INFO:
            # shapes and paths without a name are as many as there are
            key = (_shape(result, prefixes), result.source_shape, result.path)
            groups[key].append(result)
    for (shape, _, path), results in sorted(
        groups.items(), key=lambda item: (-len(item[1]), item[0])
    ):
        yield f"{Severity.INFO.label}  {len(results):,} x {shape}"
        if results[0].file:
            yield f"  first  {results[0].place}"
        if _is_named(path):
            yield f"  path   {_short(path, prefixes)}"
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
    if _is_named(result.path):
        yield "path", _short(result.path, prefixes)
    if result.value:
        yield "value", result.value
    if result.related.file:
        yield "from", str(result.related)
    yield "shape", _shape(result, prefixes)
    if result.shape_place.line:
        yield "", str(result.shape_place)
    yield "", result.message


def _shape(result: ValidationResult, prefixes: Prefixes) -> str:
    named = _is_named(result.source_shape)
    return _short(result.source_shape, prefixes) if named else result.component


def _is_named(node: str) -> bool:
    """Return whether it is an IRI: a label would say nothing, the place of the shape does."""
    return ":" in node


def _short(iri: str, prefixes: Prefixes) -> str:
    return prefixes.shrink(iri) or (f"<{iri}>" if ":" in iri else iri)
