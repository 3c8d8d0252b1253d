"""Annotations, in the syntax that GitHub documents and its runner reads."""

import re

from kg.source.report import Severity
from kg.source.reports.github import report_as_annotations
from tests.source.conftest import EX, result

COMMAND = re.compile(
    r"::(?P<name>error|warning|notice)(?: (?P<properties>[^:\r\n]*))?::(?P<said>.*)"
)


def read(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands as the runner reads them, a line each: name, properties, message."""
    found = []
    for line in text.splitlines():
        command = COMMAND.fullmatch(line)
        pairs = (pair.split("=", 1) for pair in (command["properties"] or "").split(",") if pair)
        properties = {key: unescaped(value) for key, value in pairs}
        found.append((command["name"], properties, unescaped(command["said"])))
    return found


def unescaped(text: str) -> str:
    for escape, character in (
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ):
        text = text.replace(escape, character)
    return text


def test_a_result_is_an_annotation_at_its_place_with_its_shape_and_advice(findings):
    first, last = read(report_as_annotations(findings(result(line=3, column=7))))
    place = {"file": "data/a.ttl", "line": "3", "col": "7", "title": "ex:S-name"}
    assert ("error", place, 'ex:a ex:name "x"\nIt has a name.') == first
    assert ("notice", {}, "does not conform: 1 shape, 1 violation") == last


def test_where_the_term_ends_is_said_where_the_line_shows_it(findings):
    shown = result(line=3, column=7, excerpt="ex:a  'ab'@en .")
    (_, place, _), _ = read(report_as_annotations(findings(shown)))
    assert ("3", "3", "7", "14") == tuple(place[k] for k in ("line", "endLine", "col", "endColumn"))


def test_severities_are_errors_warnings_and_notices(findings):
    commands = read(report_as_annotations(findings(*map(result, Severity))))
    assert ["error", "warning", "notice", "notice"] == [name for name, *_ in commands]


def test_whatever_is_in_the_data_stays_in_its_place(findings):
    odd = "100% a:b,c=d::error file=x::y\r\n::stop-commands::z"
    given = result(
        file=odd.replace("\r\n", " "), message=odd, source_shape="", component=odd, line=1, column=1
    )
    (_, properties, said), _ = read(report_as_annotations(findings(given)))
    assert odd.replace("\r\n", " ") == properties["file"]
    assert odd.split("\r\n") == said.split("\n")[-2:]


def test_only_what_is_known_of_a_place_is_said(findings):
    (_, properties, _), _ = read(report_as_annotations(findings(result())))
    assert {"file": "data/a.ttl", "title": "ex:S-name"} == properties


def test_infos_are_one_notice_for_each_shape_and_path(findings):
    results = [
        result(Severity.INFO, focus_node=f"{EX}{n}", line=n + 1, column=1) for n in range(30)
    ]
    (name, properties, said), _ = read(report_as_annotations(findings(*results)))
    assert ("notice", "1") == (name, properties["line"])
    assert said.startswith("30 times")
