"""What a document says of itself (storey 2): its topic, its data set and its place in a series.

These statements stand in the default graph of every RDF representation, and are in no snapshot.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset.addresses import document_path, page_path
from kg.dataset.description import Description
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import FOAF, HYDRA, RDF, VOID, XSD

# what pages are called where a client looks for the others
# Source: https://www.hydra-cg.com/spec/latest/core/#collections
NEIGHBOURS = ("first", "previous", "next", "last")


def document_iri(snapshot: Snapshot, iri: str, page: int = 0) -> str:
    """Return the IRI of the document that describes the IRI, or of one of its pages."""
    path = document_path(snapshot, iri).partition("#")[0]
    return snapshot.base + (page_path(path, page) if page else path).removeprefix("/")


def neighbours(description: Description) -> Iterator[tuple[str, int]]:
    """Yield the pages that can be reached from this one, as (name, number) pairs."""
    page, last = description.page, description.pages
    for name, number in zip(NEIGHBOURS, (1, page - 1, page + 1, last), strict=True):
        if last > 1 and 1 <= number <= last:
            yield name, number


def about_document(snapshot: Snapshot, description: Description, dataset: str) -> Iterator[Quad]:
    """Yield what the document says of itself; `dataset` is the IRI of the data set, or "".

    Source: https://www.w3.org/TR/void/#backlinks
    """
    document = NamedNode(document_iri(snapshot, description.iri))
    if document.value != description.iri:
        yield Quad(document, NamedNode(f"{FOAF}primaryTopic"), NamedNode(description.iri))
    if dataset:
        yield Quad(document, NamedNode(f"{VOID}inDataset"), NamedNode(dataset))
    if description.pages > 1:
        yield from _paging(snapshot, description, document)


def _paging(snapshot: Snapshot, description: Description, document: NamedNode) -> Iterator[Quad]:
    total = Literal(str(description.statements), datatype=NamedNode(f"{XSD}integer"))
    view = NamedNode(document_iri(snapshot, description.iri, description.page))
    yield Quad(document, NamedNode(f"{RDF}type"), NamedNode(f"{HYDRA}Collection"))
    yield Quad(document, NamedNode(f"{HYDRA}totalItems"), total)
    yield Quad(document, NamedNode(f"{HYDRA}view"), view)
    yield Quad(view, NamedNode(f"{RDF}type"), NamedNode(f"{HYDRA}PartialCollectionView"))
    for name, number in neighbours(description):
        page = NamedNode(document_iri(snapshot, description.iri, number))
        yield Quad(view, NamedNode(f"{HYDRA}{name}"), page)
