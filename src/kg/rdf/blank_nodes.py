"""Blank nodes by what is said of them (storey 0): their labels are others in every file."""

from collections.abc import Callable, Iterable, Sequence

from pyoxigraph import BlankNode, Quad

from kg.rdf.namespaces import RDF
from kg.rdf.terms import Term

REST = f"{RDF}rest"

# how deep nodes are followed into each other; a list may be as long as it likes
DEPTH = 20


def told(
    term: Term,
    about: Callable[[BlankNode], Iterable[Quad]],
    around: frozenset[BlankNode] = frozenset(),
) -> str:
    """Return a term as N-Quads has it, and a blank node by what is said of it.

    `about` gives the quads with a node as their subject. One that is `around` it, or too deep in
    others, is not followed.
    """
    nodes: list[str] = []
    seen: set[BlankNode] = set()
    # from item to item in turns: a list may be longer than Python's stack is deep
    while isinstance(term, BlankNode):
        if term in seen or term in around or len(around) == DEPTH:
            return " ".join([*nodes, "_"])
        seen.add(term)
        quads, within = tuple(about(term)), around | {term}
        rest = _rest(quads)
        said = {
            f"{quad.predicate} {told(quad.object, about, within)}"
            for quad in quads
            if rest is None or quad.predicate.value != REST
        }
        nodes.append(f"[{' ; '.join(sorted(said))}]")
        if rest is None:
            return " ".join(nodes)
        term = rest
    return " ".join([*nodes, str(term)])


def _rest(quads: Sequence[Quad]) -> Term | None:
    """Return the rest of a list, None where the node is none of a list."""
    found = {quad.object for quad in quads if quad.predicate.value == REST}
    return found.pop() if len(found) == 1 else None
