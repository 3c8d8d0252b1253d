"""The page of the report: grouped by rule, each result with its resource, rule and line."""

import kg
from kg.source.checking import check
from kg.views.checks_page import checks_page
from kg.views.html import render
from kg.views.site import site_part

SHAPES = """
ex:S a sh:NodeShape ; rdfs:label "named city"@en ; rdfs:comment "People look for names."@en ;
  sh:targetClass ex:City ; sh:property ex:P .
ex:P sh:path rdfs:label ; sh:minCount 1 ; sh:message "Give it a name." ;
  rdfs:comment "Whoever reads knows names, not IRIs."@en .
"""
FILES = {
    "kg.toml": '[folders]\ndata = "data"\n',
    "shapes/s.ttl": SHAPES,
    "data/d.ttl": "\nex:a a ex:City .\nex:b a ex:City .\nex:c a ex:City ; ex:p ex:missing .\n",
}


def page_of(write_project, files):
    source = kg.load(kg.open_project(write_project(files), environ={}))
    report = check(source)
    snapshot = kg.build(source, report)
    return checks_page(snapshot, site_part(snapshot)), report


def test_results_are_grouped_by_rule_the_worst_first_with_their_places(write_project):
    page, report = page_of(write_project, FILES)
    assert page.conforms is False
    first = page.groups[0]
    assert ("Violation", "ex:P") == (first.severity, first.rule.text)
    assert first.rule.href.endswith("P")
    assert ("Whoever reads knows names, not IRIs.",) == first.why
    assert "rdfs:label" == first.path.text
    assert 3 == first.total == len(first.findings)
    assert {"Give it a name."} == {one.message for one in first.findings}
    assert ["data/d.ttl:8", "data/d.ttl:9", "data/d.ttl:10"] == [
        one.place for one in first.findings
    ]
    assert "ex:a" == first.findings[0].focus.text
    assert len(report.results) == sum(group.total for group in page.groups)


def test_a_check_beyond_the_shapes_says_why_it_is_one(write_project):
    page, _ = page_of(write_project, FILES)
    other = next(group for group in page.groups if group.rule.href == "")
    assert other.why
    assert other.why[0] != other.rule.text


def test_data_that_keeps_its_rules_and_data_without_rules_are_told_apart(write_project):
    good = {**FILES, "data/d.ttl": 'ex:a a ex:City ; rdfs:label "A"@en .'}
    page, _ = page_of(write_project, good)
    assert page.conforms is True
    no_rules = {"kg.toml": '[folders]\ndata = "data"\nshapes = ""\n'}
    page, _ = page_of(write_project, {**good, **no_rules})
    assert page.conforms is None


def test_texts_that_mean_to_be_markup_stay_text(write_project):
    bad = FILES["shapes/s.ttl"].replace("Give it a name.", "<script>alert(1)</script>")
    page, _ = page_of(write_project, {**FILES, "shapes/s.ttl": bad})
    html = render(page).body.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
