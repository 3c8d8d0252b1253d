"""What of two reports is compared: what the suite asks for, up to the labels of blank nodes.

Source: https://w3c.github.io/data-shapes/data-shapes-test-suite/#Validate
"""

from collections.abc import Iterable

from pyoxigraph import BlankNode, Dataset, Literal, NamedNode, Triple

from kg.rdf.namespaces import SH
from kg.rdf.terms import Term
from kg.source.loading import Source
from kg.source.paths import read_path
from kg.source.report import Report
from kg.source.statements import Statements
from tests.conftest import canonical
from tests.shacl.manifest import Case

# a result: for each of its properties a text, or a blank node where the label says nothing
Properties = dict[str, str | BlankNode]


def expected_results(case: Case) -> Dataset:
    """The results that a test wants, as a graph: equal where isomorphic."""
    shapes = Statements([case.expected_file()])
    return _graph(
        _expected(case, node, shapes) for node in case.graph.all(case.report, f"{SH}result")
    )


def _expected(case: Case, node: Term, shapes: Statements) -> Properties:
    said = {
        name: case.graph.one(node, SH + name)
        for name in ("focusNode", "value", "sourceShape", "resultSeverity", "resultPath")
    }
    component = case.graph.one(node, f"{SH}sourceConstraintComponent")
    return {
        "path": _path(str(said.pop("resultPath") or ""), shapes),
        "component": component.value.removeprefix(SH),
        **{name: _term(str(term or "")) for name, term in said.items()},
    }


def found_results(source: Source, report: Report) -> Dataset:
    """The results that we give, as a graph: equal where isomorphic."""
    shapes = Statements([file for file in source.files if file.role == "shapes"])
    terms = {
        term for quad in source.quads("data", "shapes") for term in (quad.subject, quad.object)
    }
    # literals come last, because an IRI and a text may look the same
    nodes = {
        term.value: str(term) for term in sorted(terms, key=lambda term: -isinstance(term, Literal))
    }
    return _graph(
        {
            "focusNode": _term(nodes.get(one.focus_node, f"<{one.focus_node}>")),
            "value": _term(one.value),
            "sourceShape": _term(nodes.get(one.source_shape, "")),
            "resultSeverity": f"<{SH}{one.severity.label}>",
            "path": _path(nodes.get(one.path, f"<{one.path}>") if one.path else "", shapes),
            "component": one.component,
        }
        for one in report.results
    )


def _term(text: str) -> str | BlankNode:
    return BlankNode(text[2:]) if text.startswith("_:") else text


def _path(node: str, shapes: Statements) -> str:
    return repr(read_path(node, shapes)) if node else ""


def _graph(results: Iterable[Properties]) -> Dataset:
    """The results as a set: what is said twice in the same words is one."""
    distinct = {frozenset(result.items()) for result in results}
    return canonical(
        Triple(
            BlankNode(f"result{number}"),
            NamedNode(f"urn:{name}"),
            value if isinstance(value, BlankNode) else Literal(value),
        )
        for number, result in enumerate(distinct)
        for name, value in result
    )
