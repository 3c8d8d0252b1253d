"""Reports of `kg check`, read as other programs read them."""

import json
import re

import pytest
from junitparser import JUnitXml
from pyoxigraph import RdfFormat, Store

from kg.checking.check import Check, Fault, Level, Outcome, Result, Verdict
from kg.checking.checks.table import CHECKS
from kg.checking.reports.table import REPORTS
from tests.conftest import REPO

FAULT = Fault("http://e/", "curl -i http://e/", "500 \x1b[2J\x00 <&>")


def result(name, level, outcome, *faults, why=""):
    check = Check(name, level, f"https://example.org/{name}", f"{name} holds.", lambda _: ())
    return Result(check, outcome, len(faults), faults, why)


@pytest.fixture
def verdict():
    """One result of every kind."""
    results = (
        result("good", Level.MUST, Outcome.PASSED),
        result("bad", Level.MUST, Outcome.FAILED, FAULT, FAULT),
        result("meant", Level.ADVICE, Outcome.FAILED, FAULT),
        result("open", Level.SHOULD, Outcome.CANT_TELL, why="not ended"),
        result("none", Level.SHOULD, Outcome.INAPPLICABLE, why="nothing to look at"),
        result("left", Level.SHOULD, Outcome.UNTESTED, why="left out"),
    )
    return Verdict("http://e/", "kg-check/1", "2026-01-01T00:00:00+00:00", 7, results, ("note",))


def test_text_names_the_clause_the_command_and_what_came_and_obeys_no_terminal(verdict):
    text = REPORTS["text"](verdict)
    assert "MUST  bad: bad holds." in text
    assert "https://example.org/bad" in text
    assert "curl -i http://e/" in text
    assert "\x1b" not in text
    assert "does not conform: failed: 1 must, 1 advice" in text


def test_json_has_everything(verdict):
    document = json.loads(REPORTS["json"](verdict))
    assert [6, 7] == [len(document["results"]), document["requests"]]
    assert "500 \x1b[2J\x00 <&>" == document["results"][1]["faults"][0]["came"]


def test_junit_is_read_by_junitparser(verdict, tmp_path):
    (tmp_path / "r.xml").write_text(REPORTS["junit"](verdict), encoding="utf-8")
    (suite,) = JUnitXml.fromfile(str(tmp_path / "r.xml"))
    assert (6, 1, 4, 0) == (suite.tests, suite.failures, suite.skipped, suite.errors)
    assert ["good", "bad", "meant", "open", "none", "left"] == [case.name for case in suite]


QUERY = """
PREFIX earl: <http://www.w3.org/ns/earl#> PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?id ?outcome ?clause {
  ?assertion a earl:Assertion ; earl:assertedBy [ a earl:Assertor ; dcterms:title ?by ] ;
    earl:subject [ a earl:TestSubject ] ; earl:mode earl:automatic ;
    earl:test [ a earl:TestCase ; dcterms:title ?id ; dcterms:conformsTo ?clause ] ;
    earl:result [ a earl:TestResult ; earl:outcome ?outcome ; dcterms:date ?date ] .
}"""


@pytest.mark.parametrize(
    ("name", "format_"), [("earl", RdfFormat.TURTLE), ("earl-jsonld", RdfFormat.JSON_LD)]
)
def test_earl_has_an_assertion_with_all_its_parts_for_each_check(verdict, name, format_):
    store = Store()
    store.load(REPORTS[name](verdict).encode(), format_)
    rows = {row["id"].value: row["outcome"].value for row in store.query(QUERY)}
    assert {
        one.check.id: f"http://www.w3.org/ns/earl#{one.outcome.value}" for one in verdict.results
    } == rows


def test_the_page_of_conformance_lists_every_check_with_its_level_and_clause():
    text = (REPO / "docs" / "conformance.md").read_text(encoding="utf-8")
    text = text.partition("## The checks")[2]
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", text, flags=re.MULTILINE)
    assert [check.id for check in CHECKS] == listed
    assert len(set(listed)) == len(listed)
    for check in CHECKS:
        row = f"| `{check.id}` | {check.level.value} | {check.sentence} [clause]({check.clause}) |"
        assert row in text
