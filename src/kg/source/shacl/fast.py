"""The fast engine (storey 1): pyshacl-turbo, an optional package, compiled and made after pyshacl.

tests/shacl/test_engines.py compares it with the reference, and lists where they differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ProjectError, ShapesError
from kg.rdf.namespaces import RDF, SH, XSD
from kg.rdf.terms import text_of
from kg.source.shacl.rdflib_graph import graph_of, quiet, results_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Quad

    from kg.rdf.terms import Term
    from kg.source.report import ValidationResult
    from kg.source.shacl.part import Part

    # kind, text, datatype, language: as the package takes terms
    Record = tuple[int, str, str | None, str | None]
    Row = tuple[int, int, int, None]

EXTRA = "fast"


def run(
    data: Sequence[Quad],
    shapes: Sequence[Quad],
    part: Part | None = None,
) -> list[ValidationResult]:
    """Return the results of the shapes on the data, without places.

    Of a part, the results of its shapes: the package can be asked for focus nodes only where
    they have IRIs.

    Raises: ShapesError when the engine cannot use the shapes, ProjectError when it is not
    installed.
    """
    try:
        import pyshacl_turbo
        from pyshacl_turbo.rdf import Input
    except ImportError as error:
        raise ProjectError(
            "The fast engine of validation is not installed. "
            f"Run: pip install 'kg-publisher[{EXTRA}]', or use the engine reference."
        ) from error
    if part:
        shapes = [quad for quad in shapes if not _is_anothers(quad, part)]
    graph = Input(_terms(data), "terms", None, {}, {}, preserve_ids=True)
    with quiet():
        try:
            _, found, _ = pyshacl_turbo.validate(graph, shacl_graph=graph_of(shapes))
        except (pyshacl_turbo.ReportableRuntimeError, NotImplementedError, ValueError) as error:
            found = error
        if not isinstance(found, Exception):
            return list(results_in(found))
    raise ShapesError(f"The shapes cannot be used: {found}") from found


def _is_anothers(quad: Quad, part: Part) -> bool:
    """Whether a quad gives targets to a shape of another part: by itself, or as a class."""
    predicate, value = quad.predicate.value, quad.object
    named = predicate == f"{RDF}type" and not text_of(value).startswith(SH)
    return (named or predicate.startswith(f"{SH}target")) and not part.has(str(quad.subject))


def _terms(quads: Sequence[Quad]) -> tuple[list[Record], list[Row]]:
    """Return each term once, and the triples as numbers of terms: rdflib would take far longer."""
    numbers: dict[Term, int] = {}

    def number(term: Term) -> int:
        return numbers.setdefault(term, len(numbers))

    rows: list[Row] = [
        (number(quad.subject), number(quad.predicate), number(quad.object), None) for quad in quads
    ]
    return [_record(term) for term in numbers], rows


def _record(term: Term) -> Record:
    if isinstance(term, NamedNode):
        return 0, term.value, None, None
    if isinstance(term, BlankNode):
        return 1, term.value, None, None
    if not isinstance(term, Literal):
        raise ShapesError(f"SHACL 1.0 cannot validate the RDF 1.2 triple term {term}.")
    # the package tells plain strings by their lack of a datatype, as rdflib does
    plain = term.language or term.datatype.value == f"{XSD}string"
    return 2, term.value, None if plain else term.datatype.value, term.language
