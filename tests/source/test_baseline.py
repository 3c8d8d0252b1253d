"""Results that are known already: only new ones are shown, and those that are gone are named."""

import json

import pytest

from kg.errors import ProjectError
from kg.source.baseline import NAMED, read_baseline, without_known
from kg.source.reports.json import report_as_json
from kg.source.reports.sarif import report_as_sarif
from tests.source.conftest import EX, result

WRITERS = [report_as_json, report_as_sarif]


@pytest.fixture
def baseline_of(tmp_path):
    """A function that writes a report on findings, and reads it as a baseline."""

    def make(findings, write=report_as_json):
        path = tmp_path / "baseline"
        path.write_text(write(findings), encoding="utf-8")
        return read_baseline(path)

    return make


@pytest.mark.parametrize("write", WRITERS)
def test_only_what_is_not_in_the_baseline_is_left(findings, baseline_of, write):
    known, new = result(line=3, column=1), result(focus_node=f"{EX}b")
    moved = result(line=40, column=9)
    baseline = baseline_of(findings(known), write)
    left = without_known(findings(moved, new), baseline)
    assert [new] == [one.result for one in left.items]
    assert (f"Hidden: 1 known result of {baseline.name}.",) == left.notes


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_report_that_a_shell_has_written_in_its_own_encoding_is_read(
    findings, tmp_path, encoding
):
    known = findings(result())
    path = tmp_path / "baseline.json"
    path.write_text(report_as_json(known), encoding=encoding)
    assert () == without_known(known, read_baseline(path)).items


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_gone_is_named(findings, baseline_of, write):
    baseline = baseline_of(findings(result()), write)
    left = without_known(findings(), baseline)
    assert f"Gone: 1 result of {baseline.name}: ex:S-name at {EX}a ex:name." == left.notes[1]


def test_of_many_that_are_gone_some_are_named(findings, baseline_of):
    results = [result(focus_node=f"{EX}{n}") for n in range(NAMED + 3)]
    left = without_known(findings(), baseline_of(findings(*results)))
    assert left.notes[1].endswith(" and 3 more.")


def test_of_equal_results_as_many_are_known_as_there_were(findings, baseline_of):
    results = [result(line=line, column=1) for line in (3, 4, 5)]
    left = without_known(findings(*results), baseline_of(findings(*results[:2])))
    assert 1 == len(left.items)
    assert left.notes[0].startswith("Hidden: 2 known results")


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "{}", '{"runs": [{"results": [{}]}]}', '{"results": 3}', "\x00"]
)
def test_what_is_no_report_is_refused_with_what_to_do(tmp_path, text):
    (tmp_path / "odd").write_text(text)
    with pytest.raises(ProjectError, match=r"is no report of kg validate\. Write one: kg validate"):
        read_baseline(tmp_path / "odd")


def test_a_report_of_another_tool_is_refused(tmp_path):
    log = {"version": "2.1.0", "runs": [{"results": [{"ruleId": "x", "message": {"text": "y"}}]}]}
    (tmp_path / "odd").write_text(json.dumps(log))
    with pytest.raises(ProjectError, match="is no report"):
        read_baseline(tmp_path / "odd")


def test_a_missing_baseline_is_named(tmp_path):
    with pytest.raises(ProjectError, match="missing: cannot be read: No such file"):
        read_baseline(tmp_path / "missing")
