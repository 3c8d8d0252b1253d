from kg.project import open_project
from kg.source.checking import check
from kg.source.loading import load
from kg.source.report import Severity

SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P .
ex:P a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ; sh:message "It has a name." .
"""
DATA = 'ex:a a ex:C ; ex:born "2014-02-30"^^xsd:date .'


def checked(write_project, **files):
    settings = {"kg.toml": 'base = "http://example.org/"'}
    return check(load(open_project(write_project({**settings, **files}), {})))


def test_results_of_shapes_and_of_checks_stand_in_one_report(write_project):
    report = checked(write_project, **{"data/ttl/a.ttl": DATA, "shapes/s.ttl": SHAPES})
    worst = [one for one in report.results if one.severity is Severity.VIOLATION]
    assert {"MinCountConstraintComponent", "kg:invalid-literal"} == {one.component for one in worst}
    assert list(report.results) == sorted(
        report.results, key=lambda one: (one.severity, one.place, one)
    )
    assert 2 == report.shapes


def test_data_without_shapes_is_checked_too(write_project):
    report = checked(write_project, **{"data/ttl/a.ttl": DATA})
    assert not report.conforms
    assert 0 == report.shapes


def test_what_shapes_say_can_come_from_elsewhere(write_project):
    files = {"data/ttl/a.ttl": "ex:a a ex:C ; ex:name 'A' .", "shapes/s.ttl": SHAPES}
    source = load(open_project(write_project(files), {}))
    known = check(source)
    assert known == check(source, by_shapes=lambda _: known)
