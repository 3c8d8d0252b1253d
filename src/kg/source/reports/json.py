"""Write a validation report as JSON (storey 1), in the shape that docs/reports.md describes."""

import json
from dataclasses import asdict
from typing import Any

from kg.source.findings import Finding, Findings
from kg.source.report import Place, Severity, focus_of
from kg.source.reports.text import verdict

# a change that breaks readers makes it 2
VERSION = 1


def report_as_json(findings: Findings) -> str:
    """Return the report as a JSON document; keys keep their order, results that of the report."""
    report = findings.report
    rules = {one.rule.id: asdict(one.rule) for one in findings.items}
    document = {
        "version": VERSION,
        "verdict": verdict(report),
        "conforms": report.conforms,
        "shapes": report.shapes,
        "counts": {severity.label: report.count(severity) for severity in Severity},
        "notes": list(findings.notes),
        "rules": [rules[id_] for id_ in sorted(rules)],
        "results": [_result(one) for one in findings.items],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _result(finding: Finding) -> dict[str, Any]:
    result = finding.result
    return {
        "fingerprint": finding.fingerprint,
        "severity": result.severity.label,
        "rule": finding.rule.id,
        "message": result.message,
        "focusNode": result.focus_node,
        "focusTerm": focus_of(result),
        "path": finding.path,
        "value": result.value,
        "sourceShape": result.source_shape,
        "component": result.component,
        "place": _place(result.place),
        "focusPlace": _place(result.related),
        "shapePlace": _place(result.shape_place),
    }


def _place(place: Place) -> dict[str, Any] | None:
    """Return a place, null where not even the file is known."""
    return asdict(place) if place.file else None
