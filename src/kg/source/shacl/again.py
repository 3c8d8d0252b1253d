"""The reference engine again and again (storey 1): after an edit, only what it can have changed.

What a shape finds at a focus node follows from the answers to the patterns of triples that were
asked for on the way, and from nothing else. So these patterns are noted for each such pair; after
an edit a pair is judged anew where one of its patterns matches a triple that has come or gone. It
holds for every constraint, SPARQL's too, because all of them read by the same few methods.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from itertools import product
from typing import TYPE_CHECKING, Any

import rdflib
from pyshacl.graph_abstraction import DataGraph
from pyshacl.monkey import apply_patches
from pyshacl.validator import Validator
from rdflib.plugins.stores.memory import Memory

from kg.source.shacl import reference
from kg.source.shacl.once import computed_once
from kg.source.shacl.patterns import bounded
from kg.source.shacl.rdflib_graph import graph_of, quiet, results_in, triple_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad, Triple

    from kg.source.report import ValidationResult

# a triple, where None stands for any term
Pattern = tuple[Any, Any, Any]
# a shape, by its number, and a focus node
Pair = tuple[int, rdflib.term.Node]


class Again:
    """Runs the reference engine as often as wanted, keeping what still holds; for one thread."""

    def __init__(self) -> None:
        self.shapes: frozenset[Quad] = frozenset()
        self.kept: Kept | None = None

    def run(self, data: Sequence[Quad], shapes: Sequence[Quad]) -> list[ValidationResult]:
        """Return what `reference.run` returns.

        Raises: ShapesError when the engine cannot use the shapes, SlowPattern when it would take
        forever on an expression.
        """
        try:
            if self.kept is None or frozenset(shapes) != self.shapes:
                self.close()
                self.kept, self.shapes = Kept(shapes), frozenset(shapes)
            return self.kept.run({quad.triple for quad in data})
        # pyshacl and rdflib raise anything; the engine itself knows what to make of it
        except Exception:  # noqa: BLE001
            self.close()
            return reference.run(data, shapes)
        except BaseException:
            # interrupted halfway: what is kept is not whole
            self.close()
            raise

    def close(self) -> None:
        """Forget everything, and give the libraries back their functions."""
        if self.kept:
            self.kept.close()
        self.kept = None


class _Noting(Memory):
    """A store that notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[Pattern] = set()

    def triples(self, triple_pattern: Any, context: Any = None) -> Any:
        self.asked.add(triple_pattern)
        return super().triples(triple_pattern, context)


class Kept:
    """Data and shapes as pyshacl has them, and of each pair its results and what they rest on."""

    def __init__(self, shapes: Sequence[Quad]) -> None:
        self.store = _Noting()
        self.graph = rdflib.Graph(store=self.store)
        with ExitStack() as stack:
            for block in (computed_once(), bounded(), quiet()):
                stack.enter_context(block)
            patch: Any = apply_patches
            patch()
            data = DataGraph.from_rdflib(self.graph)
            self.validator = Validator(data, shacl_graph=graph_of(shapes))
            self.executor = self.validator.make_executor()
            self.shapes = [one for one in self.validator.shacl_graph.shapes if not one.deactivated]
            self.stack = stack.pop_all()
        self.triples: set[Triple] = set()
        self.results: dict[Pair, list[ValidationResult]] = {}
        self.read: dict[Pair, frozenset[Pattern]] = {}
        self.readers: defaultdict[Pattern, set[Pair]] = defaultdict(set)

    def close(self) -> None:
        """Give the libraries back their functions."""
        self.stack.close()

    def run(self, triples: set[Triple]) -> list[ValidationResult]:
        """Return what the shapes find in these triples."""
        stale = self._edited(triples)
        pairs = self._pairs()
        for pair in (self.results.keys() - pairs) | stale:
            self._forget(pair)
        for pair in sorted(pairs - self.results.keys(), key=lambda one: one[0]):
            self.judge(pair)
        return [result for found in self.results.values() for result in found]

    def _edited(self, triples: set[Triple]) -> set[Pair]:
        """Make the graph hold these triples, and return the pairs that may have other results."""
        gone, come = self.triples - triples, triples - self.triples
        # the number of triples is asked for as well, and only to know whether there is any
        emptied = not (triples and self.triples)
        self.triples = triples
        removed, added = (list(map(triple_of, triples)) for triples in (gone, come))
        for triple in removed:
            self.graph.remove(triple)
        for triple in added:
            self.graph.add(triple)
        if emptied:
            return set(self.results)
        return {pair for triple in (*removed, *added) for pair in self._readers_of(triple)}

    def _readers_of(self, triple: Pattern) -> Iterable[Pair]:
        for pattern in product(*((term, None) for term in triple)):
            yield from self.readers.get(pattern, ())

    def _pairs(self) -> set[Pair]:
        return {
            (number, node)
            for number, shape in enumerate(self.shapes)
            for node in shape.focus_nodes(self.validator.data_graph)
        }

    def _forget(self, pair: Pair) -> None:
        self.results.pop(pair, None)
        for pattern in self.read.pop(pair, ()):
            self.readers[pattern].discard(pair)

    def judge(self, pair: Pair) -> None:
        """Take up what a shape finds at a focus node, and what that rests on."""
        number, node = pair
        self.store.asked = set()
        _, found = self.shapes[number].validate(
            self.executor, self.validator.data_graph, focus=[node]
        )
        if found:
            report, _ = self.validator.create_validation_report(
                self.validator.shacl_graph, conforms=False, results=found
            )
            self.results[pair] = list(results_in(report))
        else:
            self.results[pair] = []
        self.read[pair] = frozenset(self.store.asked)
        for pattern in self.read[pair]:
            self.readers[pattern].add(pair)
