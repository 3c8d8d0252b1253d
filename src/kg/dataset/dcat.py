"""The data set in DCAT 3 (storey 2): a catalog of it, its files and its service.

It meets DCAT-AP 3.0.1, which wants whatever is referred to typed in the same graph.
Source: https://www.w3.org/TR/vocab-dcat-3/, https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kg.dataset.dumps import Dump
from kg.dataset.frame import Frame
from kg.dataset.human import agents, english, references, said_by_people
from kg.dataset.offered import MEDIA_TYPES, format_described, offered
from kg.rdf.formats import N_QUADS, AnyFormat, Format
from kg.rdf.namespaces import DCAT, DCTERMS, FOAF, RDF, RDFS, SPDX, XSD
from kg.rdf.terms import Term, about, integer

SHA256 = f"{SPDX}checksumAlgorithm_sha256"
PROTOCOL = "http://www.w3.org/TR/sparql11-protocol/"

# what a catalog, its service and its files have in common with the data set
SHARED = tuple(f"{DCTERMS}{name}" for name in ("license", "language", "issued", "modified"))


@dataclass(frozen=True, slots=True)
class File:
    """A file to download: its path below the base, format, size, SHA-256 in hex, and title."""

    path: str
    format: Format
    bytes: int
    sha256: str
    title: str

    def part(self, frame: Frame, kind: str) -> str:
        """Return the IRI of a part of the description that is about the file."""
        return frame.part(kind, self.path.removeprefix("dump."))


def dcat(frame: Frame, dumps: Sequence[Dump]) -> Iterator[Triple]:
    """Yield the catalog, the data set with what people say of it, its files and its service."""
    said = tuple(said_by_people(frame))
    yield from said
    shared = tuple(
        (t.predicate.value, t.object)
        for t in said
        if t.subject == NamedNode(frame.dataset) and t.predicate.value in SHARED
    )
    yield from _catalog(frame, shared)
    licence = tuple(pair for pair in shared if pair[0] == f"{DCTERMS}license")
    yield from _service(frame, licence)
    yield from _media_types(dumps)
    files = tuple(pair for pair in shared if pair[0] != f"{DCTERMS}language")
    for dump in dumps:
        yield from _distribution(frame, dump, files)
    yield from offered(frame, files)


def _catalog(frame: Frame, shared: tuple[tuple[str, Term], ...]) -> Iterator[Triple]:
    catalog = f"{frame.base}catalog"
    what = f"One data set under {frame.base}: its files to download and its SPARQL endpoint."
    # a catalog has exactly one publisher: where nobody says who, it is whoever serves this
    publishers = agents(frame, (f"{DCTERMS}publisher", f"{DCTERMS}creator"))
    unknown = frame.part("agent", "publisher"), Literal(f"The publisher of {frame.base}")
    publisher, name = next(iter(publishers), unknown)
    yield from about(
        catalog,
        (f"{RDF}type", f"{DCAT}Catalog"),
        (f"{DCTERMS}title", english(f"Catalogue of {frame.base}")),
        (f"{DCTERMS}description", english(what)),
        (f"{DCTERMS}publisher", publisher),
        (f"{DCAT}dataset", frame.dataset),
        (f"{DCAT}service", f"{frame.base}sparql"),
        *shared,
    )
    yield from about(publisher, (f"{RDF}type", f"{FOAF}Agent"), (f"{FOAF}name", name))


def _service(frame: Frame, licence: tuple[tuple[str, Term], ...]) -> Iterator[Triple]:
    endpoint = f"{frame.base}sparql"
    yield from about(
        endpoint,
        (f"{RDF}type", f"{DCAT}DataService"),
        (f"{DCTERMS}title", english(f"SPARQL endpoint of {frame.base}")),
        (f"{DCAT}endpointURL", endpoint),
        # asked without a query, it answers with its description
        (f"{DCAT}endpointDescription", endpoint),
        (f"{DCAT}servesDataset", frame.dataset),
        (f"{DCTERMS}conformsTo", PROTOCOL),
        *licence,
        *references(frame, f"{DCTERMS}accessRights"),
    )
    yield from about(
        PROTOCOL,
        (f"{RDF}type", f"{DCTERMS}Standard"),
        (f"{RDFS}label", english("SPARQL 1.1 Protocol")),
    )


def _distribution(
    frame: Frame, dump: Dump, shared: tuple[tuple[str, Term], ...]
) -> Iterator[Triple]:
    packed = f", packed with {dump.coding}" if dump.packing else ""
    file = File(dump.name, dump.format, dump.bytes, dump.sha256, f"{dump.format.name}{packed}")
    yield from distribution_of(frame, frame.dataset, file, shared)
    if dump.packing:
        packing = f"{MEDIA_TYPES}{dump.packing.media_type}"
        yield from about(file.part(frame, "distribution"), (f"{DCAT}compressFormat", packing))


def distribution_of(
    frame: Frame, dataset: str, file: File, shared: tuple[tuple[str, Term], ...]
) -> Iterator[Triple]:
    """Yield a file to download of a data set, with its size and digest, and what is `shared`."""
    part, checksum = (file.part(frame, kind) for kind in ("distribution", "checksum"))
    url = f"{frame.base}{file.path}"
    yield from about(dataset, (f"{DCAT}distribution", part))
    yield from about(
        part,
        (f"{RDF}type", f"{DCAT}Distribution"),
        (f"{DCTERMS}title", english(file.title)),
        (f"{DCTERMS}description", english(content_of(file.format))),
        (f"{DCAT}accessURL", url),
        (f"{DCAT}downloadURL", url),
        (f"{DCAT}mediaType", f"{MEDIA_TYPES}{file.format.media_type}"),
        (f"{DCTERMS}format", file.format.iri),
        (f"{DCAT}byteSize", integer(file.bytes, "nonNegativeInteger")),
        (f"{SPDX}checksum", checksum),
        *shared,
    )
    digest = Literal(file.sha256, datatype=NamedNode(f"{XSD}hexBinary"))
    yield from about(
        checksum,
        (f"{RDF}type", f"{SPDX}Checksum"),
        (f"{SPDX}algorithm", SHA256),
        (f"{SPDX}checksumValue", digest),
    )


def content_of(format_: Format) -> str:
    """Return what a dump in the format holds, in a sentence or two."""
    if format_ is N_QUADS:
        return (
            "All named graphs as canonical N-Quads (RDFC-1.0). "
            "The SHA-256 of the plain file identifies this state of the data set."
        )
    if format_.datasets:
        return "All named graphs: data, ontology, shapes and stored queries."
    return "The default graph: data and ontology, without the names of graphs."


def _media_types(dumps: Sequence[Dump]) -> Iterator[Triple]:
    """Yield the types of the media types and formats that the distributions refer to."""
    used: list[AnyFormat] = [dump.format for dump in dumps]
    used.extend(dump.packing for dump in dumps if dump.packing)
    for format_ in dict.fromkeys(used):
        yield from format_described(format_)
    yield from about(
        SHA256, (f"{RDF}type", f"{SPDX}ChecksumAlgorithm"), (f"{RDFS}label", Literal("SHA-256"))
    )
