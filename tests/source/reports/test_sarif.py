"""SARIF, held against its schema; tests/clients/test_sarif.py has it read by a tool."""

import json

import jsonschema
import pytest

from kg.source.report import Place, Severity
from kg.source.reports.sarif import report_as_sarif
from tests.schemas import require_valid
from tests.source.conftest import EX, result
from tests.source.planted import CASES, RDF_PREFIX, unmarked

SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:S-name , [
  sh:path ex:age ; sh:maxCount 1 ] .
ex:S-name a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ; sh:name "name" ;
  sh:description "What it is called." ; sh:message "It has a name. Add ex:name." .
"""
DATA = "ex:a a ex:C ; ex:age 1, 2 ."


def run_of(findings) -> dict:
    (run,) = json.loads(report_as_sarif(findings))["runs"]
    return run


def fingerprints(findings) -> list[str]:
    return [one["partialFingerprints"]["kgResult/v1"] for one in run_of(findings)["results"]]


@pytest.mark.parametrize(
    ("shapes", "data"), [pytest.param(*texts, id=name) for name, *texts in CASES]
)
def test_the_report_of_a_planted_fault_keeps_the_schema(findings_on, shapes, data):
    findings = findings_on(RDF_PREFIX + unmarked(shapes), unmarked(data))
    require_valid(json.loads(report_as_sarif(findings)), "sarif-2.1.0")


def test_reports_of_every_severity_and_of_none_keep_the_schema(findings):
    places = {"related": Place("data/b c.ttl", 8, 1), "shape_place": Place("/else/s.ttl", 9, 2)}
    results = [result(severity, line=1, column=2, **places) for severity in Severity]
    for given in ((), results, [result(file="", path="", value="", message="")]):
        document = json.loads(report_as_sarif(findings(*given).only(lambda _: True, "A note.")))
        require_valid(document, "sarif-2.1.0")


def test_the_schema_is_one_that_refuses():
    with pytest.raises(jsonschema.ValidationError):
        require_valid({"version": "2.1.0", "runs": [{"results": []}]}, "sarif-2.1.0")


def test_a_rule_has_its_words_and_the_page_of_its_shape(findings_on):
    named, unnamed = run_of(findings_on(SHAPES, DATA))["tool"]["driver"]["rules"]
    assert ("ex:S-name", f"{EX}S-name") == (named["id"], named["helpUri"])
    assert {"text": "What it is called."} == named["fullDescription"]
    assert ("ex:S/MaxCount", f"{EX}S") == (unnamed["id"], unnamed["helpUri"])
    assert "sh:maxCount 1" in unnamed["help"]["text"]


def test_a_shape_that_is_no_page_has_none(findings_on):
    shapes = SHAPES.replace("ex:S-name", "<urn:s:name>")
    rules = run_of(findings_on(shapes, DATA))["tool"]["driver"]["rules"]
    assert [True, False] == [
        "helpUri" in rule for rule in sorted(rules, key=lambda r: r["id"][0:1] == "<")
    ]


def test_places_are_relative_and_columns_count_code_points(findings_on):
    data = (
        "# \N{GRINNING FACE}\nex:a a ex:C ; ex:q '\N{GRINNING FACE}' ; ex:name 'A' ; ex:age 1,2 ."
    )
    run = run_of(findings_on(SHAPES, data))
    assert "unicodeCodePoints" == run["columnKind"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert {"uri": "data/ttl/a.ttl", "uriBaseId": "%SRCROOT%"} == place["artifactLocation"]
    start = data.split("\n")[1].index("2") + 1
    region = {"startLine": 8, "startColumn": start, "endLine": 8, "endColumn": start + 1}
    assert region == place["region"]
    assert "%SRCROOT%" in run["originalUriBaseIds"]


@pytest.mark.parametrize(
    "moved",
    [
        "\n\n# a comment\nex:z ex:p 1 .\n" + DATA,
        DATA.replace(" ; ", " ;\n    "),
        "ex:b ex:p [ ex:q 1 ] .\n" + DATA,
    ],
)
def test_fingerprints_stay_when_lines_move(findings_on, moved):
    assert fingerprints(findings_on(SHAPES, DATA)) == fingerprints(findings_on(SHAPES, moved))


def test_fingerprints_of_nodes_without_names_stay_when_lines_move(findings_on):
    data = "[] a ex:C ; ex:age 1 . [] a ex:C ; ex:age 1 .\n[] a ex:C ; ex:name 'n' ; ex:age 1, 2 ."
    first = fingerprints(findings_on(SHAPES, data))
    assert 3 == len(set(first))
    again = fingerprints(findings_on(SHAPES, f"ex:z ex:p [ ex:p 1 ] .\n\n{data}"))
    assert sorted(first) == sorted(again)


@pytest.mark.parametrize(
    "changed",
    [
        {"focus_node": f"{EX}b"},
        {"source_shape": f"{EX}T"},
        {"path": f"{EX}other"},
        {"value": '"y"'},
        {"component": "InConstraintComponent"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_another_result_has_another_fingerprint(findings, changed):
    assert fingerprints(findings(result())) != fingerprints(findings(result(**changed)))


def test_results_that_differ_in_nothing_but_their_place_are_numbered(findings):
    results = [result(line=line, column=1) for line in (3, 4)]
    first, second = fingerprints(findings(*results))
    assert (first.partition(":")[0], "1", "2") == (
        second.partition(":")[0],
        first[-1],
        second[-1],
    )
