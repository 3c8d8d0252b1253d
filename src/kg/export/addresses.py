"""What a site consists of: every address that an export has, and in which formats (storey 5).

Left out is what only a program can answer: SPARQL, search, reconciliation, validation, the graph
store, other parameters of lists and queries, and differences of single documents.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.dataset.addresses import (
    BY_SUFFIX,
    DOCUMENT_FORMATS,
    LIST_FILES,
    document_path,
    format_path,
    local_path,
    version_names,
)
from kg.dataset.catalogue import with_description
from kg.dataset.context import CONTEXT_PATH
from kg.dataset.frame import described_data_set
from kg.dataset.snapshot import Snapshot
from kg.publication import Publication
from kg.rdf.formats import FORMATS, HTML, PLAIN_JSON, AnyFormat
from kg.versions.archive import Archive
from kg.versions.reading import read_snapshot, version_path
from kg.versions.version import DUMP
from kg.views.list_names import named_lists
from kg.views.stored import address as query_address
from kg.views.stored import formats_of
from kg.web.about import pages_of
from kg.web.lists import OFFERED as LISTS
from kg.web.pages import static_files
from kg.web.versions import OFFERED as DIFFERENCES

# what only a program can answer, and what is written there in its place
ABSENT = (
    *("/sparql", "/search", "/search.json", "/search.csv", "/opensearch.xml", "/reconcile"),
    *("/validate", "/graph-store", "/openapi.json", "/resource", "/list"),
    *("/health", "/metrics"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the site.

    `target` is the path and the query, as clients send them, without `lang`. `offered` are the
    formats that Accept chooses from, () where it has no say. `suffixes` are the formats of a
    document that have addresses of their own, each with its address. `strict` means that another
    query is another question; `turns` that there may be further pages. `kept` is a file that is
    the answer.
    """

    target: str
    offered: tuple[AnyFormat, ...] = ()
    suffixes: tuple[tuple[AnyFormat, str], ...] = ()
    strict: bool = False
    turns: bool = False
    kept: str = ""


def addresses(publication: Publication) -> tuple[Address, ...]:
    """Return all addresses of a publication's site, each once, sorted."""
    found = {
        address.target: address
        for part in (_documents, _pages, _lists, _queries, _files, _past)
        for address in part(publication)
    }
    return tuple(found[target] for target in sorted(found))


def _documents(publication: Publication) -> Iterator[Address]:
    yield from documents_of(publication.snapshot)


def documents_of(snapshot: Snapshot) -> Iterator[Address]:
    """Yield the addresses of everything that a snapshot describes, and of its documents."""
    own = (*snapshot.by_subject, *snapshot.by_graph)
    iris = {name[1:-1] for name in own if name.startswith("<")} | set(snapshot.documents)
    for iri in sorted(iris):
        thing = local_path(snapshot, iri).partition("#")[0]
        document = document_path(snapshot, iri).partition("#")[0]
        if thing != document:
            yield Address(thing)
        suffixes = tuple(
            (format_, format_path(snapshot, iri, format_))
            for format_ in (*DOCUMENT_FORMATS, *BY_SUFFIX)
        )
        yield Address(document, DOCUMENT_FORMATS, suffixes, strict="?" in document, turns=True)
    yield from (Address(local_path(snapshot, name)) for name in version_names(snapshot))


def _pages(publication: Publication) -> Iterator[Address]:
    dataset = described_data_set(publication.snapshot)
    yield Address("/", (HTML, *FORMATS) if dataset else (HTML,))
    for path in pages_of(publication):
        yield Address(path, (HTML,))
    if not publication.snapshot.describes(f"{publication.snapshot.base}queries"):
        yield Address("/queries", (HTML,))


def _lists(publication: Publication) -> Iterator[Address]:
    classes = publication.project.site.classes
    for path in named_lists(publication.snapshot, publication.tables, classes).values():
        yield Address(path, LISTS, strict=True, turns=True)
        for kind in LIST_FILES:
            link = f"&format={kind.extension}" if "?" in path else f".{kind.extension}"
            yield Address(f"{path}{link}", strict=True)


def _queries(publication: Publication) -> Iterator[Address]:
    """Yield the stored queries that nothing need be given to."""
    for query in publication.snapshot.queries:
        if any(one.required for one in query.parameters) or set("{}") & set(query.name):
            continue
        offered = formats_of(query)
        described = () if offered is FORMATS else FORMATS
        path = query_address(query)
        yield Address(path, (*offered, HTML, *described), strict=True, turns=True)
        for format_ in offered:
            yield Address(f"{path}?format={format_.extension}", strict=True)


def _files(publication: Publication) -> Iterator[Address]:
    for dump in publication.dumps:
        yield Address(f"/{dump.name}", kept=str(dump.path))
    for name in static_files():
        yield Address(f"/static/{name}")
    for path in (
        CONTEXT_PATH,
        "/favicon.ico",
        "/robots.txt",
        "/terms.json",
        "/llms.txt",
        "/changes.atom",
    ):
        yield Address(path)
    yield Address("/sitemap.xml", turns=True)
    yield Address("/.well-known/void")
    yield Address("/.well-known/api-catalog")


def _past(publication: Publication) -> Iterator[Address]:
    archive = publication.archive
    yield Address("/version", (HTML, PLAIN_JSON))
    for version in archive.versions:
        root = version_path(version.number)
        yield Address(f"{root}/{DUMP}", kept=str(version.dump))
        yield Address(f"{root}/")
        yield Address(f"{root}{CONTEXT_PATH}")
        state = with_description(read_snapshot(version, publication.snapshot.base))
        yield from documents_of(state)
    yield from _differences(archive)
    if archive.versions:
        for address in documents_of(publication.snapshot):
            if address.offered and "?" not in address.target:
                yield Address(f"/timemap{address.target}")


def _differences(archive: Archive) -> Iterator[Address]:
    """Yield what changed from each version to the next, and to the present state."""
    numbers = [str(version.number) for version in archive.versions]
    for old, new in zip(numbers, [*numbers[1:], "now"], strict=False):
        yield Address(f"/diff/{old}/{new}", DIFFERENCES, strict=True)
        for format_ in DIFFERENCES[1:]:
            yield Address(f"/diff/{old}/{new}?format={format_.extension}", strict=True)
