from kg.errors import Problem
from kg.source.checks.syntax import SYNTAX, unreadable
from kg.source.checks.table import check_of


def test_each_problem_is_a_violation_at_its_place_of_a_rule_that_is_known():
    second = Problem("data/b.ttl", 9, 1, "found '}'", "}")
    first = Problem("data/a b.ttl", 2, 7, "the prefix zz: is not declared", "zz:a zz:b 1 .")
    report = unreadable([second, first])
    assert not report.conforms
    assert [SYNTAX, SYNTAX] == [check_of(one.component) for one in report.results]
    assert [first.message, second.message] == [one.message for one in report.results]
    assert ["data/a b.ttl:2:7", "data/b.ttl:9:1"] == [str(one.place) for one in report.results]
    assert "file:data/a%20b.ttl" == report.results[0].focus_node


def test_nothing_wrong_is_no_result():
    assert unreadable([]).conforms
