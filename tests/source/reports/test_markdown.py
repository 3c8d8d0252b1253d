from markdown_it import MarkdownIt

from kg.source.report import Severity
from kg.source.reports.markdown import SHOWN, report_as_markdown
from tests.source.conftest import EX, result
from tests.views.conftest import Page


def read(findings) -> Page:
    """The report as a reader of GitHub's Markdown makes a page of it."""
    renderer = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    return Page(renderer.render(report_as_markdown(findings)).encode())


def texts(page: Page, tag: str) -> list[str]:
    return [said for said, _, tags in page.texts if tag in tags]


def test_the_verdict_is_the_heading(findings):
    assert ["✅ conforms: 3 shapes, no results"] == texts(read(findings(count=3)), "h3")
    assert ["❌ does not conform: 1 shape, 1 violation"] == texts(read(findings(result())), "h3")


def test_a_result_is_a_row_with_place_rule_and_advice(findings):
    page = read(findings(result(line=3, column=7)))
    for expected in ("data/a.ttl:3:7", "ex:a", "ex:name", '"x"', "ex:S-name"):
        assert expected in texts(page, "code")
    assert "It has a name. (" in texts(page, "td")
    assert f"{EX}S-name" in page.hrefs


def test_whatever_is_in_the_data_is_text(findings):
    odd = "| a `b` <script>alert(1)</script> [c](http://e.org) *d* _e_ @f #1 :smile: $x$ \\ &lt;"
    page = read(findings(result(message=odd, focus_node=f"{EX}<b>|`")))
    assert "script" not in page.elements
    assert "em" not in page.elements
    assert "http://e.org" not in page.hrefs
    assert any(odd in said for said in texts(page, "td"))
    assert "@f" not in report_as_markdown(findings(result(message=odd)))


def test_a_long_report_is_cut_and_says_so(findings):
    results = [result(focus_node=f"{EX}{n}", message="m" * 5_000) for n in range(SHOWN + 7)]
    text = report_as_markdown(findings(*results))
    assert "… and 7 more." in text
    assert len(text.encode()) < 1_000_000


def test_infos_are_counted_and_not_listed(findings):
    text = report_as_markdown(
        findings(*(result(Severity.INFO, focus_node=f"{EX}{n}") for n in "ab"))
    )
    assert "| 2 | Info |" in text
    assert "Place" not in text
