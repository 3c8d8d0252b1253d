"""Run SHACL shapes over a source (storey 1); the only importer of pyshacl.

pyshacl changes the graphs it is given (https://github.com/RDFLib/pySHACL/issues/314) and rdflib
graphs are not thread-safe, so both graphs are made for one call and thrown away after it.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kg.errors import ShapesError
from kg.rdf.namespaces import SH
from kg.rdf.terms import text_of
from kg.source.locating import located
from kg.source.report import Report, Severity, ValidationResult, report_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib
    from pyoxigraph import Quad
    from rdflib.plugins.sparql.sparql import Query

    from kg.source.loading import Source

    Fields = dict[str, rdflib.term.Node]

SEVERITIES = MappingProxyType({SH + severity.label: severity for severity in Severity})


def validate(source: Source) -> Report:
    """Return what the source's shapes find in its data and ontology together.

    The data graph is the union of both, so that `sh:class` knows the subclasses; without
    shapes the report is empty.
    Raises: ShapesError when the shapes graph is wrong itself.
    """
    shapes = tuple(source.quads("shapes"))
    if not shapes:
        return Report((), 0)
    results = _run(tuple(source.quads("data", "ontology")), shapes)
    return located(source, report_of(map(_result, results), len(set(_shapes_in(shapes)))))


def _shapes_in(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield what SHACL takes for a shape: by its type, its target, its path, or its place.

    Source: https://www.w3.org/TR/shacl/#shapes
    """
    for quad in quads:
        predicate = quad.predicate.value.removeprefix(SH)
        if predicate == "path" or predicate.startswith("target"):
            yield str(quad.subject)
        elif predicate == "property":
            yield str(quad.object)
        elif text_of(quad.object) in (f"{SH}NodeShape", f"{SH}PropertyShape"):
            yield str(quad.subject)


def _run(data: Iterable[Quad], shapes: Iterable[Quad]) -> list[Fields]:
    # imported here because it takes half a second that most commands do not need
    import pyshacl

    with _parsed_once(), _quiet("rdflib.term"):
        graph = _graph(data)
        try:
            _, found, _ = pyshacl.validate(graph, shacl_graph=_graph(shapes), inference="none")
        # rdflib raises bare Exceptions for faults in the SPARQL of shapes
        except Exception as error:  # noqa: BLE001
            found = error
        if not isinstance(found, Exception):
            return list(_results_of(found))
        # pyshacl gives up where it has to compare a literal that has no value
        if results := list(_ill_typed(graph)):
            return results
    raise ShapesError(f"The shapes cannot be used: {found}") from found


def _ill_typed(graph: rdflib.Graph) -> Iterator[Fields]:
    """Yield a result for each literal whose lexical form is not one of its datatype's."""
    import rdflib

    for subject, predicate, value in graph:
        if isinstance(value, rdflib.Literal) and value.ill_typed:
            yield {
                "focusNode": subject,
                "resultPath": predicate,
                "value": value,
                "resultMessage": rdflib.Literal(
                    f"{value} is no value of this datatype. Correct it; the other rules "
                    "are checked when that is done."
                ),
                "sourceConstraintComponent": rdflib.Literal("ill-typed literal"),
            }


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a logger from printing tracebacks for what becomes a result."""
    logger = logging.getLogger(name)
    logger.disabled, before = True, logger.disabled
    try:
        yield
    finally:
        logger.disabled = before


@contextmanager
def _parsed_once() -> Iterator[None]:
    """Let rdflib parse each SPARQL text once instead of once per focus node.

    That is most of pyshacl's time on SPARQL constraints. Both steps are kept, because the
    second changes the parse tree that the first made.
    """
    # typed as Any because both names belong to the module only by its imports
    processor: Any = import_module("rdflib.plugins.sparql.processor")
    parse, translate = processor.parseQuery, processor.translateQuery
    translated: dict[tuple[int, str], Query] = {}

    def translate_once(parsed: Any, base: str | None = None, names: Any = None) -> Query:
        # the parse cache keeps every tree alive, so that its id stays its own
        key = (id(parsed), f"{base} {sorted((names or {}).items())}")
        if key not in translated:
            translated[key] = translate(parsed, base, names)
        return translated[key]

    processor.parseQuery, processor.translateQuery = cache(parse), translate_once
    try:
        yield
    finally:
        processor.parseQuery, processor.translateQuery = parse, translate


def _graph(quads: Iterable[Quad]) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: object) -> rdflib.term.Node:
    """Return the rdflib term, its lexical form kept: rdflib would rewrite ill-typed ones."""
    import rdflib
    from pyoxigraph import BlankNode, Literal, NamedNode

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, Literal):
        raise ShapesError(f"SHACL 1.0 cannot validate the RDF 1.2 triple term {term}.")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value.endswith("#string") else term.datatype.value
    return rdflib.Literal(
        term.value, datatype=rdflib.URIRef(datatype) if datatype else None, normalize=False
    )


def _results_of(found: rdflib.Graph) -> Iterator[Fields]:
    import rdflib

    sh = rdflib.Namespace(SH)
    # results nested under sh:detail explain another result and are not results of the report
    for node in found.objects(None, sh.result):
        # of several messages the English one, else the first by the alphabet
        said = sorted(found.predicate_objects(node), key=lambda po: (_language(po[1]), str(po[1])))
        yield {str(p).removeprefix(SH): o for p, o in reversed(said)}


def _language(term: rdflib.term.Node) -> tuple[bool, str]:
    language = str(getattr(term, "language", None) or "")
    return not language.startswith("en"), language


def _result(fields: Fields) -> ValidationResult:
    return ValidationResult(
        severity=SEVERITIES.get(str(fields.get("resultSeverity")), Severity.VIOLATION),
        file="",
        focus_node=str(fields["focusNode"]),
        source_shape=str(fields.get("sourceShape", "")),
        path=str(fields.get("resultPath", "")),
        value=_as_n_triples(fields["value"]) if "value" in fields else "",
        message=str(fields.get("resultMessage", "")),
        component=str(fields.get("sourceConstraintComponent", "")).removeprefix(SH),
    )


def _as_n_triples(term: rdflib.term.Node) -> str:
    import rdflib
    from pyoxigraph import BlankNode, Literal, NamedNode

    if isinstance(term, rdflib.URIRef):
        return f"<{term}>"
    if isinstance(term, rdflib.BNode):
        return str(BlankNode(str(term)))
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return str(Literal(str(term), language=term.language))
    return str(
        Literal(str(term), datatype=NamedNode(str(term.datatype)) if term.datatype else None)
    )
