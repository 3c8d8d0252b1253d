"""The base IRI of a data set (storey 1): guessed, checked, and moved."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.errors import ProjectError
from kg.rdf.terms import text_of

# what relative IRIs in files resolve against, and the base of data that has no IRIs of its own
NO_BASE = "http://localhost/"

NAMESPACE = re.compile(r"(https?://[^/?#]+(?:/[^?#]*(?=/))?)")


def guess_base(quads: Iterable[Quad]) -> str:
    """Return the namespace that most subjects are in, ending in `/`.

    A hash namespace gives the folder of its document, so that the document has a path under
    the base. Returns a placeholder when no subject is an http(s) IRI.
    """
    subjects = {text_of(quad.subject) for quad in quads if isinstance(quad.subject, NamedNode)}
    names = Counter(filter(None, map(_namespace, subjects)))
    if not names:
        return NO_BASE
    # ties go to the shorter, then to the alphabet: the guess does not depend on file order
    return min(names, key=lambda name: (-names[name], len(name), name))


def _namespace(iri: str) -> str:
    """Return the IRI up to the last slash of its path, or "" where it is not on the web."""
    matched = NAMESPACE.match(iri)
    return f"{matched[1]}/" if matched else ""


def require_used(base: str, data: Sequence[Quad]) -> None:
    """Raise ProjectError unless some subject of the data starts with the base IRI.

    Data without a subject on the web cannot use any base and passes.
    """
    guess = guess_base(data)
    if guess == NO_BASE or any(text_of(quad.subject).startswith(base) for quad in data):
        return
    raise ProjectError(
        f"base {base}: no subject of the data starts with it; most start with {guess}. "
        "Set base in kg.toml (or KG_BASE) to the namespace of the data."
    )


def moved(iri: str, old: str, new: str) -> str:
    """Return an IRI under another base, where it is under the old one.

    >>> moved("http://old.example/a", "http://old.example/", "http://new.example/")
    'http://new.example/a'
    """
    return new + iri.removeprefix(old) if iri.startswith(old) else iri


def rebase_all(quads: Iterable[Quad], old: str, new: str) -> Iterator[Quad]:
    """Yield the quads with `new` in the place of `old` in every IRI and every literal.

    Literals change too, because declared namespaces, SPARQL texts and descriptions name the
    base and would otherwise speak of another data set.
    """

    def there(term: Any) -> Any:
        if isinstance(term, NamedNode) and term.value.startswith(old):
            return NamedNode(moved(term.value, old, new))
        if isinstance(term, Triple):
            return Triple(*map(there, term))
        if isinstance(term, Literal):
            text = term.value.replace(old, new)
            if term.language:
                return Literal(text, language=term.language, direction=term.direction)
            return Literal(text, datatype=there(term.datatype))
        return term

    for quad in quads:
        yield Quad(*map(there, quad))
