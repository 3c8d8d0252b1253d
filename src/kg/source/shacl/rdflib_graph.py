"""Graphs of rdflib, in which the engines of SHACL speak (storey 1): there and back.

rdflib's graphs are not thread-safe, so one is made for one call and thrown away after it.
"""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ShapesError
from kg.rdf.namespaces import SH, XSD
from kg.source.report import Severity, ValidationResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, Triple

SEVERITIES = MappingProxyType({SH + severity.label: severity for severity in Severity})


@contextmanager
def quiet() -> Iterator[None]:
    """Keep rdflib from printing warnings and tracebacks for what becomes a result."""
    logger = logging.getLogger("rdflib.term")
    logger.disabled, before = True, logger.disabled
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Parsing weird boolean", UserWarning)
            yield
    finally:
        logger.disabled = before


def graph_of(quads: Iterable[Quad]) -> rdflib.Graph:
    """Return the triples of the quads, with blank nodes and lexical forms as they are.

    Raises: ShapesError for triple terms, which SHACL 1.0 does not know.
    """
    graph, term = rdflib.Graph(), cache(_term)
    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def triple_of(triple: Triple) -> tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]:
    """Return the terms of a triple.

    Raises: ShapesError as `graph_of` does.
    """
    return _term(triple.subject), _term(triple.predicate), _term(triple.object)


def _term(term: object) -> rdflib.term.Node:
    """Return the rdflib term, its lexical form kept: rdflib would rewrite ill-typed ones."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, Literal):
        raise ShapesError(f"SHACL 1.0 cannot validate the RDF 1.2 triple term {term}.")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == f"{XSD}string" else term.datatype.value
    return rdflib.Literal(
        term.value, datatype=rdflib.URIRef(datatype) if datatype else None, normalize=False
    )


def results_in(report: rdflib.Graph) -> Iterator[ValidationResult]:
    """Yield the results of a SHACL report, without places.

    Results nested under sh:detail explain another result and are not results of the report.
    """
    for node in report.objects(None, rdflib.URIRef(f"{SH}result")):
        # of several messages the English one, else the first by the alphabet
        said = sorted(report.predicate_objects(node), key=lambda po: (_language(po[1]), str(po[1])))
        yield _result({str(p).removeprefix(SH): o for p, o in reversed(said)})


def _language(term: rdflib.term.Node) -> tuple[bool, str]:
    language = str(getattr(term, "language", None) or "")
    return not language.startswith("en"), language


def _result(fields: dict[str, rdflib.term.Node]) -> ValidationResult:
    return ValidationResult(
        severity=SEVERITIES.get(str(fields.get("resultSeverity")), Severity.VIOLATION),
        file="",
        focus_node=str(fields["focusNode"]),
        source_shape=str(fields.get("sourceShape", "")),
        path=str(fields.get("resultPath", "")),
        value=as_n_triples(fields["value"]) if "value" in fields else "",
        message=str(fields.get("resultMessage", "")),
        component=str(fields.get("sourceConstraintComponent", "")).removeprefix(SH),
    )


def as_n_triples(term: rdflib.term.Node) -> str:
    """Return a term as N-Triples writes it."""
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
