"""Nanopublications (storey 4), made of the rows of a stored query.

A row is one statement: `?this ?part ?subject ?predicate ?object`. `?this` is what the
nanopublication is of, `?part` one of `PARTS`. A row without a subject is about the assertion where
it is provenance, and about the nanopublication where it is pubinfo.
Source: https://nanopub.net/guidelines/working_draft/
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import BlankNode, NamedNode, Quad, serialize

from kg.dataset.queries import StoredQuery
from kg.dataset.tables import Row
from kg.rdf.formats import TRIG
from kg.rdf.namespaces import NP, RDF, Prefixes
from kg.release.asking import Rows, wrong

COLUMNS = ("this", "part", "subject", "predicate", "object")
PARTS = ("assertion", "provenance", "pubinfo")
LINKS = ("hasAssertion", "hasProvenance", "hasPublicationInfo")


@dataclass(frozen=True, slots=True)
class Nanopublication:
    """A nanopublication: its IRI, a name for its file, and its quads, graph by graph."""

    iri: str
    name: str
    quads: tuple[Quad, ...]


def nanopublications(query: StoredQuery, found: Rows) -> tuple[Nanopublication, ...]:
    """Return the nanopublications that the rows of a query are, sorted by what they are of.

    Raises: ProjectError where one lacks a part, or a row cannot be a statement.
    """
    if found.columns != COLUMNS:
        raise wrong(query, f"a nanopublication is made of ?{' ?'.join(COLUMNS)}.")
    rows: dict[str, list[Row]] = {}
    for row in found.rows:
        if not isinstance(row[0], NamedNode):
            raise wrong(query, "?this must be an IRI in each row.")
        rows.setdefault(row[0].value, []).append(row)
    names = _names(sorted(rows))
    return tuple(_made(query, iri, names[iri], rows[iri]) for iri in sorted(rows))


def as_trig(one: Nanopublication, prefixes: Prefixes) -> bytes:
    """Return a nanopublication in TriG, with the prefixes that it uses."""
    iris = {
        term.value
        for quad in one.quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, NamedNode)
    }
    used = {**prefixes.used_by(iris), "np": NP}
    return serialize(one.quads, None, TRIG.engine, prefixes=used) or b""


def _made(query: StoredQuery, this: str, name: str, rows: Sequence[Row]) -> Nanopublication:
    # a fragment leads to the description of what the nanopublication is of
    iri = f"{this}{'-' if '#' in this else '#'}nanopublication"
    graphs = {part: NamedNode(f"{iri}/{part}") for part in PARTS}
    stated: dict[str, set[Quad]] = {part: set() for part in PARTS}
    for row in rows:
        part = getattr(row[1], "value", "")
        if part not in PARTS:
            raise wrong(query, f"<{this}>: ?part must be one of {', '.join(PARTS)}, not {part!r}.")
        stated[part].add(_statement(query, this, row, graphs, iri))
    for part, quads in stated.items():
        if not quads:
            raise wrong(query, f"<{this}>: nothing is said in its {part}.")
    ordered = (quad for part in PARTS for quad in sorted(stated[part], key=str))
    return Nanopublication(iri, name, (*_head(iri, graphs), *ordered))


def _statement(
    query: StoredQuery, this: str, row: Row, graphs: Mapping[str, NamedNode], iri: str
) -> Quad:
    _, part, subject, predicate, object_ = row
    name = getattr(part, "value", "")
    if subject is None and name != "assertion":
        subject = graphs["assertion"] if name == "provenance" else NamedNode(iri)
    if BlankNode in (type(subject), type(object_)):
        raise wrong(query, f"<{this}>: a nanopublication has no blank nodes. Give them IRIs.")
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
        raise wrong(query, f"<{this}>: a subject and a property must be IRIs in its {name}.")
    if object_ is None:
        raise wrong(query, f"<{this}>: a statement of its {name} has no object.")
    return Quad(subject, predicate, object_, graphs[name])


def _head(iri: str, graphs: Mapping[str, NamedNode]) -> Iterator[Quad]:
    np, head = NamedNode(iri), NamedNode(f"{iri}/head")
    yield Quad(np, NamedNode(f"{RDF}type"), NamedNode(f"{NP}Nanopublication"), head)
    for link, part in zip(LINKS, PARTS, strict=True):
        yield Quad(np, NamedNode(f"{NP}{link}"), graphs[part], head)


def _names(iris: Sequence[str]) -> dict[str, str]:
    """Return a name for a file by IRI: its last part, with a digest where that is another's too."""
    lasts = {iri: re.sub(r"[^A-Za-z0-9._-]+", "-", re.split("[/#]", iri)[-1]) for iri in iris}
    # file systems may not tell capitals apart
    times = Counter(last.lower() for last in lasts.values())
    return {
        iri: last if last.strip(".-") and times[last.lower()] == 1 else _digest(iri)
        for iri, last in lasts.items()
    }


def _digest(iri: str) -> str:
    return sha256(iri.encode()).hexdigest()[:16]
