import json

from kg.source.report import Place, Severity
from kg.source.reports.json import report_as_json
from tests.conftest import REPO
from tests.source.conftest import EX, result


def test_a_result_is_an_object_with_its_places_and_its_rule(findings):
    given = result(line=3, column=6, excerpt="e", shape_place=Place("shapes/s.ttl", 9, 2, "f"))
    document = json.loads(report_as_json(findings(given)))
    (one,) = document["results"]
    assert {"file": "data/a.ttl", "line": 3, "column": 6, "excerpt": "e"} == one["place"]
    assert one["focusPlace"] is None
    assert 9 == one["shapePlace"]["line"]
    assert (f"{EX}a", "ex:name", '"x"', "Violation") == (
        one["focusNode"],
        one["path"],
        one["value"],
        one["severity"],
    )
    assert [one["rule"]] == [rule["id"] for rule in document["rules"]]


def test_the_whole_is_counted_and_judged(findings):
    document = json.loads(report_as_json(findings(*map(result, Severity), count=5)))
    assert {"Violation": 1, "Warning": 1, "Info": 1} == document["counts"]
    assert (False, 5, 1) == (document["conforms"], document["shapes"], document["version"])


def test_every_key_is_documented(findings):
    document = json.loads(report_as_json(findings(result())))
    text = (REPO / "docs" / "reports.md").read_text(encoding="utf-8")
    keys = {
        *document,
        *document["results"][0],
        *document["rules"][0],
        *document["results"][0]["place"],
    }
    assert [] == sorted(key for key in keys if f"`{key}`" not in text)
