"""Write a validation report as GitHub's annotations (storey 1): workflow commands on lines.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterator

from kg.source.findings import Finding, Findings, sums
from kg.source.report import Place, Severity
from kg.source.reports.extent import end_column
from kg.source.reports.text import about, advice, verdict

COMMANDS = ("error", "warning", "notice")

# in this order: the sign of an escape first
IN_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
IN_PROPERTY = (*IN_MESSAGE, (":", "%3A"), (",", "%2C"))


def report_as_annotations(findings: Findings) -> str:
    """Return a line for each violation and warning, and one for each shape and path of infos.

    The verdict and the notes are notices without a place.
    """
    lines = [
        *(_line(one, findings) for one in findings.items if one.result.severity < Severity.INFO),
        *_sums(findings),
        *(command("notice", note) for note in (*findings.notes, verdict(findings.report))),
    ]
    return "\n".join(lines) + "\n"


def command(name: str, message: str, **properties: str) -> str:
    r"""Return a workflow command; properties without a value are left out.

    >>> command("error", "50% of\nit", file="a,b.ttl", line="3")
    '::error file=a%2Cb.ttl,line=3::50%25 of%0Ait'
    """
    given = (f"{key}={_escaped(value, IN_PROPERTY)}" for key, value in properties.items() if value)
    said = ",".join(given)
    return f"::{name}{' ' if said else ''}{said}::{_escaped(message, IN_MESSAGE)}"


def _escaped(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for character, escape in escapes:
        text = text.replace(character, escape)
    return text


def _line(finding: Finding, findings: Findings) -> str:
    result = finding.result
    lines = [" ".join(about(finding, findings)), finding.rule.constraint, *advice(finding)]
    message = "\n".join(filter(None, lines))
    return _at(result.place, COMMANDS[result.severity], message, finding.rule.id)


def _sums(findings: Findings) -> Iterator[str]:
    for group in sums(findings):
        first = group[0]
        message = "\n".join([f"{len(group):,} times, here for the first time", *advice(first)])
        yield _at(first.result.place, COMMANDS[Severity.INFO], message, first.rule.id)


def _at(place: Place, name: str, message: str, title: str) -> str:
    line, column = (str(place.line), str(place.column)) if place.line else ("", "")
    end = str(end_column(place) or "")
    return command(
        name,
        message,
        file=place.file,
        line=line,
        col=column,
        endLine=line if end else "",
        endColumn=end,
        title=title,
    )
