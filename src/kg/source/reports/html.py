"""Write a validation report as a page that needs nothing else (storey 1): no script, no request."""

from collections.abc import Iterator
from html import escape

from kg.errors import with_caret
from kg.rdf.lines import visible
from kg.source.findings import Finding, Findings, by_rule
from kg.source.reports.text import advice, cut, verdict
from kg.source.rules import Rule

# nothing may be fetched or run, whatever the data says
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; }
th, td { padding: .2rem .8rem .2rem 0; text-align: start; vertical-align: top; }
section { margin: 1.5rem 0; padding-inline-start: .8rem; border-inline-start: 4px solid #888; }
section.Violation { border-color: #c0392b; }
section.Warning { border-color: #d68910; }
pre { overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
dd { margin: 0; }
h2 { font-size: 1.1rem; }
"""


def report_as_html(findings: Findings) -> str:
    """Return the report as an HTML document; every text in it is escaped."""
    title = _text(verdict(findings.report))
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
        f"<title>{title}</title>",
        f"<style>{STYLE}</style></head>",
        "<body><main>",
        f"<h1>{title}</h1>",
        *(f"<p>{_text(note)}</p>" for note in findings.notes),
        *_counts(findings),
        *(line for one in findings.items for line in _result(one, findings)),
        "</main></body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _counts(findings: Findings) -> Iterator[str]:
    if not findings.items:
        return
    yield "<table><thead><tr><th>Results</th><th>Severity</th><th>Shape</th></tr></thead><tbody>"
    for severity, rule, count in by_rule(findings):
        yield f"<tr><td>{count:,}</td><td>{severity.label}</td><td>{_name(rule)}</td></tr>"
    yield "</tbody></table>"


def _result(finding: Finding, findings: Findings) -> Iterator[str]:
    result = finding.result
    yield f'<section class="{result.severity.label}">'
    yield f"<h2>{result.severity.label} <code>{_text(str(result.place)) or 'no file'}</code></h2>"
    if result.line:
        source, caret = with_caret(visible(result.excerpt), result.column)
        yield f"<pre>{escape(source)}\n{caret}</pre>"
    yield from (f"<p>{_text(line)}</p>" for line in advice(finding))
    yield "<dl>"
    for name, value in _fields(finding, findings):
        yield f"<dt>{name}</dt><dd>{value}</dd>"
    yield "</dl>"
    yield "</section>"


def _fields(finding: Finding, findings: Findings) -> Iterator[tuple[str, str]]:
    result = finding.result
    texts = (
        ("focus node", findings.focus(finding)),
        ("path", finding.path),
        ("value", result.value),
        ("focus node at", str(result.related)),
        ("constraint", finding.rule.constraint),
        ("shape at", str(result.shape_place)),
    )
    yield from ((name, f"<code>{_text(text)}</code>") for name, text in texts if text)
    yield "shape", _name(finding.rule)


def _name(rule: Rule) -> str:
    name = f"<code>{_text(rule.id)}</code>"
    return f'<a href="{escape(rule.help)}">{name}</a>' if rule.help else name


def _text(text: str) -> str:
    return escape(visible(cut(text)))
