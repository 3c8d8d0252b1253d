"""The page of a document about one resource (storey 3)."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.dataset.addresses import document_path, format_path, page_path, turning
from kg.dataset.description import Description, types
from kg.dataset.document import neighbours
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Tables
from kg.rdf.formats import FORMATS
from kg.rdf.terms import text_of
from kg.views.citation import Citation, citation_of
from kg.views.compose import groups_of, incoming_of, records_of, sections_of
from kg.views.pages import FormatLink, Group, Section, SitePart, Value
from kg.views.panels import ShownPanel, panels_about
from kg.views.schema_org import page_markup
from kg.views.values import value_of


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands among those of its document; `links` are (name, URL) pairs."""

    page: int
    pages: int
    statements: int
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One resource inside a document: `anchor` is its fragment."""

    anchor: str
    heading: Value
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ResourcePage:
    """A document about one resource.

    `sections` hold the statements about it, as its shapes order and group them; `incoming` those
    that point at it; `records` are the graphs that say what it is, each with what is said of the
    graph; `members` are the resources with fragments that the document holds.
    `formats` link to the same document in every RDF format; `pager` is None where the
    document has one page only; `markup` is JSON-LD for search engines, escaped for HTML.
    `panels` show what stored queries found about it; `citation` is None where the data name no
    data set.
    """

    site: SitePart
    heading: Value
    types: tuple[Value, ...]
    sections: tuple[Section, ...]
    incoming: tuple[Group, ...]
    records: tuple[Value, ...]
    members: tuple[Member, ...]
    formats: tuple[FormatLink, ...]
    markup: str
    pager: Pager | None = None
    panels: tuple[ShownPanel, ...] = ()
    citation: Citation | None = None


def resource_page(
    snapshot: Snapshot, site: SitePart, description: Description, tables: Tables | None = None
) -> ResourcePage:
    """Return the page of a document: statements, parts in their place, and links from others.

    What `tables` have about the resource is on its first page.
    """
    node = NamedNode(description.iri)
    path = document_path(snapshot, description.iri)
    own = tuple(quad for quad in description.quads if quad.subject == node)
    return ResourcePage(
        site=site,
        heading=value_of(snapshot, node),
        types=tuple(value_of(snapshot, NamedNode(t)) for t in types(snapshot, node)),
        sections=sections_of(snapshot, node, groups_of(snapshot, node, quads=own)),
        incoming=incoming_of(snapshot, description),
        records=records_of(snapshot, node),
        members=_members(snapshot, description),
        formats=_formats(snapshot, description.iri),
        markup=page_markup(snapshot, description.iri, site.dataset, site.title.text),
        pager=_pager(snapshot, path, description) if description.pages > 1 else None,
        citation=citation_of(snapshot, description.iri),
        panels=panels_about(snapshot, tables, node) if tables and description.page == 1 else (),
    )


def _formats(snapshot: Snapshot, iri: str) -> tuple[FormatLink, ...]:
    return tuple(FormatLink(f.name, format_path(snapshot, iri, f), f.media_type) for f in FORMATS)


def _pager(snapshot: Snapshot, path: str, description: Description) -> Pager:
    links = tuple(
        (name, turning(snapshot, page_path(path, number)))
        for name, number in neighbours(description)
    )
    return Pager(description.page, description.pages, description.statements, links)


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
