"""What is wrong with SHACL property paths (storey 1).

Source: https://www.w3.org/TR/shacl/#property-paths
"""

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode

from kg.rdf.namespaces import RDF
from kg.rdf.terms import Term
from kg.source.places import OBJECT
from kg.source.shacl.graph import Problem, Said, mention

REPEATED = ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
KINDS = ("inversePath", "alternativePath", *REPEATED)

# what pyshacl can follow: one after the other or one in the other, and in all
LENGTH = 10
STEPS = 1_000
# repetitions of repetitions, each of which multiplies the time
REPETITIONS = 2


def path_problems(said: Said) -> Iterator[Problem]:
    """Yield the problems of the values of sh:path."""
    for node in list(said.about):
        for statement in said.all(node, "path"):
            if fault := _fault(statement.quad.object, said):
                yield mention(statement, OBJECT), f"the path of {node} {fault}."


def _fault(path: Term, said: Said) -> str:
    """Return what is wrong with a path, "" where nothing is."""
    waiting, steps = [(path, 0, 0)], 0
    while waiting:
        node, depth, repetitions = waiting.pop()
        steps += 1
        if steps > STEPS:
            return f"has more than {STEPS:,} parts"
        if isinstance(node, NamedNode):
            continue
        parts = _parts(node, said) if isinstance(node, BlankNode) else None
        if parts is None:
            return f"is none at {node}: it needs a property, a list, or one kind of path"
        sequence = bool(said.values(node, "first", RDF))
        repetitions += any(said.values(node, kind) for kind in REPEATED) and not sequence
        if depth >= LENGTH or (sequence and len(parts) > LENGTH):
            return f"is longer than {LENGTH} steps, or leads into itself: divide it among shapes"
        if repetitions > REPETITIONS:
            return f"repeats what is repeated, more than {REPETITIONS} times"
        waiting += [(part, depth + 1, repetitions) for part in parts]
    return ""


def _parts(node: BlankNode, said: Said) -> list[Term] | None:
    """Return the paths that a path is made of, None where it is not one."""
    if said.values(node, "first", RDF):
        # what else is said of a list does not count
        return said.members(node) or None
    kinds = [(kind, value) for kind in KINDS for value in said.values(node, kind)]
    if len(kinds) != 1:
        return None
    kind, value = kinds[0]
    return said.members(value) or None if kind == "alternativePath" else [value]
