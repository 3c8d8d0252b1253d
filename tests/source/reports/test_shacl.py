"""The report as a graph: SHACL's terms as its specification wants them, in every RDF format."""

import pytest
from pyoxigraph import Literal, NamedNode, parse

from kg.errors import Unwritable
from kg.rdf.formats import FORMATS, RDF_XML, TURTLE
from kg.source.reports.shacl import report_as_rdf
from tests.conftest import canonical
from tests.source.conftest import result
from tests.source.planted import CASES, RDF_PREFIX, unmarked

SH = "http://www.w3.org/ns/shacl#"
EX = "http://example.org/"

# what every result has, and what it may have
# Source: https://www.w3.org/TR/shacl/#results-validation-result
ONCE = ("focusNode", "resultSeverity", "sourceConstraintComponent", "sourceShape")
AT_MOST_ONCE = ("resultPath", "value")


def triples(findings, format_=TURTLE):
    return list(parse(report_as_rdf(findings, format_).encode(), format_.engine))


def values(quads, subject, name: str) -> list:
    return [q.object for q in quads if (q.subject, q.predicate) == (subject, NamedNode(SH + name))]


@pytest.mark.parametrize(
    ("shapes", "data"), [pytest.param(*texts, id=name) for name, *texts in CASES]
)
def test_a_planted_fault_has_all_that_the_standard_asks_for(findings_on, shapes, data):
    findings = findings_on(RDF_PREFIX + unmarked(shapes), unmarked(data))
    quads = triples(findings)
    (report,) = {q.subject for q in quads if q.object == NamedNode(f"{SH}ValidationReport")}
    (node,) = values(quads, report, "result")
    assert ["false"] == [one.value for one in values(quads, report, "conforms")]
    for name in ONCE:
        assert 1 == len(values(quads, node, name)), name
    for name in AT_MOST_ONCE:
        assert len(values(quads, node, name)) <= 1, name
    (component,) = values(quads, node, "sourceConstraintComponent")
    assert SH + findings.items[0].result.component == component.value
    for path in values(quads, node, "resultPath"):
        # a path without a name is there whole
        assert isinstance(path, NamedNode) or any(quad.subject == path for quad in quads)


def test_every_format_holds_the_same_graph(findings_on):
    _, shapes, data = next(case for case in CASES if case[0] == "path: members of a list")
    findings = findings_on(RDF_PREFIX + unmarked(shapes), unmarked(data))
    graphs = [canonical(triples(findings, format_)) for format_ in FORMATS]
    assert len(graphs[0]) > 20
    assert all(graph == graphs[0] for graph in graphs)


def test_a_report_without_results_conforms(findings):
    quads = triples(findings())
    assert ["true"] == [q.object.value for q in quads if q.predicate.value == f"{SH}conforms"]


def test_values_keep_their_datatype_and_language(findings):
    texts = [
        '"b"@de-at',
        '"1"^^<http://www.w3.org/2001/XMLSchema#byte>',
        f"<{EX}b>",
        '"a\\n"',
        "_:b1",
    ]
    quads = triples(findings(*(result(value=text) for text in texts)))
    shown = {str(q.object) for q in quads if q.predicate.value == f"{SH}value"}
    assert set(texts[:4]) <= shown
    assert 5 == len(shown)


def test_a_focus_node_that_is_a_literal_is_one(findings):
    given = result(focus_node="b", value='"b"@de', path="")
    quads = triples(findings(given))
    focus = [q.object for q in quads if q.predicate.value == f"{SH}focusNode"]
    assert [Literal("b", language="de")] == focus


def test_notes_are_comments_on_the_report(findings):
    text = report_as_rdf(findings().only(lambda _: True, "Hidden: 1 known result."), TURTLE)
    assert 'rdfs:comment "Hidden: 1 known result."' in text


def test_what_a_format_cannot_write_is_said(findings):
    with pytest.raises(Unwritable, match="RDF/XML"):
        report_as_rdf(findings(result(value='"\\u0001"')), RDF_XML)
