"""The pages of how to have the data, and of what it is (storey 3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg import __version__
from kg.dataset.addresses import local_path
from kg.dataset.description import preferred
from kg.dataset.dumps import Dump
from kg.dataset.frame import data_set, description_graph
from kg.dataset.releasing import GRAPH
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import CSV, JSON_LD, TURTLE
from kg.rdf.namespaces import DCTERMS, PROV, RDFS, iri_path
from kg.views.citation import Citation, citation_of
from kg.views.compose import groups_of
from kg.views.overview import DumpLink, example, lead, readable_size
from kg.views.pages import Group, SitePart, Value
from kg.views.values import value_of

# what the data says of where it comes from
ORIGINS = tuple(f"{DCTERMS}{name}" for name in ("source", "provenance")) + tuple(
    f"{PROV}{name}" for name in ("wasGeneratedBy", "wasDerivedFrom")
)

# the dump whose digest is the id of the snapshot
CHECKED = "dump.nq"


@dataclass(frozen=True, slots=True)
class Door:
    """A way for programs to the data: its `path`, and a command line that tries it."""

    kind: str
    path: str
    command: str


@dataclass(frozen=True, slots=True)
class Extract:
    """A table or graph that a stored query makes of the data: its page, and the file of it."""

    name: Value
    format: str
    href: str
    media_type: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """`/data`: dumps, descriptions and endpoints, each with a command to try.

    `extracts` are what releases are made of; `records` are documents that describe the data set
    for programs.
    """

    site: SitePart
    triples: int
    files: int
    snapshot: str
    dumps: tuple[DumpLink, ...]
    extracts: tuple[Extract, ...]
    doors: tuple[Door, ...]
    records: tuple[Value, ...]
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class AboutPage:
    """`/about`: what this data set is, where it comes from, and what it may be used for.

    `lead` are the paragraphs of its description, `origins` what is said of its sources, `details`
    all else that is said of it; `software` is the version of `kg`.
    """

    site: SitePart
    lead: tuple[Value, ...]
    origins: tuple[Group, ...]
    details: tuple[Group, ...]
    dataset: Value | None
    software: str
    citation: Citation | None


def data_page(
    snapshot: Snapshot,
    site: SitePart,
    classes: Sequence[str],
    dumps: Sequence[Dump],
    address: str,
) -> DataPage:
    """Return the page; `address` is the server's, without a slash at its end.

    Of `classes` the first ones give the example.
    """
    return DataPage(
        site=site,
        triples=snapshot.triples,
        files=snapshot.files,
        snapshot=snapshot.id,
        dumps=tuple(
            DumpLink(one.name, f"/{one.name}", readable_size(one.bytes), one.sha256, one.media_type)
            for one in dumps
        ),
        extracts=tuple(_extracts(snapshot)),
        doors=tuple(_doors(snapshot, classes, dumps, address)),
        records=_records(snapshot),
        citation=citation_of(snapshot, site.dataset) if site.dataset else None,
    )


def about_page(snapshot: Snapshot, site: SitePart) -> AboutPage:
    """Return the page of what the data set says of itself."""
    dataset = data_set(snapshot)
    # what is computed of the data set has a document of its own
    said_here = () if dataset is None else tuple(filter(snapshot.in_union, snapshot.about(dataset)))
    groups = groups_of(snapshot, dataset, quads=said_here) if dataset else ()
    said = {*ORIGINS, f"{DCTERMS}title", f"{DCTERMS}description", f"{RDFS}label", f"{RDFS}comment"}
    return AboutPage(
        site=site,
        lead=lead(snapshot, dataset),
        origins=tuple(group for group in groups if group.name.iri in ORIGINS),
        details=tuple(group for group in groups if group.name.iri not in said),
        dataset=value_of(snapshot, dataset) if dataset else None,
        software=__version__,
        citation=citation_of(snapshot, site.dataset) if site.dataset else None,
    )


def _extracts(snapshot: Snapshot) -> Iterator[Extract]:
    """Yield what stored queries say that releases are made of, as it can be had by itself."""
    for query in snapshot.queries:
        if query.release and (title := preferred(snapshot, query.release.titles)):
            path = f"/queries/{iri_path(query.name)}"
            format_ = TURTLE if query.release.kind == GRAPH else CSV
            name = Value(title.value, title.language or "", path)
            file = f"{path}?format={format_.extension}"
            yield Extract(name, format_.name, file, format_.media_type)


def _doors(
    snapshot: Snapshot, classes: Sequence[str], dumps: Sequence[Dump], address: str
) -> Iterator[Door]:
    """Yield the ways in, with commands that work as they are."""
    if one := example(snapshot, classes):
        path = local_path(snapshot, one.iri)
        for format_ in (TURTLE, JSON_LD):
            accept = f"curl -L -H {_quoted(f'Accept: {format_.media_type}')}"
            yield Door("thing", path, f"{accept} {_quoted(address + path)}")
    count = "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n)"
    asked = f"curl -H {_quoted(f'Accept: {CSV.media_type}')} {_quoted(f'{address}/sparql')}"
    yield Door("query", "/sparql", f"{asked} --data-urlencode {_quoted(f'query={count}')}")
    graph = f"curl -H {_quoted(f'Accept: {TURTLE.media_type}')}"
    yield Door(
        "graph", "/graph-store?default", f"{graph} {_quoted(f'{address}/graph-store?default')}"
    )
    posted = f"curl -H {_quoted(f'Content-Type: {TURTLE.media_type}')} --data-binary @my.ttl"
    yield Door("validate", "/validate", f"{posted} {_quoted(f'{address}/validate')}")
    if any(dump.name == CHECKED for dump in dumps):
        file = _quoted(f"{address}/{CHECKED}")
        yield Door("dump", f"/{CHECKED}", f"curl -s {file} | sha256sum  # {snapshot.id}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "%27") + "'"


def _records(snapshot: Snapshot) -> tuple[Value, ...]:
    """Return the documents that describe the data set, as links."""
    found = [data_set(snapshot), description_graph(snapshot)]
    nodes = [NamedNode(one) if isinstance(one, str) else one for one in found if one]
    return tuple(value_of(snapshot, node) for node in nodes)
