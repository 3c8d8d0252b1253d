"""Shapes that refer to themselves, and to what is none (storey 1).

What they mean is left open, and each engine ends elsewhere.
Source: https://www.w3.org/TR/shacl/#shapes-recursion
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.rdf.terms import Term
from kg.source.places import OBJECT
from kg.source.shacl.graph import Problem, Said, mention
from kg.source.shacl.terms import SHAPE_LISTS, SHAPES
from kg.source.statements import Statement

Edge = tuple[Statement, Term]


def circle_problems(said: Said) -> Iterator[Problem]:
    """Yield references to shapes that lead back to where they come from, or to nothing."""
    edges = {node: list(_edges(node, said)) for node in list(said.about)}
    done: set[Term] = set()
    for node in edges:
        yield from _circles(node, edges, done)
    for group in edges.values():
        for statement, other in group:
            if isinstance(other, NamedNode) and other not in said.about:
                where = mention(statement, OBJECT)
                yield where, f"nothing is said of the shape {other}. Is it misspelled?"


def _edges(node: Term, said: Said) -> Iterator[Edge]:
    for name in sorted(SHAPES):
        for statement in said.all(node, name):
            yield statement, statement.quad.object
    for name in sorted(SHAPE_LISTS):
        for statement in said.all(node, name):
            for item in said.members(statement.quad.object):
                yield statement, item


def _circles(start: Term, edges: dict[Term, list[Edge]], done: set[Term]) -> Iterator[Problem]:
    """Yield the references that close a circle, each once; without recursion of our own."""
    on_the_way, waiting = {start}, [(start, iter(edges[start] if start not in done else ()))]
    while waiting:
        node, rest = waiting[-1]
        edge = next(rest, None)
        if edge is None:
            waiting.pop()
            on_the_way.discard(node)
            done.add(node)
            continue
        statement, other = edge
        if other in on_the_way:
            told = f"{other} refers to itself, which SHACL 1.0 leaves undefined."
            yield mention(statement, OBJECT), f"{told} Say it without the reference back."
        elif other not in done and other in edges:
            on_the_way.add(other)
            waiting.append((other, iter(edges[other])))
