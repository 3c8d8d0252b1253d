"""Make pages out of a snapshot (storey 3): what is shown, not how it looks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.dataset.addresses import document_path, format_path
from kg.dataset.description import Description, label, readable, types
from kg.dataset.queries import StoredQuery
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import FORMATS
from kg.rdf.namespaces import RDF, XSD
from kg.rdf.terms import Node, Term, text_of
from kg.views.layout import LAST, Field, fields
from kg.views.pages import Group, Member, QueryLink, ResourcePage, SitePart, Value


def value_of(snapshot: Snapshot, term: Term) -> Value:
    """Return a term as a page shows it: labelled, linked where the link is safe."""
    if isinstance(term, Literal):
        return _literal(snapshot, term)
    if isinstance(term, Triple):
        return Value(str(term))
    named = label(snapshot, term)
    if isinstance(term, BlankNode):
        return Value(named.value if named else "(no name)", named.language or "" if named else "")
    text = named.value if named else readable(snapshot, term.value)
    language = (named.language or "") if named else ""
    return Value(text, language, href(snapshot, term.value), term.value)


def href(snapshot: Snapshot, iri: str) -> str:
    """Return where a link to the IRI leads: to our document, out to the web, or nowhere.

    Only http and https are followed, so that `javascript:` in data stays text.
    """
    if snapshot.describes(iri) or iri in snapshot.documents:
        return document_path(snapshot, iri)
    return iri if iri.startswith(("http://", "https://")) else ""


def _literal(snapshot: Snapshot, literal: Literal) -> Value:
    if literal.language:
        return Value(literal.value, literal.language)
    datatype = literal.datatype.value
    if datatype == f"{XSD}string":
        return Value(literal.value)
    if datatype == f"{XSD}anyURI":
        return Value(literal.value, href=href(snapshot, literal.value))
    return Value(literal.value, datatype=readable(snapshot, datatype))


def resource_page(snapshot: Snapshot, site: SitePart, description: Description) -> ResourcePage:
    """Return the page of a document: statements, parts in their place, and links from others."""
    node = NamedNode(description.iri)
    path = document_path(snapshot, description.iri)
    return ResourcePage(
        site=site,
        heading=value_of(snapshot, node),
        types=tuple(value_of(snapshot, NamedNode(t)) for t in types(snapshot, node)),
        groups=groups_of(snapshot, node),
        incoming=_incoming(snapshot, description),
        members=_members(snapshot, description),
        formats=tuple(Value(f.name, href=format_path(path, f)) for f in FORMATS),
    )


def groups_of(
    snapshot: Snapshot, subject: Node, inside: frozenset[Node] = frozenset()
) -> tuple[Group, ...]:
    """Return the statements about a subject, grouped by property in the order of its shapes.

    Parts and blank nodes are shown whole in their place; `inside` are those around them.
    """
    layout = fields(snapshot, types(snapshot, subject))
    by_property: dict[str, list[Term]] = defaultdict(list)
    for quad in snapshot.about(subject):
        if quad.object not in by_property[quad.predicate.value]:
            by_property[quad.predicate.value].append(quad.object)
    # the type stands beside the heading, and means little to readers inside a part
    by_property.pop(f"{RDF}type", None)
    ordered = sorted(by_property.items(), key=lambda item: _place(layout, item[0]))
    inside = inside | {subject}
    return tuple(
        Group(
            _property(snapshot, layout, iri),
            tuple(_nested(snapshot, iri, term, inside) for term in sorted(terms, key=_sort_key)),
        )
        for iri, terms in ordered
    )


def _place(layout: Mapping[str, Field], iri: str) -> tuple[float, str]:
    field = layout.get(iri)
    return (field.order if field else LAST, iri)


def _property(snapshot: Snapshot, layout: Mapping[str, Field], iri: str) -> Value:
    field = layout.get(iri)
    value = value_of(snapshot, NamedNode(iri))
    if field and field.name:
        return Value(field.name.value, field.name.language or "", value.href, iri)
    return value


def _nested(snapshot: Snapshot, property_: str, term: Term, inside: frozenset[Node]) -> Value:
    value = value_of(snapshot, term)
    is_part = isinstance(term, BlankNode) or property_ in snapshot.parts
    if isinstance(term, Literal) or not is_part or term in inside:
        return value
    groups = groups_of(snapshot, term, inside)
    return Value(value.text, value.lang, value.href, value.iri, groups=groups)


def _sort_key(term: Term) -> tuple[int, int, str]:
    if isinstance(term, Literal):
        return (0, term.language != "en" and bool(term.language), str(term))
    return (1, 0, str(term))


def _incoming(snapshot: Snapshot, description: Description) -> tuple[Group, ...]:
    by_property: dict[str, list[Quad]] = defaultdict(list)
    for quad in description.incoming:
        by_property[quad.predicate.value].append(quad)
    return tuple(
        Group(
            value_of(snapshot, NamedNode(iri)),
            tuple(value_of(snapshot, s) for s in dict.fromkeys(q.subject for q in quads)),
        )
        for iri, quads in sorted(by_property.items())
    )


def _members(snapshot: Snapshot, description: Description) -> tuple[Member, ...]:
    """Return the resources with hash IRIs of a document, each with its statements."""
    prefix = f"{description.iri}#"
    iris = dict.fromkeys(text_of(quad.subject) for quad in description.quads)
    return tuple(
        Member(
            iri.removeprefix(prefix),
            value_of(snapshot, NamedNode(iri)),
            groups_of(snapshot, NamedNode(iri)),
        )
        for iri in iris
        if iri.startswith(prefix)
    )


def query_links(queries: Sequence[StoredQuery]) -> tuple[QueryLink, ...]:
    """Return the stored queries as links that run them on the query page."""
    return tuple(
        QueryLink(q.name, q.summary, q.description, f"/sparql?name={q.name}", q.text)
        for q in queries
    )


def first(values: Iterable[Value], count: int) -> tuple[Value, ...]:
    """Return the first `count` values."""
    return tuple(islice(values, count))
