"""The names in a query that the data set lacks (storey 2): why an answer may be empty.

A misspelt class or property is no error in SPARQL: nothing matches it, and the answer is empty.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from kg.dataset.snapshot import DESCRIPTION, Snapshot
from kg.rdf.namespaces import RDF, VOID
from kg.rdf.sparql_text import TOKEN

# who writes longer queries than this is a program, and nobody reads more than a few names; each
# that is looked at is held against all terms
LONGEST, MOST, LOOKED_AT = 20_000, 5, 50

ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name as the query has it, and the name of a class or property that it is near to, or ""."""

    name: str
    near: str

    def __str__(self) -> str:
        """Return a sentence or two."""
        hint = f" Did you mean {self.near}?" if self.near else ""
        return f"{self.name} is nowhere in the data.{hint}"


def unknown_names(snapshot: Snapshot, query: str) -> tuple[Unknown, ...]:
    """Return the names in a query that are nowhere in the data, the first few.

    A name is told if it is near to one of the data's classes or properties in the same namespace,
    or under the base. `snapshot` is one with its description, where the terms in use are listed.
    """
    if len(query) > LONGEST:
        return ()
    terms = vocabulary(snapshot)
    lacking: dict[str, str] = {}
    for name, iri in _names(query, dict(snapshot.prefixes.pairs), snapshot.base):
        if not (iri in terms or snapshot.describes(iri) or f"<{iri}>" in snapshot.by_object):
            lacking.setdefault(iri, name)
    found: list[Unknown] = []
    for iri, name in islice(lacking.items(), LOOKED_AT):
        near = _near(iri, terms)
        if (near or iri.startswith(snapshot.base)) and len(found) < MOST:
            shown = snapshot.prefixes.shrink(near) or f"<{near}>"
            found.append(Unknown(name, shown if near else ""))
    return tuple(found)


def vocabulary(snapshot: Snapshot) -> frozenset[str]:
    """Return the IRIs of the classes and properties: those in use, and those of the ontology."""
    used = (f"{VOID}class", f"{VOID}property")
    described, ontology = snapshot.in_role(DESCRIPTION), snapshot.in_role("ontology")
    in_use = (quad.object for quad in described if quad.predicate.value in used)
    declared = (quad.subject for quad in ontology if quad.predicate.value == f"{RDF}type")
    found = (*in_use, *declared)
    return frozenset(term.value for term in found if isinstance(term, NamedNode))


def _names(query: str, prefixes: dict[str, str], base: str) -> Iterator[tuple[str, str]]:
    """Yield each name in the query as it is written, and its IRI, but for its declarations."""
    declared = ""
    for matched in TOKEN.finditer(query):
        text = matched[0].rstrip(".")
        is_iri, prefixed = text.startswith("<"), ":" in text and text[0] not in "#\"'<@?$"
        if is_iri and declared:
            prefixes[declared[:-1]] = _resolved(base, text[1:-1])
        elif is_iri:
            yield text, _resolved(base, text[1:-1])
        elif prefixed and not text.endswith(":"):
            prefix, _, local = text.partition(":")
            if prefix in prefixes:
                yield text, prefixes[prefix] + ESCAPE.sub(r"\1", local)
        declared = text if prefixed and text.endswith(":") else ""


def _resolved(base: str, iri: str) -> str:
    found = urljoin(base, iri)
    # an empty fragment, in which namespaces end, is dropped
    return f"{found}#" if iri.endswith("#") and not found.endswith("#") else found


def _near(iri: str, terms: frozenset[str]) -> str:
    """Return the term of the same namespace whose local name is nearest, or ""."""
    namespace, local = _split(iri)
    locals_ = {name: term for term in terms for space, name in [_split(term)] if space == namespace}
    # what differs in case only is nearest
    same = [name for name in locals_ if name.lower() == local.lower()]
    near = same or difflib.get_close_matches(local, locals_, n=1)
    return locals_[near[0]] if near else ""


def _split(iri: str) -> tuple[str, str]:
    place = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:place], iri[place:]
