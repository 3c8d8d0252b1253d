"""Findings: counts, groups, and files as they are seen from elsewhere."""

from kg.source.findings import by_rule, sums
from kg.source.report import Place, Severity
from tests.source.conftest import EX, result


def test_rules_are_counted_the_worst_and_most_frequent_first(findings):
    shapes = ("A", Severity.INFO), ("B", Severity.WARNING), ("C", Severity.WARNING)
    results = [
        result(severity, source_shape=EX + name, value=f'"{n}"')
        for (name, severity), count in zip(shapes, (9, 1, 3), strict=True)
        for n in range(count)
    ]
    counts = [(rule.id, count) for _, rule, count in by_rule(findings(*results))]
    assert [("ex:C", 3), ("ex:B", 1), ("ex:A", 9)] == counts


def test_infos_are_grouped_by_shape_and_path(findings):
    results = [
        result(Severity.INFO, path=EX + path, focus_node=f"{EX}{n}")
        for n, path in enumerate(("p", "q", "q"))
    ]
    assert [2, 1] == [len(group) for group in sums(findings(*results, result()))]


def test_files_are_named_from_a_folder_that_they_are_inside_of(findings):
    given = result(shape_place=Place("/elsewhere/s.ttl", 1, 1))
    found = findings(given)
    (one,) = found.seen_from(found.root.parent).items
    assert f"{found.root.name}/data/a.ttl" == one.result.file
    assert "/elsewhere/s.ttl" == one.result.shape_place.file
    assert Place() == one.result.related


def test_files_outside_of_a_folder_keep_their_names(findings, tmp_path):
    (one,) = findings(result()).seen_from(tmp_path / "other").items
    assert "data/a.ttl" == one.result.file
