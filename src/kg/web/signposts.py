"""Which links stand at which document (storey 4): the signposts of FAIR Signposting, and more.

Source: https://signposting.org/FAIR/
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.dataset.addresses import DOCUMENT_FORMATS, document_path, format_path, page_path
from kg.dataset.description import Description, types
from kg.dataset.document import neighbours
from kg.dataset.dumps import Dump
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import (
    FORMATS,
    HTML,
    LINK_SET_JSON,
    LINK_SETS,
    PLAIN_JSON,
    Format,
    PlainFormat,
)
from kg.rdf.namespaces import DCTERMS, SCHEMAS
from kg.web.links import Link

# properties of the data set that are true of each of its documents, and their relations
OF_ALL = (("license", "license"), ("creator", "author"), ("conformsTo", "profile"))

# RFC 5005 and HTML call the page before by another name than Hydra does
RELATIONS = (("first", "first"), ("previous", "prev"), ("next", "next"), ("last", "last"))


@dataclass(frozen=True, slots=True)
class Signposts:
    """Makes the links of the documents of one snapshot; `dataset` is its IRI, or "".

    `of_all` are the links that every document has, `dumps` those to the files of the data set.
    """

    snapshot: Snapshot
    dataset: str
    of_all: tuple[Link, ...]
    dumps: tuple[Link, ...] = ()

    def of_landing_page(self) -> tuple[Link, ...]:
        """Return the links of `/`: what the data set is called, described by, and made of."""
        found = [
            Link("/.well-known/api-catalog", "api-catalog", LINK_SET_JSON.media_type),
            Link("/openapi.json", "service-desc", PLAIN_JSON.media_type),
        ]
        if self.dataset:
            found.append(Link(self.dataset, "cite-as"))
            found.extend(
                Link(
                    format_path(self.snapshot, self.dataset, format_),
                    "describedby",
                    format_.media_type,
                )
                for format_ in FORMATS
            )
            found.extend(self._link_sets(self.dataset))
        classes = (Link(class_, "type") for class_ in (ABOUT_PAGE, f"{SCHEMAS}Dataset"))
        others = (link for link in self.of_all if link.relations != "collection")
        return (*found, *classes, *others, *self.dumps)

    def of_thing(self, iri: str) -> tuple[Link, ...]:
        """Return the links of the redirect from a thing to its document."""
        return (Link(document_path(self.snapshot, iri).partition("#")[0], "describedby"),)

    def of_document(
        self, description: Description, format_: Format | PlainFormat, *, by_suffix: bool = False
    ) -> tuple[Link, ...]:
        """Return the links of one representation of a document.

        Whoever asked `by_suffix` is led to other pages in the same format.
        """
        path = document_path(self.snapshot, description.iri).partition("#")[0]
        page = description.page if description.pages > 1 else 0
        node = NamedNode(description.iri)
        # a page says it itself, as a whole URL, which search engines ask for
        canonical = () if format_ is HTML else (Link(_paged(path, page), "canonical"),)
        return (
            *canonical,
            Link(description.iri, "describes cite-as"),
            *self._variants(description.iri, page, format_),
            *(Link(class_, "type") for class_ in (ABOUT_PAGE, *types(self.snapshot, node))),
            *self._link_sets(description.iri),
            *self._pages(
                format_path(self.snapshot, description.iri, format_) if by_suffix else path,
                description,
            ),
            *self.of_all,
        )

    def _variants(self, iri: str, page: int, shown: Format | PlainFormat) -> Iterator[Link]:
        for format_ in DOCUMENT_FORMATS:
            relations = [
                *(["alternate"] if format_ is not shown else []),
                *(["describedby"] if format_ is not HTML else []),
            ]
            url = _paged(format_path(self.snapshot, iri, format_), page)
            if relations:
                yield Link(url, " ".join(relations), format_.media_type)

    def _link_sets(self, iri: str) -> Iterator[Link]:
        for kind in LINK_SETS:
            yield Link(format_path(self.snapshot, iri, kind), "linkset", kind.media_type)

    def _pages(self, path: str, description: Description) -> Iterator[Link]:
        relations = dict(RELATIONS)
        for name, number in neighbours(description):
            yield Link(page_path(path, number), relations[name])


ABOUT_PAGE = f"{SCHEMAS}AboutPage"


def _paged(path: str, page: int) -> str:
    return page_path(path, page) if page else path


def signposts(snapshot: Snapshot, dataset: str, dumps: Sequence[Dump] = ()) -> Signposts:
    """Return the signposts of a snapshot, of the data set that it is and of the files of that."""
    node = NamedNode(dataset) if dataset else None
    found = [
        Link(term.value, relation)
        for name, relation in OF_ALL
        for term in (snapshot.objects(node, f"{DCTERMS}{name}") if node else ())
        if isinstance(term, NamedNode)
    ]
    found.append(Link("/", "collection", HTML.media_type))
    items = (Link(f"/{dump.name}", "item", dump.media_type) for dump in dumps)
    return Signposts(snapshot, dataset, tuple(found), tuple(items))
