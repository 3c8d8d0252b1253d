"""A description as bytes (storey 3), in an RDF format of the table."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad, Triple, serialize

from kg.dataset.description import Description
from kg.dataset.snapshot import Snapshot
from kg.errors import NotRepresentable, Unwritable
from kg.rdf.formats import JSON_LD, JSON_LD_GRAPHS, Format
from kg.rdf.writing import write_graph
from kg.views.jsonld import Names, can_hold_in_json, compacted, compacted_graphs
from kg.views.pages import SitePart


@dataclass(frozen=True, slots=True)
class Representation:
    """The bytes of a document in one format; `etag` is strong, quotes included.

    `language` is that of a page, else ""; `negotiated` says that it was chosen by what the client
    prefers.
    """

    body: bytes | memoryview
    media_type: str
    etag: str
    language: str = ""
    negotiated: bool = False


def representation(body: bytes | memoryview, media_type: str) -> Representation:
    """Return the bytes with the entity tag that only they have."""
    return Representation(body, media_type, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def spoken(made: Representation, site: SitePart) -> Representation:
    """Return what was made in the language of a page, with what its headers say of that."""
    negotiated = bool(site.languages) and not site.chosen
    return replace(made, language=site.language, negotiated=negotiated)


def represent(
    snapshot: Snapshot,
    description: Description,
    format_: Format,
    about: Sequence[Quad] = (),
    names: Names | None = None,
) -> Representation:
    """Return a description in an RDF format; the triples are the same in every one.

    TriG, N-Quads and JSON_LD_GRAPHS hold them in the default graph, and once more in the graphs
    that they are from; plain JSON-LD would be twice as long for readers of JSON, most of whom
    read one graph. `about` is what the document says of itself, `names` the JSON-LD context of
    the snapshot, where it is at hand.
    Raises: NotRepresentable when the format cannot write one of the triples.
    """
    quads = (*description.quads, *description.incoming, *about)
    if format_ in (JSON_LD, JSON_LD_GRAPHS):
        return _as_json_ld(snapshot, description, quads, format_, names)
    prefixes = snapshot.prefixes.used_by(_iris(quads))
    if format_.datasets:
        body = serialize(_with_default_graph(quads), format=format_.engine, prefixes=prefixes)
        assert body is not None
        return representation(body, format_.media_type)
    try:
        graph = write_graph(_triples(quads), format_, prefixes)
    except Unwritable as error:
        raise NotRepresentable(description.iri, format_.name) from error
    return representation(graph, format_.media_type)


def _as_json_ld(
    snapshot: Snapshot,
    description: Description,
    quads: tuple[Quad, ...],
    format_: Format,
    names: Names | None,
) -> Representation:
    triples = _triples(quads)
    if not can_hold_in_json(triples):
        raise NotRepresentable(description.iri, format_.name)
    if format_ is JSON_LD:
        body = compacted(snapshot, description.iri, triples, names)
    else:
        quads = _with_default_graph(quads)
        body = compacted_graphs(snapshot, description.iri, quads, names)
    return representation(body, format_.media_type)


def _with_default_graph(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return the quads, before them their triples in the default graph, as SPARQL has them.

    A client that reads one graph finds everything, and one that reads all knows which is where.
    """
    quads = tuple(quads)
    return tuple(dict.fromkeys((*(Quad(*quad.triple) for quad in quads), *quads)))


def _triples(quads: Iterable[Quad]) -> tuple[Triple, ...]:
    return tuple(dict.fromkeys(quad.triple for quad in quads))


def _iris(quads: Iterable[Quad]) -> Iterator[str]:
    for term in (term for quad in quads for term in quad):
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value
