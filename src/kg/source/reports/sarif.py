"""Write a validation report as SARIF 2.1.0 (storey 1), for what shows results of analyses.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
import re
from typing import Any
from urllib.parse import quote

from kg.source.findings import Finding, Findings
from kg.source.report import Place
from kg.source.reports.extent import end_column
from kg.source.reports.text import about, advice, cut
from kg.source.rules import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# what readers put in the place of this is the root of the checkout
ROOT = "%SRCROOT%"
# by severity
LEVELS = ("error", "warning", "note")
# the name of our fingerprints; another way to make them gets another number
# Source: section 3.27.17 partialFingerprints property
FINGERPRINT = "kgResult/v1"

# up to the first full stop that ends a sentence
SENTENCE = re.compile(r".*?(?:\.(?=\s)|$)", re.DOTALL)


def report_as_sarif(findings: Findings) -> str:
    """Return the report as a log of one run, with a rule for each shape that has results.

    Columns are counted in code points, and paths are relative to a root that readers know.
    """
    # imported here because the package imports this module
    from kg import __version__

    firsts = {one.rule.id: one for one in reversed(findings.items)}
    numbers = {id_: number for number, id_ in enumerate(sorted(firsts))}
    driver = {
        "name": "kg",
        "semanticVersion": __version__,
        "rules": [_rule(firsts[id_]) for id_ in numbers],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The folder that all paths are relative to."}}
        },
        "invocations": [_invocation(findings)],
        "results": [_result(one, numbers[one.rule.id], findings) for one in findings.items],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _invocation(findings: Findings) -> dict[str, Any]:
    notes = [{"level": "note", "message": {"text": note}} for note in findings.notes]
    more = {"toolExecutionNotifications": notes} if notes else {}
    return {"executionSuccessful": True, **more}


def _rule(first: Finding) -> dict[str, Any]:
    """Return a rule; `first` is the first of its results, whose message stands in for words."""
    rule = first.rule
    text = cut(rule.description or first.result.message or rule.constraint or rule.id)
    return {
        "id": rule.id,
        "shortDescription": {"text": _sentence(text)},
        "fullDescription": {"text": text},
        "help": {"text": _help(rule, text)},
        "defaultConfiguration": {"level": LEVELS[first.result.severity]},
        **({"helpUri": rule.help} if rule.help else {}),
    }


def _sentence(text: str) -> str:
    first = SENTENCE.match(text)
    return first[0] if first else text


def _help(rule: Rule, text: str) -> str:
    return "\n".join(filter(None, (text, rule.constraint, rule.help)))


def _result(finding: Finding, index: int, findings: Findings) -> dict[str, Any]:
    result = finding.result
    around = ((result.related, "the focus node"), (result.shape_place, "the shape"))
    related = [_location(*one, id_) for id_, one in enumerate(around) if one[0].file]
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": LEVELS[result.severity],
        "message": {"text": _message(finding, findings)},
        "locations": [_location(result.place)] if result.file else [],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            "focusNode": result.focus_node,
            "path": finding.path,
            "value": cut(result.value),
            "component": result.component,
        },
    }


def _message(finding: Finding, findings: Findings) -> str:
    return "\n".join([*advice(finding), " ".join(about(finding, findings))])


def _location(place: Place, text: str = "", id_: int = 0) -> dict[str, Any]:
    """Return a location: of a result, or one with an id around it, which the text explains."""
    outside = place.file.startswith("/")
    uri = f"file://{quote(place.file)}" if outside else quote(place.file)
    artifact = {"uri": uri, **({} if outside else {"uriBaseId": ROOT})}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": place.column, **_end(place)}
    more = {"id": id_, "message": {"text": text}} if text else {}
    return {**more, "physicalLocation": physical}


def _end(place: Place) -> dict[str, int]:
    """Return where the term at a place ends, nothing where that cannot be seen.

    Source: section 3.30.8 endColumn property: the column after the last character
    """
    end = end_column(place)
    return {"endLine": place.line, "endColumn": end} if end else {}
