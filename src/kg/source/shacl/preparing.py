"""Shapes as the engines are given them (storey 1): what they read otherwise is put right."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.namespaces import OWL, SH
from kg.rdf.terms import Term

DECLARE = NamedNode(f"{SH}declare")
IMPORTS = NamedNode(f"{OWL}imports")


def prepared(shapes: Sequence[Quad]) -> list[Quad]:
    """Return the shapes with what the engines would leave out, and without what they misread.

    - Prefixes are those of imported ontologies as well: https://www.w3.org/TR/shacl/#sparql-prefixes
    - Only the term `true` asks for unique languages, not `1`:
      https://www.w3.org/TR/shacl/#UniqueLangConstraintComponent
    """
    kept = [quad for quad in shapes if not _means_nothing(quad)]
    return [*kept, *_imported(kept)]


def _means_nothing(quad: Quad) -> bool:
    unique = quad.predicate.value == f"{SH}uniqueLang"
    return unique and isinstance(quad.object, Literal) and quad.object.value != "true"


def _imported(shapes: Sequence[Quad]) -> Iterator[Quad]:
    """Yield what ontologies that are named by sh:prefixes import, as if it were their own."""
    imports: dict[Term, list[Term]] = defaultdict(list)
    declared: dict[Term, list[Quad]] = defaultdict(list)
    for quad in shapes:
        if quad.predicate == IMPORTS:
            imports[quad.subject].append(quad.object)
        elif quad.predicate == DECLARE:
            declared[quad.subject].append(quad)
    named = {quad.object for quad in shapes if quad.predicate.value == f"{SH}prefixes"}
    for node in imports.keys() & named:
        assert not isinstance(node, Literal), "it is a subject"
        for other in _reached(node, imports) - {node}:
            for quad in declared.get(other, ()):
                yield Quad(node, DECLARE, quad.object, quad.graph_name)


def _reached(node: Term, imports: Mapping[Term, Collection[Term]]) -> set[Term]:
    found, waiting = {node}, [node]
    while waiting:
        new = set(imports.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found
