"""What of a release the server answers, in DCAT (storey 2): its tables, and its graphs.

Each is the answer to a stored query at the moment, so that nobody says its size or digest.
Source: https://www.w3.org/TR/vocab-dcat-3/#Class:Distribution
"""

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from kg.dataset.executables import query_iri
from kg.dataset.frame import Frame
from kg.dataset.human import english
from kg.dataset.queries import StoredQuery
from kg.dataset.releasing import GRAPH, TABLE
from kg.rdf.formats import CSV, TURTLE, AnyFormat, Format, PlainFormat, ResultFormat
from kg.rdf.namespaces import DCAT, DCTERMS, RDF, RDFS
from kg.rdf.terms import Term, about

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

# nanopublications are no answer of the server: a release alone makes them of rows
FORMATS: tuple[tuple[str, Format | ResultFormat], ...] = ((TABLE, CSV), (GRAPH, TURTLE))


def offered(frame: Frame, shared: tuple[tuple[str, Term], ...]) -> Iterator[Triple]:
    """Yield the tables and graphs of a release that the server answers, and what is `shared`."""
    formats = dict(FORMATS)
    for query in frame.snapshot.queries:
        if query.release and query.release.kind in formats:
            yield from _distribution(frame, query, formats[query.release.kind], shared)


def _distribution(
    frame: Frame,
    query: StoredQuery,
    format_: Format | ResultFormat,
    shared: tuple[tuple[str, Term], ...],
) -> Iterator[Triple]:
    assert query.release
    name = query.name.rpartition("/")[2]
    part = frame.part("distribution", f"{name}.{format_.extension}")
    page = query_iri(query, frame.base)
    yield from about(frame.dataset, (f"{DCAT}distribution", part))
    yield from about(
        part,
        (f"{RDF}type", f"{DCAT}Distribution"),
        *((f"{DCTERMS}title", title) for title in query.release.titles),
        *(((f"{DCTERMS}description", english(query.description)),) if query.description else ()),
        (f"{DCAT}accessURL", page),
        (f"{DCAT}downloadURL", f"{page}?format={format_.extension}"),
        (f"{DCAT}mediaType", f"{MEDIA_TYPES}{format_.media_type}"),
        (f"{DCTERMS}format", format_.iri),
        *shared,
    )
    yield from format_described(format_)


def format_described(format_: AnyFormat) -> Iterator[Triple]:
    """Yield the types and labels of what a distribution in the format refers to."""
    yield from about(
        f"{MEDIA_TYPES}{format_.media_type}",
        (f"{RDF}type", f"{DCTERMS}MediaType"),
        (f"{RDFS}label", Literal(format_.media_type)),
    )
    if not isinstance(format_, PlainFormat):
        yield from about(
            format_.iri,
            (f"{RDF}type", f"{DCTERMS}MediaTypeOrExtent"),
            (f"{RDFS}label", Literal(format_.name)),
        )
