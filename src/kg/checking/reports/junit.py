"""Write a verdict as JUnit XML, a test case for each check.

Source: https://github.com/testmoapp/junitxml
"""

from xml.etree import ElementTree as ET

from kg.checking.check import Level, Outcome, Result, Verdict
from kg.checking.reports.text import summary
from kg.rdf.xml import holdable


def verdict_as_junit(verdict: Verdict) -> str:
    """Return one test suite: what fails a MUST or SHOULD is a failure, what tells nothing skipped.

    What only goes against advice is skipped too, and says so.
    """
    failed = len(verdict.failed(Level.MUST, Level.SHOULD))
    passed = verdict.count(Outcome.PASSED)
    counts = {
        "tests": str(len(verdict.results)),
        "failures": str(failed),
        "errors": "0",
        "skipped": str(len(verdict.results) - failed - passed),
        "time": "0",
    }
    root = ET.Element("testsuites", {"name": "kg check", **counts})
    suite = ET.SubElement(root, "testsuite", {"name": holdable(verdict.url), **counts})
    for one in verdict.results:
        _case(suite, one)
    ET.SubElement(suite, "system-out").text = holdable(
        "\n".join([*verdict.notes, summary(verdict)])
    )
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _case(suite: ET.Element, result: Result) -> None:
    check = result.check
    names = {"name": check.id, "classname": f"kg.check.{check.level.value}", "time": "0"}
    case = ET.SubElement(suite, "testcase", names)
    if result.outcome is Outcome.PASSED:
        return
    fails = result.outcome is Outcome.FAILED and check.level is not Level.ADVICE
    message = check.sentence if result.outcome is Outcome.FAILED else result.why
    told = ET.SubElement(case, "failure" if fails else "skipped", message=holdable(message))
    if fails:
        told.set("type", check.level.value)
    lines = [f"{fault.asked}\n=> {fault.came}" for fault in result.faults]
    told.text = holdable("\n".join([check.sentence, check.clause, *lines]))
