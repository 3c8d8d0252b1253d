"""Make the overview (storey 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Literal, NamedNode

from kg.dataset.addresses import list_path, local_path
from kg.dataset.description import rank, types
from kg.dataset.dumps import Dump
from kg.dataset.frame import data_set
from kg.dataset.snapshot import Snapshot, instances, subclasses
from kg.dataset.tables import Tables
from kg.rdf.formats import CSV, TURTLE
from kg.rdf.namespaces import DCAT, DCTERMS, OWL, RDF, RDFS, SH, SKOS, VOID
from kg.views.citation import Citation, citation_of
from kg.views.list_names import plural
from kg.views.pages import QueryLink, SitePart, Value
from kg.views.panels import ShownPanel, panels_of_overview
from kg.views.query_page import query_links
from kg.views.schema_org import data_set_markup
from kg.views.site import title_of
from kg.views.values import value_of
from kg.views.verdict import said_verdict

# how many classes come first where the settings name none, and how many instances are listed
FIRST = 6
SHOWN = 8

# classes of vocabularies themselves: they say nothing of what a data set is about
MACHINERY = (OWL, RDFS, RDF, SH, f"{SKOS}ConceptScheme", VOID, DCAT)


@dataclass(frozen=True, slots=True)
class ClassCount:
    """One class on the overview: `label` links to the class, `members` to the first instances.

    `plural` is the label for more than one, or for one where there is one; `href` leads to the
    list.
    """

    label: Value
    plural: Value
    count: int
    href: str
    members: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class DumpLink:
    """A file with the whole data set: `size` in words, `sha256` its digest."""

    name: str
    href: str
    size: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`/`: what this data set is, what is in it, and where to start.

    `lead` are the paragraphs of its description; `classes` come first, `more` are the others;
    `commands` are command lines to try, with
    HOST for the server's address; `verdict` is the report's one line, `snapshot` the snapshot id;
    `example` is a resource worth a look, or None; `markup` as on the page of a resource, or "";
    `panels` show what stored queries found about the whole; `citation` is that of the data set.
    """

    site: SitePart
    heading: Value
    lead: tuple[Value, ...]
    classes: tuple[ClassCount, ...]
    more: tuple[ClassCount, ...]
    queries: tuple[QueryLink, ...]
    triples: int
    files: int
    commands: tuple[str, ...]
    verdict: str
    snapshot: str
    markup: str
    dumps: tuple[DumpLink, ...] = ()
    example: Value | None = None
    panels: tuple[ShownPanel, ...] = ()
    citation: Citation | None = None


def overview_page(
    snapshot: Snapshot,
    site: SitePart,
    classes: Sequence[str],
    dumps: Sequence[Dump] = (),
    tables: Tables | None = None,
) -> OverviewPage:
    """Return the overview; `classes` come first, then the others by their number of instances."""
    dataset = data_set(snapshot)
    others = [iri for iri in _other_classes(snapshot) if iri not in classes]
    first = classes or others[:FIRST]
    return OverviewPage(
        site=site,
        heading=title_of(snapshot, dataset),
        lead=lead(snapshot, dataset),
        classes=_counts(snapshot, site, first, SHOWN),
        more=_counts(snapshot, site, [iri for iri in others if iri not in first], 0),
        queries=query_links(snapshot.queries),
        triples=snapshot.triples,
        files=snapshot.files,
        example=example(snapshot, classes),
        commands=commands(snapshot, classes, "http://HOST"),
        verdict=said_verdict(snapshot),
        snapshot=snapshot.id,
        markup=_markup(snapshot, dataset, site, dumps),
        dumps=tuple(
            DumpLink(
                dump.name,
                f"/{dump.name}",
                readable_size(dump.bytes),
                dump.sha256,
                dump.media_type,
            )
            for dump in dumps
        ),
        citation=citation_of(snapshot, dataset.value) if dataset else None,
        panels=panels_of_overview(snapshot, tables) if tables else (),
    )


def _markup(
    snapshot: Snapshot, dataset: NamedNode | None, site: SitePart, dumps: Sequence[Dump]
) -> str:
    downloads = [(f"{snapshot.base}{dump.name}", dump.media_type) for dump in dumps]
    return data_set_markup(snapshot, dataset, site.title.text, downloads)


def readable_size(size: int) -> str:
    """Return a number of bytes as people read it.

    >>> readable_size(2_500_000)
    '2.5 MB'
    """
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} B"


def _counts(
    snapshot: Snapshot, site: SitePart, classes: Sequence[str], shown: int
) -> tuple[ClassCount, ...]:
    """Return the classes that have instances, with the first `shown` of them."""
    lists = {one.class_: one for one in site.lists}
    found = {iri: instances(snapshot, iri) for iri in classes}
    return tuple(
        ClassCount(
            value_of(snapshot, NamedNode(iri)),
            lists[iri].name if iri in lists else plural(snapshot, iri, len(members)),
            len(members),
            lists[iri].href if iri in lists else list_path(iri),
            tuple(value_of(snapshot, NamedNode(member)) for member in members[:shown]),
        )
        for iri, members in found.items()
        if members
    )


def example(snapshot: Snapshot, classes: Sequence[str]) -> Value | None:
    """Return a resource that the data set names as an example, or the first of its own.

    Where there are several it is one of the earliest of the classes.
    """
    dataset = data_set(snapshot)
    named = snapshot.objects(dataset, f"{VOID}exampleResource") if dataset else ()
    iris = [o for o in named if isinstance(o, NamedNode) and snapshot.describes(o.value)]
    own = (
        subject
        for subject in snapshot.by_subject
        if subject.startswith(f"<{snapshot.base}")
        and "#" not in subject
        and any(map(snapshot.in_union, snapshot.by_subject[subject]))
    )
    iris.extend(NamedNode(subject[1:-1]) for subject in islice(own, 1))
    within = [subclasses(snapshot, class_) for class_ in classes]

    def order(node: NamedNode) -> tuple[int, str]:
        own = types(snapshot, node)
        ranks = (rank for rank, names in enumerate(within) if not names.isdisjoint(own))
        return next(ranks, len(classes)), node.value

    iris.sort(key=order)
    return value_of(snapshot, iris[0]) if iris else None


def commands(snapshot: Snapshot, classes: Sequence[str], server: str) -> tuple[str, ...]:
    """Return command lines to try on a server: an example as Turtle, a query as CSV.

    `server` is its address without a trailing slash.
    """
    count = "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class"
    asked = f"curl -H 'Accept: {CSV.media_type}' '{server}/sparql' --data-urlencode 'query={count}'"
    one = example(snapshot, classes)
    if not one:
        return (asked,)
    path = local_path(snapshot, one.iri).replace("'", "%27")
    return f"curl -L -H 'Accept: {TURTLE.media_type}' '{server}{path}'", asked


def _other_classes(snapshot: Snapshot) -> list[str]:
    counts = snapshot.uses.classes
    own = (iri for iri in counts if not iri.startswith(MACHINERY))
    return sorted(own, key=lambda iri: (-counts[iri], iri))


def lead(snapshot: Snapshot, dataset: NamedNode | None) -> tuple[Value, ...]:
    """Return the paragraphs of the data set's description, in the reader's language."""
    found = snapshot.objects(dataset, f"{DCTERMS}description") if dataset else ()
    said = [o for o in found if isinstance(o, Literal)]
    best = min((rank(snapshot, o) for o in said), default=0)
    # those without a language stand beside those in the best
    shown = (o for o in said if not o.language or rank(snapshot, o) == best)
    return tuple(Value(o.value, o.language or "") for o in shown)
