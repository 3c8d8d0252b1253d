"""Write a validation report as a graph (storey 1): SHACL's own report, and the places.

Places are in the W3C's vocabulary for them: `earl:pointer` leads to the offending term,
`dcterms:relation` to the focus node where that is elsewhere, `dcterms:source` to the shape.
Source: https://www.w3.org/TR/shacl/#validation-report and https://www.w3.org/TR/Pointers-in-RDF10/
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.rdf.formats import Format
from kg.rdf.namespaces import DCTERMS, EARL, FOAF, PTR, RDF, RDFS, SH, XSD
from kg.rdf.terms import Term, about, integer
from kg.rdf.writing import write_graph
from kg.source.findings import Finding, Findings
from kg.source.report import Place, ValidationResult, focus_of
from kg.source.statements import Statements

REPORT = BlankNode("report")
PREFIXES = (("earl", EARL), ("ptr", PTR), ("sh", SH), ("xsd", XSD))
# the local name of one of the standard's own components
COMPONENT = re.compile(r"\w+ConstraintComponent")


def report_as_rdf(findings: Findings, format_: Format) -> str:
    """Return the report in an RDF format.

    `sh:conforms` is the standard's: false where there is any result, warnings and infos too.
    Raises: Unwritable when the format cannot write a term of a result.
    """
    triples = tuple(dict.fromkeys(report_graph(findings)))
    iris = (t.value for triple in triples for t in triple if isinstance(t, NamedNode))
    prefixes = {**findings.prefixes.used_by(iris), **dict(PREFIXES)}
    return write_graph(triples, format_, prefixes).decode()


def report_graph(findings: Findings) -> Iterator[Triple]:
    """Yield the triples of the report; some come more than once."""
    conforms = Literal("false" if findings.items else "true", datatype=NamedNode(f"{XSD}boolean"))
    yield from about(REPORT, (f"{RDF}type", f"{SH}ValidationReport"), (f"{SH}conforms", conforms))
    for note in findings.notes:
        yield from about(REPORT, (f"{RDFS}comment", Literal(note)))
    values = _values(one.result for one in findings.items)
    nodes = [BlankNode(f"result{number}") for number in range(len(findings.items))]
    yield from about(REPORT, *((f"{SH}result", node) for node in nodes))
    for number, (node, one) in enumerate(zip(nodes, findings.items, strict=True)):
        yield from about(node, *_said(one, values))
        yield from _path(one.result.path, node, findings.book.shapes, number)
        yield from _pointers(one.result, node, number)


def _said(finding: Finding, values: dict[str, Term]) -> Iterator[tuple[str, Term | str]]:
    result = finding.result
    yield f"{RDF}type", f"{SH}ValidationResult"
    yield f"{SH}resultSeverity", f"{SH}{result.severity.label}"
    yield f"{SH}resultMessage", Literal(result.message)
    focus = focus_of(result)
    # a focus node that is a literal is its own value
    yield f"{SH}focusNode", values[focus] if focus in values else _node(result.focus_node)
    if result.value:
        yield f"{SH}value", values[result.value]
    if result.source_shape:
        yield f"{SH}sourceShape", _node(result.source_shape)
    if component := _component(finding):
        yield f"{SH}sourceConstraintComponent", component


def _component(finding: Finding) -> str:
    """Return the IRI of a component; what is none of SHACL's is named by the page of its rule."""
    name = finding.result.component
    if COMPONENT.fullmatch(name):
        return SH + name
    return name if ":" in name else finding.rule.help


def _values(results: Iterable[ValidationResult]) -> dict[str, Term]:
    """Return the values of the results, by how N-Triples writes them."""
    texts = list(dict.fromkeys(result.value for result in results if result.value))
    lines = "".join(f"<x:s> <x:p> {text} .\n" for text in texts)
    quads = parse(lines.encode(), RdfFormat.N_TRIPLES)
    return {text: quad.object for text, quad in zip(texts, quads, strict=True)}


def _node(text: str) -> NamedNode | BlankNode:
    return NamedNode(text) if ":" in text else BlankNode(text)


def _path(path: str, node: BlankNode, shapes: Statements, number: int) -> Iterator[Triple]:
    """Yield the path of a result; one that has no name is copied whole, for this result alone.

    Source: https://www.w3.org/TR/shacl/#results-path
    """

    def own(term: Any) -> Any:
        return BlankNode(f"result{number}{term.value}") if isinstance(term, BlankNode) else term

    if not path:
        return
    yield Triple(node, NamedNode(f"{SH}resultPath"), own(_node(path)))
    waiting: list[Term] = [_node(path)]
    # what a path without a name leads to is put at the end of what is walked
    for term in waiting:
        for one in shapes.about(str(term)) if isinstance(term, BlankNode) else ():
            subject, predicate, object_, _ = one.quad
            yield Triple(own(subject), predicate, own(object_))
            waiting.append(object_)


def _pointers(result: ValidationResult, node: BlankNode, number: int) -> Iterator[Triple]:
    places = (
        (f"{EARL}pointer", BlankNode(f"result{number}place"), result.place),
        (f"{DCTERMS}relation", BlankNode(f"result{number}focus"), result.related),
        (f"{DCTERMS}source", BlankNode(f"result{number}shape"), result.shape_place),
    )
    yield from about(node, *((link, pointer) for link, pointer, place in places if place.file))
    for _, pointer, place in places:
        if place.file:
            yield from _pointer(pointer, place)


def _pointer(pointer: BlankNode, place: Place) -> Iterator[Triple]:
    """Yield a line and a character, both from 1, in a document that is known by its path."""
    file = BlankNode(f"file{hashlib.sha256(place.file.encode()).hexdigest()[:12]}")
    yield from about(file, (f"{RDF}type", f"{FOAF}Document"))
    yield from about(file, (f"{DCTERMS}identifier", Literal(place.file)))
    kind = "LineCharPointer" if place.line else "SinglePointer"
    yield from about(pointer, (f"{RDF}type", PTR + kind), (f"{PTR}reference", file))
    if place.line:
        yield from about(pointer, (f"{PTR}lineNumber", integer(place.line, "positiveInteger")))
        yield from about(pointer, (f"{PTR}charNumber", integer(place.column, "positiveInteger")))
