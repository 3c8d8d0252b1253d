import pytest

from kg.source.report import Place, Report, Severity, report_of
from kg.source.reports.text import report_as_text, verdict
from tests.conftest import REPO
from tests.source.conftest import EX, result


@pytest.mark.parametrize(
    ("severities", "shapes", "expected"),
    [
        ("", 12, "conforms: 12 shapes, no results"),
        ("", 1, "conforms: 1 shape, no results"),
        ("", 1234, "conforms: 1,234 shapes, no results"),
        ("", 0, "not validated: there are no shapes"),
        ("V", 2, "does not conform: 2 shapes, 1 violation"),
        ("VV", 2, "does not conform: 2 shapes, 2 violations"),
        ("W", 2, "conforms: 2 shapes, 1 warning"),
        ("WWII", 2, "conforms: 2 shapes, 2 warnings, 2 infos"),
        ("IWV", 2, "does not conform: 2 shapes, 1 violation, 1 warning, 1 info"),
    ],
)
def test_the_verdict_is_one_line_with_every_count(severities, shapes, expected):
    by_letter = {severity.label[0]: severity for severity in Severity}
    results = [result(by_letter[s], value=str(n)) for n, s in enumerate(severities)]
    assert expected == verdict(report_of(results, shapes))


def test_of_what_was_validated_earlier_nobody_says_that_there_are_no_shapes():
    assert "validated before it was published" == verdict(Report((), 0, earlier=True))


def test_a_result_is_shown_with_its_place_rule_and_message(findings):
    assert [
        "Violation  data/a.ttl",
        "  focus  ex:a",
        "  path   ex:name",
        '  value  "x"',
        "  shape  ex:S-name",
        "         It has a name.",
        "",
        "does not conform: 1 shape, 1 violation",
    ] == report_as_text(findings(result())).splitlines()


def test_a_result_with_a_line_is_shown_with_it_and_a_caret(findings):
    line = '\tex:a ex:name "x" .'
    shown = report_as_text(findings(result(line=3, column=15, excerpt=line)))
    first, source, caret = shown.splitlines()[:3]
    assert ("Violation  data/a.ttl:3:15", f"    {line}") == (first, source)
    assert "    \t             ^" == caret
    assert source.index('"x"') == caret.index("^")


def test_the_place_of_the_shape_and_of_a_far_focus_node_are_shown(findings):
    places = {"related": Place("data/b.ttl", 8, 1), "shape_place": Place("shapes/s.ttl", 9, 2)}
    assert [
        "  from   data/b.ttl:8:1",
        "  shape  ex:S-name",
        "         shapes/s.ttl:9:2",
    ] == report_as_text(findings(result(**places))).splitlines()[4:7]


def test_results_follow_the_lines_of_a_file():
    results = [result(line=line, focus_node=f"{EX}{20 - line}") for line in (10, 9, 2)]
    assert [2, 9, 10] == [one.line for one in report_of(results, 1).results]


def test_what_a_result_does_not_have_is_not_shown(findings):
    shown = report_as_text(findings(result(path="", value="", file="")))
    assert "Violation  (no file)" == shown.splitlines()[0]
    assert "path" not in shown
    assert "value" not in shown


@pytest.mark.parametrize(
    ("focus", "expected"),
    [(f"{EX}a/b", f"<{EX}a/b>"), ("urn:x", "<urn:x>"), ("b12x0", "b12x0")],
)
def test_a_focus_node_without_a_short_name_is_shown_whole(findings, focus, expected):
    shown = report_as_text(findings(result(focus_node=focus)))
    assert f"  focus  {expected}" in shown.splitlines()


def test_a_shape_without_a_name_is_shown_by_its_component(findings):
    shown = report_as_text(findings(result(source_shape="")))
    assert "  shape  MinCount" in shown.splitlines()
    shown = report_as_text(findings(result(source_shape="b1")))
    assert "  shape  MinCount" in shown.splitlines()


def test_the_worst_results_come_first_and_each_once(findings):
    results = [result(s) for s in (Severity.INFO, Severity.VIOLATION, Severity.WARNING)]
    lines = report_as_text(findings(*results * 2)).splitlines()
    expected = ["Violation  data/a.ttl", "Warning  data/a.ttl", "Info  1 x ex:S-name"]
    assert expected == [line for line in lines if line and line[0] in "VWI"]


def test_infos_are_summed_up_by_shape_with_three_nodes_and_the_message(findings):
    results = [
        result(Severity.INFO, focus_node=f"{EX}{letter}", line=2, column=1) for letter in "edcba"
    ]
    assert [
        "Info  5 x ex:S-name",
        "  first  data/a.ttl:2:1",
        "  path   ex:name",
        "  focus  ex:a",
        "         ex:b",
        "         ex:c",
        "         and 2 more",
        "         It has a name.",
        "",
        "by shape",
        "       5  Info       ex:S-name",
        "",
        "conforms: 1 shape, 5 infos",
    ] == report_as_text(findings(*results)).splitlines()


def test_infos_of_shapes_without_a_name_are_sums_of_their_own(findings):
    results = [result(Severity.INFO, source_shape=shape, path="") for shape in ("b1", "b2")]
    shown = report_as_text(findings(*results))
    assert 2 == shown.count("Info  1 x MinCount")
    assert "path" not in shown


def test_infos_of_other_shapes_and_paths_are_other_sums_the_most_frequent_first(findings):
    kinds = [("S", ""), ("S", f"{EX}p"), ("", f"{EX}p"), ("S", f"{EX}p"), ("S", f"{EX}q")]
    results = [
        result(Severity.INFO, source_shape=shape and EX + shape, path=path, focus_node=f"{EX}{n}")
        for n, (shape, path) in enumerate(kinds)
    ]
    lines = report_as_text(findings(*results)).splitlines()
    assert [
        "Info  2 x ex:S",
        "Info  1 x MinCount",
        "Info  1 x ex:S",
        "Info  1 x ex:S",
    ] == [line for line in lines if line.startswith("Info")]
    assert ["ex:p", "ex:p", "ex:q"] == [line[9:] for line in lines if line.startswith("  path")]


def test_a_node_with_several_infos_of_a_shape_is_counted_each_time_and_named_once(findings):
    results = [result(Severity.INFO, value=f'"{number}"') for number in range(1200)]
    lines = report_as_text(findings(*results)).splitlines()
    assert "Info  1,200 x ex:S-name" == lines[0]
    assert ["  focus  ex:a"] == [line for line in lines if "ex:a" in line]
    assert not [line for line in lines if "more" in line]


def test_an_empty_report_is_its_verdict(findings):
    assert "conforms: 3 shapes, no results" == report_as_text(findings(count=3))


def test_the_report_in_the_documentation_is_what_is_printed(findings_on):
    shapes = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:S-name .
ex:S-name sh:path ex:name ; sh:nodeKind sh:Literal ; sh:message "A name is a literal." .
"""
    data = '\n\nex:a a ex:C ; ex:name "Ann", ex:b .'
    printed = report_as_text(findings_on(shapes, data)).partition("\n\n")[0]
    settings = (REPO / "docs" / "settings.md").read_text(encoding="utf-8")
    assert printed in settings
