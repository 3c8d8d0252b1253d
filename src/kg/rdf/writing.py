"""A graph as bytes in an RDF format (storey 0)."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO, cast

from pyoxigraph import Triple, serialize

from kg.errors import Unwritable
from kg.rdf.formats import JSON_LD, RDF_XML, Format, statements
from kg.rdf.xml import can_hold, with_returns


def write_graph(
    triples: Iterable[Triple],
    format_: Format,
    prefixes: dict[str, str],
    sink: BytesIO | None = None,
) -> bytes:
    """Return the triples in the format, which are the default graph where it can name graphs.

    They go through `sink`, so that one with a limit can end it.
    Raises: Unwritable when the format cannot write one of them.
    """
    buffer = sink or BytesIO()
    checked = _writable(triples, format_) if format_ in (RDF_XML, JSON_LD) else triples
    serialize(
        statements(checked, format_), cast("BinaryIO", buffer), format_.engine, prefixes=prefixes
    )
    body = buffer.getvalue()
    return with_returns(body) if format_ is RDF_XML else body


def _writable(triples: Iterable[Triple], format_: Format) -> Iterator[Triple]:
    """Yield the triples; JSON-LD 1.1 has no triples as terms, RDF/XML is XML."""
    for triple in triples:
        if (format_ is JSON_LD and is_nested(triple)) or (
            format_ is RDF_XML and not can_hold((triple,))
        ):
            raise Unwritable(format_.name)
        yield triple


def is_nested(triple: Triple) -> bool:
    """Whether the triple has a triple as its object, which JSON-LD 1.1 cannot write."""
    return isinstance(triple.object, Triple)
