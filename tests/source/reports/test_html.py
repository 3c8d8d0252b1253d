from kg.source.report import Place
from kg.source.reports.html import report_as_html
from tests.source.conftest import EX, result
from tests.views.conftest import Page


def read(findings) -> Page:
    return Page(report_as_html(findings).replace("<!doctype html>", "").encode())


def said_in(page: Page) -> list[str]:
    return [said for said, *_ in page.texts]


def test_a_result_is_shown_with_its_line_its_rule_and_advice(findings):
    places = {"related": Place("data/b.ttl", 8, 1), "shape_place": Place("shapes/s.ttl", 9, 2)}
    page = read(findings(result(line=3, column=6, excerpt="ex:a ex:name 'x' .", **places)))
    for expected in ("data/a.ttl:3:6", "ex:a", '"x"', "data/b.ttl:8:1", "shapes/s.ttl:9:2"):
        assert expected in said_in(page)
    assert "It has a name." in said_in(page)
    assert "ex:a ex:name 'x' . ^" in said_in(page)
    assert f"{EX}S-name" in page.hrefs


def test_the_page_needs_nothing_else_and_runs_nothing(findings):
    page = read(findings(result()))
    assert not {"script", "link", "img", "iframe"} & set(page.elements)
    assert "default-src &#x27;none&#x27;" in report_as_html(findings(result()))


def test_whatever_is_in_the_data_is_text(findings):
    odd = "<script>alert(1)</script>\"' onload=x & \x1b"
    shape = 'javascript:alert("1")'
    page = read(
        findings(
            result(
                message=odd, value=odd, excerpt=odd, line=1, column=1, file=odd, source_shape=shape
            )
        )
    )
    assert "script" not in page.elements
    assert not page.hrefs
    assert not {"onload"} & set(page.attributes)
    assert odd.replace("\x1b", "\ufffd") in said_in(page)


def test_without_results_the_verdict_stands_alone(findings):
    page = read(findings(count=3))
    assert ["conforms: 3 shapes, no results"] * 2 == said_in(page)[:1] + said_in(page)[-1:]
