"""The reference engine (storey 1): pyshacl, the implementation of SHACL in Python.

It changes the graphs it is given (https://github.com/RDFLib/pySHACL/issues/314), so both are made
for one call and thrown away after it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pyshacl
import rdflib

from kg.errors import ShapesError, SlowPattern
from kg.source.report import Severity, ValidationResult
from kg.source.shacl.once import computed_once, replaced
from kg.source.shacl.part import GAVE_UP, Part
from kg.source.shacl.patterns import bounded
from kg.source.shacl.rdflib_graph import as_n_triples, graph_of, quiet, results_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Quad


def run(
    data: Iterable[Quad],
    shapes: Iterable[Quad],
    part: Part | None = None,
    progress: Callable[[], None] = lambda: None,
) -> list[ValidationResult]:
    """Return the results of the shapes on the data, without places.

    Only the focus nodes of a part are looked at; `progress` is called at each shape.
    Raises: ShapesError when the engine cannot use the shapes, SlowPattern when it would take
    forever on an expression.
    """
    with computed_once(), bounded(), quiet(), _focused(part or Part(), progress):
        graph, rules = graph_of(data), graph_of(shapes)
        try:
            _, found, _ = pyshacl.validate(graph, shacl_graph=rules, inference="none")
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


def _focused(part: Part, progress: Callable[[], None]) -> Any:
    """Let a shape have only those of its focus nodes that belong to the part."""
    shape: Any = import_module("pyshacl.shape").Shape
    find = shape.focus_nodes

    def focus_nodes(self: Any, *arguments: Any, **named: Any) -> set[rdflib.term.Node]:
        progress()
        found = find(self, *arguments, **named)
        return {node for node in found if part.has(f"{self.node} {node.n3()}")}

    return replaced(shape, focus_nodes=focus_nodes)


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
                component=GAVE_UP,
            )
