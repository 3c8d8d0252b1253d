"""The reference engine (storey 1): pyshacl, the implementation of SHACL in Python.

It changes the graphs it is given (https://github.com/RDFLib/pySHACL/issues/314), so both are made
for one call and thrown away after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyshacl
import rdflib

from kg.errors import ShapesError, SlowPattern
from kg.source.report import Severity, ValidationResult
from kg.source.shacl.once import computed_once
from kg.source.shacl.patterns import bounded
from kg.source.shacl.rdflib_graph import as_n_triples, graph_of, quiet, results_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad


def run(data: Iterable[Quad], shapes: Iterable[Quad]) -> list[ValidationResult]:
    """Return the results of the shapes on the data, without places.

    Raises: ShapesError when the engine cannot use the shapes, SlowPattern when it would take
    forever on an expression.
    """
    with computed_once(), bounded(), quiet():
        graph = graph_of(data)
        try:
            _, found, _ = pyshacl.validate(graph, shacl_graph=graph_of(shapes), inference="none")
        except SlowPattern:
            raise
        # rdflib raises bare Exceptions for faults in the SPARQL of shapes
        except Exception as error:  # noqa: BLE001
            found = error
        if not isinstance(found, Exception):
            return list(results_in(found))
        # pyshacl gives up where it has to compare a literal that has no value
        if results := list(_ill_typed(graph)):
            return results
    raise ShapesError(f"The shapes cannot be used: {found}") from found


def _ill_typed(graph: rdflib.Graph) -> Iterator[ValidationResult]:
    """Yield a result for each literal whose lexical form is not one of its datatype's."""
    for subject, predicate, value in graph:
        if isinstance(value, rdflib.Literal) and value.ill_typed:
            yield ValidationResult(
                severity=Severity.VIOLATION,
                file="",
                focus_node=str(subject),
                source_shape="",
                path=str(predicate),
                value=as_n_triples(value),
                message=f"{value} is no value of this datatype. Correct it; the other rules "
                "are checked when that is done.",
                component="ill-typed literal",
            )
