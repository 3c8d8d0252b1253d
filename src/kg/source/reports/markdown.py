"""Write a validation report as Markdown (storey 1), as the summary of a job shows it.

Source: https://github.github.com/gfm/
"""

import re
from collections.abc import Iterable, Iterator

from kg.rdf.lines import visible
from kg.source.findings import Finding, Findings, by_rule
from kg.source.report import Severity
from kg.source.reports.text import about, advice, cut, verdict
from kg.source.rules import Rule

# results that are listed; a summary may have a megabyte
SHOWN = 200

# what means something inside a line of GitHub's Markdown, mentions, emoji and formulas included
SIGNS = re.compile(r"""[!"#$&()*:<>@\[\\\]_`{|}~]""")


def report_as_markdown(findings: Findings) -> str:
    """Return the report as a heading, a table of shapes and a table of the worst results."""
    report = findings.report
    parts = [f"### {'✅' if report.conforms else '❌'} {_text(verdict(report))}"]
    parts += [_text(note) for note in findings.notes]
    if findings.items:
        parts += ["\n".join(_counts(findings)), "\n".join(_results(findings))]
    left = len([one for one in findings.items if _is_listed(one)]) - SHOWN
    if left > 0:
        parts.append(f"… and {left:,} more.")
    return "\n\n".join(parts) + "\n"


def _is_listed(finding: Finding) -> bool:
    # infos are in the counts: there may be one for every node
    return finding.result.severity is not Severity.INFO


def _counts(findings: Findings) -> Iterator[str]:
    yield from _head("Results", "Severity", "Shape", "What it says")
    firsts = {one.rule.id: one for one in reversed(findings.items)}
    for severity, rule, count in by_rule(findings):
        said = rule.description or firsts[rule.id].result.message
        yield _row(f"{count:,}", severity.label, _name(rule), _text(cut(said)))


def _results(findings: Findings) -> Iterator[str]:
    listed = [one for one in findings.items if _is_listed(one)]
    if not listed:
        return
    yield from _head("Place", "Severity", "What", "Advice")
    for one in listed[:SHOWN]:
        result = one.result
        what = [*about(one, findings), one.rule.constraint]
        yield _row(
            _code(str(result.place)),
            result.severity.label,
            "<br>".join(_code(text) for text in what if text),
            f"{'<br>'.join(map(_text, advice(one)))} ({_name(one.rule)})",
        )


def _head(*names: str) -> Iterable[str]:
    return (_row(*names), _row(*("---" for _ in names)))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _name(rule: Rule) -> str:
    name = _code(rule.id)
    return f'<a href="{_text(rule.help)}">{name}</a>' if rule.help else name


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>" if text else ""


def _text(text: str) -> str:
    """Return the text as one line in which nothing is Markdown or HTML."""
    # a reference to a character is never a sign of Markdown
    return SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", visible(text.replace("\n", " ")))
