"""The description of a resource (storey 2): the triples that answer for its IRI.

It is the symmetric concise bounded description, and the parts: the values of the properties
that the shapes mark as whole and part, so that a record comes whole.
Source: https://www.w3.org/submissions/CBD/
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.dataset.languages import in_order
from kg.dataset.licences import licence_name
from kg.dataset.snapshot import Snapshot
from kg.errors import NotFound
from kg.rdf.namespaces import DCTERMS, LABELS, RDF
from kg.rdf.terms import Node, graph_of, text_of

# Statements on one page: of a thing, and of a document or graph, which is wanted whole where
# that is possible at all.
PAGE, LONG_PAGE = 500, 20_000


@dataclass(frozen=True, slots=True)
class Description:
    """What the snapshot says about a resource, or one page of it.

    `quads` are about the resource and its parts, each subject's together, the resource first;
    `incoming` are those that point at it from elsewhere. No quad is in both. `page` counts from
    1 to `pages`; `statements` are those that all pages have: about the resource itself, and
    pointing at it.
    """

    iri: str
    quads: tuple[Quad, ...]
    incoming: tuple[Quad, ...]
    page: int = 1
    pages: int = 1
    statements: int = 0


def describe(snapshot: Snapshot, iri: str, page: int = 1) -> Description:
    """Return the description of the resource that the IRI names, or a page of a long one.

    The description of a document with hash IRIs is that of all of them; the description of a
    named graph holds the graph. Parts and blank nodes are whole on the page of what they belong
    to. It costs what the page holds, however much there is.
    Raises: NotFound when the snapshot describes no such IRI, or there is no such page.
    """
    own = _own(snapshot, iri)
    pointing = snapshot.by_object.get(f"<{iri}>", ())
    before, statements = sum(map(len, own)), sum(map(len, (*own, pointing)))
    size = LONG_PAGE if len(own) > 1 or iri in snapshot.documents else PAGE
    pages = -(-statements // size)
    if not before or not 1 <= page <= pages:
        raise NotFound(iri if page == 1 else f"{iri}, page {page}")
    start, stop = size * (page - 1), size * page
    quads = tuple(dict.fromkeys(_whole(snapshot, iri, list(_slice(own, start, stop)))))
    inside = {quad.subject for quad in quads}
    shown = _slice([pointing], start - before, stop - before)
    incoming = tuple(quad for quad in shown if quad.subject not in inside)
    return Description(iri, quads, incoming, page, pages, statements)


def _own(snapshot: Snapshot, iri: str) -> list[Sequence[Quad]]:
    """Return the quads about the resource, in rows that have none in common."""
    node, graph = NamedNode(iri), snapshot.by_graph.get(f"<{iri}>", ())
    members = snapshot.documents.get(iri, ())
    if members:
        roots = {node, *map(NamedNode, members)}
        about = [snapshot.about(root) for root in (node, *map(NamedNode, members))]
        return [*about, [quad for quad in graph if quad.subject not in roots]]
    if graph:
        return [[quad for quad in snapshot.about(node) if graph_of(quad) != iri], graph]
    return [snapshot.about(node)]


def _slice(rows: Sequence[Sequence[Quad]], start: int, stop: int) -> Iterator[Quad]:
    """Yield the quads from start to stop of the rows as if they were one, without joining them."""
    for row in rows:
        yield from row[max(0, start) : max(0, stop)]
        start, stop = start - len(row), stop - len(row)


def _whole(snapshot: Snapshot, iri: str, shown: Sequence[Quad]) -> Iterator[Quad]:
    """Yield quads by subject, the resource first, each subject's followed by its parts."""
    subjects = dict.fromkeys((NamedNode(iri), *(quad.subject for quad in shown)))
    rows: dict[Node, list[Quad]] = {subject: [] for subject in subjects}
    for quad in shown:
        rows[quad.subject].append(quad)
    seen: set[Node] = set(subjects)
    for root, shown_of_it in rows.items():
        # a blank node cannot be asked for again, so that it is whole wherever it is
        row = snapshot.about(root) if isinstance(root, BlankNode) else shown_of_it
        yield from row
        waiting = list(reversed(list(parts(snapshot, row))))
        while waiting:
            subject = waiting.pop()
            if subject in seen:
                continue
            seen.add(subject)
            quads = snapshot.about(subject)
            yield from quads
            waiting.extend(reversed(list(parts(snapshot, quads))))


def modified(snapshot: Snapshot, description: Description, dataset: str = "") -> datetime | None:
    """Return when what is described changed last, as the data says it, in UTC.

    That is the latest `dcterms:modified` of the resource and of the graphs that its statements
    are in; where there is none, that of the data set.
    """
    graphs = {graph_of(quad) for quad in (*description.quads, *description.incoming)} - {""}
    return latest(snapshot, (description.iri, *graphs)) or latest(snapshot, (dataset,))


def date_of(snapshot: Snapshot, iri: str, dataset: str = "") -> str:
    """Return the day on which the statements about the IRI changed last, or ""; quicker to say."""
    about = (*snapshot.about(NamedNode(iri)), *snapshot.by_graph.get(f"<{iri}>", ())[:1])
    graphs = {graph_of(quad) for quad in about} - {""}
    date = latest(snapshot, (iri, *graphs)) or latest(snapshot, (dataset,))
    return date.date().isoformat() if date else ""


def latest(snapshot: Snapshot, iris: Iterable[str]) -> datetime | None:
    """Return the latest `dcterms:modified` of the IRIs, in UTC, a day by its beginning."""
    dates = []
    for iri in filter(None, iris):
        for term in snapshot.objects(NamedNode(iri), f"{DCTERMS}modified"):
            # what is no date is for the shapes to say
            with suppress(ValueError):
                date = datetime.fromisoformat(text_of(term))
                dates.append(date if date.tzinfo else date.replace(tzinfo=UTC))
    return max(dates, default=None)


def parts(snapshot: Snapshot, quads: Iterable[Quad]) -> Iterator[Node]:
    """Yield the objects that belong to the descriptions of the quads' subjects."""
    for quad in quads:
        whole = BlankNode | NamedNode if quad.predicate.value in snapshot.parts else BlankNode
        if isinstance(quad.object, whole):
            yield quad.object


def types(snapshot: Snapshot, term: Node) -> tuple[str, ...]:
    """Return the IRIs of the classes that the term is declared an instance of."""
    found = snapshot.objects(term, f"{RDF}type")
    return tuple(class_.value for class_ in found if isinstance(class_, NamedNode))


def in_languages(snapshot: Snapshot, languages: Sequence[str]) -> Snapshot:
    """Return the snapshot for readers of these languages, the best first; all else is shared."""
    return replace(snapshot, languages=in_order(languages, snapshot.languages))


def label(snapshot: Snapshot, term: Node) -> Literal | None:
    """Return the term's label in the first of the snapshot's languages that has one, or None.

    A label without a language comes after those in the reader's, and before any other; in one
    language `LABELS` decides.
    """
    found = [
        (rank(snapshot, o), LABELS.index(p), o.value, o)
        for q in snapshot.about(term)
        if (p := q.predicate.value) in LABELS and isinstance(o := q.object, Literal)
    ]
    return min(found, key=lambda one: one[:3])[3] if found else None


def preferred(snapshot: Snapshot, texts: Iterable[Literal]) -> Literal | None:
    """Return the text in the first of the snapshot's languages that has one, or any, or None."""
    return min(texts, key=lambda one: rank(snapshot, one), default=None)


def rank(snapshot: Snapshot, literal: Literal) -> int:
    """Return how far down in the reader's languages that of the literal is, 0 for the first."""
    language = (literal.language or "").lower()
    wanted = snapshot.languages
    matching = (
        i for i, tag in enumerate(wanted) if language == tag or language.startswith(f"{tag}-")
    )
    return next(matching, len(wanted))


def readable(snapshot: Snapshot, iri: str) -> str:
    """Return what to call the IRI where it has no label.

    That is the name of a known licence, its prefixed name, else its last part where it is one of
    ours, else the whole IRI.
    """
    last = iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
    own = last if iri.startswith(snapshot.base) else ""
    return licence_name(iri) or snapshot.prefixes.shrink(iri) or own or iri
