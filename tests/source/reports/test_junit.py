from xml.etree import ElementTree as ET

from junitparser import Failure, JUnitXml, Skipped

from kg.source.report import Severity
from kg.source.reports.junit import report_as_junit
from tests.source.conftest import result


def read(findings) -> JUnitXml:
    """The report as a program for JUnit reads it."""
    return JUnitXml.fromroot(ET.fromstring(report_as_junit(findings)))


def test_violations_fail_and_other_results_are_skipped(findings):
    results = [result(severity, line=4, column=2) for severity in Severity]
    report = read(findings(*results))
    assert (3, 1, 0, 2) == (report.tests, report.failures, report.errors, report.skipped)
    outcomes = [type(case.result[0]) for suite in report for case in suite]
    assert [Failure, Skipped, Skipped] == outcomes


def test_the_counts_are_those_that_a_program_makes(findings):
    results = [result(value=f'"{n}"', source_shape=f"http://e.org/{n % 2}") for n in range(5)]
    said, counted = read(findings(*results)), read(findings(*results))
    counted.update_statistics()
    for suite, again in zip(said, counted, strict=True):
        assert (suite.tests, suite.failures, suite.skipped) == (
            again.tests,
            again.failures,
            again.skipped,
        )


def test_a_case_names_shape_place_and_advice(findings):
    given = findings(result(line=4, column=2))
    (suite,) = read(given)
    (case,) = suite
    assert ("ex:S-name", "ex:S-name") == (suite.name, case.classname)
    assert 'ex:a ex:name "x" (data/a.ttl:4:2)' == case.name
    assert ("It has a name.", "Violation") == (case.result[0].message, case.result[0].type)
    attributes = ET.fromstring(report_as_junit(given)).find(".//testcase").attrib
    assert ("data/a.ttl", "4") == (attributes["file"], attributes["line"])


def test_without_results_one_case_passes(findings):
    report = read(findings(count=12))
    (case,) = [case for suite in report for case in suite]
    assert (1, 0) == (report.tests, report.failures)
    assert case.is_passed
    assert "conforms: 12 shapes, no results" == case.name


def test_what_xml_cannot_hold_is_replaced(findings):
    (suite,) = read(findings(result(message="<&>\x00\x1b \ud800"[:6])))
    (case,) = suite
    assert "<&>\ufffd\ufffd " == case.result[0].message


def test_notes_are_told(findings):
    text = report_as_junit(findings(result()).only(lambda _: True, "Hidden: 2 known results."))
    assert "<system-out>Hidden: 2 known results.</system-out>" in text
