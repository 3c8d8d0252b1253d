"""Write a validation report for people (storey 1): plain text, or painted for a terminal."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from kg.errors import with_caret
from kg.rdf.lines import visible
from kg.source.findings import Finding, Findings, by_rule, sums
from kg.source.report import Report, Severity, focus_of

# focus nodes that are named where infos are summed up
EXAMPLES = 3
# characters of one value, path or sentence
LONGEST = 500

# gives a text the looks of a role: a severity's label, "caret" or "soft"
Paint = Callable[[str, str], str]


def plain(text: str, role: str) -> str:  # noqa: ARG001 - without colours every role looks the same
    """Return the text as it is."""
    return text


def report_as_text(findings: Findings, paint: Paint = plain) -> str:
    """Return the report as lines of text: the results, counts by shape, notes, the verdict.

    Each violation and warning is a block of its own, with its place, the line and a caret, the
    rule and advice. Infos are summed up, one block for each shape and path.
    """
    return "\n".join(
        [
            *_results(findings, paint),
            *_sums(findings, paint),
            *_counts(findings, paint),
            *findings.notes,
            _painted_verdict(findings.report, paint),
        ]
    )


def verdict(report: Report) -> str:
    """Return one line: conforms or not, and how many results of each severity.

    >>> verdict(Report((), 12))
    'conforms: 12 shapes, no results'
    """
    found = Counter(result.severity for result in report.results)
    counts = [
        counted(found[severity], severity.label.lower()) for severity in Severity if found[severity]
    ]
    if report.earlier:
        return "validated before it was published"
    if not report.shapes and report.conforms:
        return ", ".join(["not validated: there are no shapes", *counts])
    word = "conforms" if report.conforms else "does not conform"
    return f"{word}: {counted(report.shapes, 'shape')}, {', '.join(counts) or 'no results'}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 shape, 1,234 shapes."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def cut(text: str) -> str:
    """Return the text, or its beginning where a reader would not read on."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def fields(finding: Finding, findings: Findings) -> Iterator[tuple[str, str]]:
    """Yield what is known of a result besides severity and place, each with its name."""
    result, rule = finding.result, finding.rule
    yield "focus", cut(findings.focus(finding))
    if finding.path:
        yield "path", cut(finding.path)
    if result.value:
        yield "value", cut(result.value)
    if result.related.file:
        yield "from", str(result.related)
    yield "shape", rule.id
    if result.shape_place.line:
        yield "", str(result.shape_place)
    if rule.constraint:
        yield "rule", rule.constraint
    yield from (("", line) for line in advice(finding))


def about(finding: Finding, findings: Findings) -> list[str]:
    """Return what a result is about: focus node, path and value, those that there are."""
    result = finding.result
    value = "" if result.value == focus_of(result) else result.value
    return [cut(text) for text in (findings.focus(finding), finding.path, value) if text]


def advice(finding: Finding) -> list[str]:
    """Return what the shape says in words: its message, and its description."""
    said = (finding.result.message, finding.rule.description)
    lines = (cut(line) for text in said for line in text.splitlines() if line.strip())
    return list(dict.fromkeys(lines))


def _results(findings: Findings, paint: Paint) -> Iterator[str]:
    for one in findings.items:
        result = one.result
        if result.severity is Severity.INFO:
            continue
        yield f"{_label(result.severity, paint)}  {visible(str(result.place)) or '(no file)'}"
        if result.line:
            source, caret = with_caret(visible(result.excerpt), result.column)
            yield from (source, paint(caret, "caret"))
        for name, value in fields(one, findings):
            yield f"  {paint(f'{name:<6}', 'soft')} {visible(value)}"
        yield ""


def _sums(findings: Findings, paint: Paint) -> Iterator[str]:
    """Yield a block for each shape and path of the infos."""
    for group in sums(findings):
        first = group[0]
        yield f"{_label(Severity.INFO, paint)}  {len(group):,} x {visible(first.rule.id)}"
        rows = [("first", str(first.result.place))] if first.result.file else []
        rows += [("path", first.path)] if first.path else []
        rows += zip_longest(("focus",), _examples(group, findings), fillvalue="")
        rows += [("", line) for line in advice(first)]
        yield from (f"  {paint(f'{name:<6}', 'soft')} {visible(value)}" for name, value in rows)
        yield ""


def _examples(group: Sequence[Finding], findings: Findings) -> list[str]:
    nodes = list(dict.fromkeys(cut(findings.focus(one)) for one in group))
    shown = nodes[:EXAMPLES]
    return [*shown, f"and {len(nodes) - EXAMPLES:,} more"] if len(nodes) > EXAMPLES else shown


def _counts(findings: Findings, paint: Paint) -> Iterator[str]:
    """Yield how many results each shape has, where there is more than one to count."""
    if len(findings.items) < 2:
        return
    yield "by shape"
    for severity, rule, count in by_rule(findings):
        label = f"{severity.label:<9}"
        yield f"  {count:>6,}  {paint(label, severity.label)}  {visible(rule.id)}"
    yield ""


def _label(severity: Severity, paint: Paint) -> str:
    return paint(severity.label, severity.label)


def _painted_verdict(report: Report, paint: Paint) -> str:
    word, colon, rest = verdict(report).partition(":")
    role = Severity.VIOLATION.label if not report.conforms else "good" if report.shapes else "soft"
    return f"{paint(word, role)}{colon}{rest}"
