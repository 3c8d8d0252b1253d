"""Write a validation report as JUnit XML (storey 1), for what shows results of tests.

Source: https://github.com/testmoapp/junitxml, which describes what its readers agree on
"""

from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from kg.rdf.xml import holdable
from kg.source.findings import Finding, Findings
from kg.source.report import Severity
from kg.source.reports.text import about, cut, fields, verdict


def report_as_junit(findings: Findings) -> str:
    """Return the report as a test suite for each shape, with a test case for each result.

    Violations are failures, warnings and infos skipped tests. Without results there is one case
    that passes, because many readers take a file without cases for a fault.
    """
    groups: dict[str, list[Finding]] = defaultdict(list)
    for one in findings.items:
        groups[one.rule.id].append(one)
    root = ET.Element("testsuites", {"name": "kg validate", **_counts(findings.items)})
    for id_, group in sorted(groups.items()):
        suite = ET.SubElement(root, "testsuite", {"name": holdable(id_), **_counts(group)})
        for one in group:
            _case(suite, one, findings)
    if not groups:
        root.set("tests", "1")
        suite = ET.SubElement(root, "testsuite", {"name": "kg validate", **_counts((), passed=1)})
        case = {"name": verdict(findings.report), "classname": "kg", "time": "0"}
        ET.SubElement(suite, "testcase", case)
    for note in findings.notes:
        ET.SubElement(root[0], "system-out").text = holdable(note)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _counts(group: Sequence[Finding], passed: int = 0) -> dict[str, str]:
    failed = sum(one.result.severity is Severity.VIOLATION for one in group)
    tests, skipped = len(group) + passed, len(group) - failed
    return {
        "tests": str(tests),
        "failures": str(failed),
        "errors": "0",
        "skipped": str(skipped),
        "time": "0",
    }


def _case(suite: ET.Element, finding: Finding, findings: Findings) -> None:
    result = finding.result
    name = " ".join(about(finding, findings))
    # names that come twice are shown once by many readers
    case = ET.SubElement(
        suite,
        "testcase",
        name=holdable(f"{name} ({result.place})"),
        classname=holdable(finding.rule.id),
        time="0",
    )
    if result.line:
        case.set("file", holdable(result.file))
        case.set("line", str(result.line))
    failed = result.severity is Severity.VIOLATION
    outcome = ET.SubElement(
        case, "failure" if failed else "skipped", message=holdable(cut(result.message))
    )
    outcome.set("type", result.severity.label)
    said = (f"{field:<6} {value}" for field, value in fields(finding, findings))
    outcome.text = holdable("\n".join([f"{result.severity.label} {result.place}", *said]))
