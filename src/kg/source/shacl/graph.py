"""What files of shapes say, by subject (storey 1)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from kg.rdf.namespaces import RDF, SH
from kg.rdf.terms import Term
from kg.source.loading import SourceFile
from kg.source.locating import Mention
from kg.source.statements import Statement

# where, and what is wrong there
Problem = tuple[Mention, str]

NIL = NamedNode(f"{RDF}nil")


class Said:
    """The statements about each node, in the order of the files."""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        self.about: dict[Term, list[Statement]] = defaultdict(list)
        for file in files:
            for number, quad in enumerate(file.quads):
                self.about[quad.subject].append(Statement(file.path, number, quad))

    def all(self, node: Term, name: str, namespace: str = SH) -> list[Statement]:
        """Return what is said of a node by a property of SHACL."""
        found = self.about.get(node, ())
        return [one for one in found if one.quad.predicate.value == namespace + name]

    def values(self, node: Term, name: str, namespace: str = SH) -> list[Term]:
        """Return the values of that property."""
        return [one.quad.object for one in self.all(node, name, namespace)]

    def items(self, head: Term) -> Iterator[Term]:
        """Yield the members of a list.

        Raises: ValueError where it is none: it does not end in rdf:nil, branches or is a circle.
        """
        seen: set[Term] = set()
        while head != NIL:
            first = self.values(head, "first", RDF)
            rest = self.values(head, "rest", RDF)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise ValueError(str(head))
            seen.add(head)
            yield first[0]
            head = rest[0]

    def members(self, head: Term) -> list[Term]:
        """Return the members of a list, none where it is no list."""
        try:
            return list(self.items(head))
        except ValueError:
            return []


def mention(statement: Statement, term: int) -> Mention:
    """Return one of a statement's terms, as what has a place."""
    return Mention(statement.file, statement.number, term)


def shown(term: Term) -> str:
    """Return a term in a message: short for SHACL's own, in full for others."""
    text = str(term)
    return f"sh:{text[1 + len(SH) : -1]}" if text.startswith(f"<{SH}") else text
