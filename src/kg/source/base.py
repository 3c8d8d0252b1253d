"""The base IRI of a data set (storey 1): guessed, checked, and moved."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ProjectError
from kg.rdf.terms import text_of


def guess_base(quads: Iterable[Quad]) -> str:
    """Return the namespace that most subjects are in, ending in `/`.

    A hash namespace gives the folder of its document, so that the document has a path under
    the base. Returns a placeholder when no subject is an http(s) IRI.
    """
    names = Counter(_namespace(text_of(quad.subject)) for quad in quads if _is_web(quad.subject))
    if not names:
        return "http://localhost/"
    # ties go to the shorter, then to the alphabet: the guess does not depend on file order
    return min(names, key=lambda name: (-names[name], len(name), name))


def _is_web(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(("http://", "https://"))


def _namespace(iri: str) -> str:
    document = iri.partition("#")[0]
    folder = document.rpartition("/")[0]
    # http://example.org has no path: its folder is itself
    return f"{document}/" if folder.endswith((":", "/")) else f"{folder}/"


def require_used(base: str, data: Sequence[Quad]) -> None:
    """Raise ProjectError unless some subject of the data starts with the base IRI."""
    if any(isinstance(q.subject, NamedNode) and q.subject.value.startswith(base) for q in data):
        return
    if not any(_is_web(quad.subject) for quad in data):
        return
    raise ProjectError(
        f"base {base}: no subject of the data starts with it; most start with "
        f"{guess_base(data)}. Set base in kg.toml (or KG_BASE) to the namespace of the data."
    )


def rebase_all(quads: Iterable[Quad], old: str, new: str) -> Iterator[Quad]:
    """Yield the quads with `new` in the place of `old` in every IRI and every literal.

    Literals change too, because declared namespaces, SPARQL texts and descriptions name the
    base and would otherwise speak of another data set.
    """

    def moved(term: Any) -> Any:
        if isinstance(term, NamedNode) and term.value.startswith(old):
            return NamedNode(new + term.value[len(old) :])
        if isinstance(term, Literal) and old in term.value:
            text = term.value.replace(old, new)
            if term.language:
                return Literal(text, language=term.language)
            return Literal(text, datatype=moved(term.datatype))
        return term

    for quad in quads:
        yield Quad(
            moved(quad.subject), moved(quad.predicate), moved(quad.object), moved(quad.graph_name)
        )
