"""The page of a list (storey 3): members, what they can be chosen by, and links for all of it.

Whatever can be done is a link: choosing, unchoosing, sorting, turning pages, taking files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from kg.dataset.addresses import LIST_FILES, turning
from kg.dataset.description import types
from kg.dataset.listing import Choice, Column, Listing
from kg.dataset.panels import ABOVE
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Table, Tables
from kg.views.compose import property_of
from kg.views.language import say
from kg.views.layout import fields
from kg.views.list_names import list_name
from kg.views.list_view import View
from kg.views.ordering import value_key
from kg.views.pages import FormatLink, SitePart, Value
from kg.views.panels import ShownPanel, heads_of, said, shown
from kg.views.values import value_of

# members on a page, columns of its table, and what can be chosen of one column without unfolding
SIZE, COLUMNS, CHOICES = 50, 4, 7


@dataclass(frozen=True, slots=True)
class ChoiceLink:
    """A value and how many of the members shown have it; `href` chooses it."""

    value: Value
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Facet:
    """What members can be chosen by: `chosen` is the value that was, whose link unchooses it."""

    name: Value
    chosen: ChoiceLink | None
    choices: tuple[ChoiceLink, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the table: `href` sorts by it, `sorted` is "ascending", "descending" or ""."""

    name: Value | None
    href: str
    sorted: str


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A row of the table: the member, and its values in each column."""

    name: Value
    cells: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some of the instances of a class, and ways to others.

    `total` are those that were chosen, of `members` in all; `pages` are (name, URL) pairs, `page`
    of `count` the number of this one. `canonical` is the URL of what is shown without its order;
    `indexed` says that search engines need no other to find the members; `query` opens what the
    columns are from, or is "". `above` are pictures of what is shown; `class_` the class, or
    the resource that is linked to.
    """

    site: SitePart
    path: str
    heading: Value
    class_: Value
    note: Value | None
    total: int
    members: int
    headings: tuple[Heading, ...]
    rows: tuple[ListedMember, ...]
    facets: tuple[Facet, ...]
    everything: str
    page: int
    count: int
    pages: tuple[tuple[str, str], ...]
    formats: tuple[FormatLink, ...]
    canonical: str
    indexed: bool
    query: str
    above: tuple[ShownPanel, ...]


def list_page(
    snapshot: Snapshot,
    site: SitePart,
    listing: Listing,
    view: View,
    order: Sequence[int],
    tables: Tables | None = None,
) -> ListPage:
    """Return the page of a view; `order` are the places of all that were chosen, as they stand."""
    start = SIZE * (view.page - 1)
    here = order[start : start + SIZE]
    names = names_of(snapshot, listing)
    columns = _columns(listing, view)
    return ListPage(
        site=site,
        path=view.path,
        heading=heading_of(snapshot, listing),
        class_=value_of(snapshot, NamedNode(listing.class_ or listing.to)),
        note=said(snapshot, listing.table.panel.notes) if listing.table else None,
        total=len(order),
        members=len(listing.members),
        headings=(
            _heading(view, "", None),
            *(_heading(view, column.name, names[column.name]) for column in columns),
        ),
        rows=tuple(_row(snapshot, listing, columns, place) for place in here),
        facets=_facets(snapshot, listing, view, names),
        everything=View(view.path, {}).url() if view.chosen else "",
        page=view.page,
        count=max(1, -(-len(order) // SIZE)),
        pages=tuple(_pages(snapshot, view, -(-len(order) // SIZE))),
        formats=tuple(FormatLink(f.name, view.url(f.extension), f.media_type) for f in LIST_FILES),
        canonical=replace(view, sort="").url(),
        indexed=bool(order) and len(view.chosen) < 2 and not view.sort,
        query=_query(listing.table),
        above=_above(snapshot, listing, tables, order) if tables else (),
    )


def heading_of(snapshot: Snapshot, listing: Listing) -> Value:
    """Return what a list is called, by its query, its class, or the property that links."""
    if listing.class_:
        return list_name(snapshot, listing.table, listing.class_, len(listing.members))
    layout = fields(snapshot, types(snapshot, NamedNode(listing.members[0])))
    property_ = property_of(snapshot, layout, listing.by)
    return Value(say(snapshot, "Linked by “%(property)s”", property=property_.text))


def names_of(snapshot: Snapshot, listing: Listing) -> dict[str, Value]:
    """Return what the columns are called, by their names in URLs."""
    if listing.table is not None:
        heads = zip(listing.table.columns, heads_of(snapshot, listing.table), strict=False)
        return dict(heads)
    layout = fields(snapshot, filter(None, (listing.class_,)))
    return {c.name: property_of(snapshot, layout, c.property) for c in listing.columns}


def _columns(listing: Listing, view: View) -> list[Column]:
    """Return the columns of the table: the first few that differ, and that which sorts."""
    open_ = [column for column in listing.columns if column.name not in view.chosen]
    shown = open_[:COLUMNS]
    return shown + [c for c in open_[COLUMNS:] if c.name == view.sort.removeprefix("-")]


def _heading(view: View, name: str, said_as: Value | None) -> Heading:
    up = view.sort == name
    sort = f"-{name}" if up else name
    state = "ascending" if up else "descending" if view.sort == f"-{name}" else ""
    return Heading(said_as, replace(view, sort=sort, page=1).url(), state)


def _row(
    snapshot: Snapshot, listing: Listing, columns: Sequence[Column], place: int
) -> ListedMember:
    cells = tuple(
        tuple(value_of(snapshot, term) for term in column.values.get(place, ()))
        for column in columns
    )
    return ListedMember(value_of(snapshot, NamedNode(listing.members[place])), cells)


def _facets(
    snapshot: Snapshot, listing: Listing, view: View, names: Mapping[str, Value]
) -> tuple[Facet, ...]:
    shown = listing.chosen(view.chosen)
    found = []
    for column in listing.columns:
        name, wanted = names[column.name], view.chosen.get(column.name)
        if wanted is not None:
            choice = column.choices.get(wanted)
            value = value_of(snapshot, choice.term) if choice else Value(wanted, labelled=False)
            chosen = ChoiceLink(value, shown.bit_count(), view.choosing(column.name, None).url())
            found.append(Facet(name, chosen, ()))
        elif choices := _choices(snapshot, column, view, shown):
            found.append(Facet(name, None, choices))
    return tuple(found)


def _choices(snapshot: Snapshot, column: Column, view: View, shown: int) -> tuple[ChoiceLink, ...]:
    """Return what can be chosen by a column, if it makes a difference.

    Things come by how usual they are, literals such as years by their value.
    """
    said_only = all(isinstance(choice.term, Literal) for choice in column.choices.values())
    counted = [
        (-(choice.members & shown).bit_count(), value_key(snapshot, choice.term), text, choice)
        for text, choice in column.choices.items()
    ]
    some = sorted((one for one in counted if one[0]), key=lambda one: one[said_only:3])
    if len(some) == 1 and -some[0][0] == shown.bit_count():
        return ()
    return tuple(_choice(snapshot, column, view, *one) for one in some)


def _choice(
    snapshot: Snapshot, column: Column, view: View, less: int, _key: object, text: str, one: Choice
) -> ChoiceLink:
    href = view.choosing(column.name, text).url()
    return ChoiceLink(replace(value_of(snapshot, one.term), href=""), -less, href)


def _pages(snapshot: Snapshot, view: View, count: int) -> list[tuple[str, str]]:
    numbers = {"first": 1, "previous": view.page - 1, "next": view.page + 1, "last": count}
    return [
        (name, turning(snapshot, replace(view, page=number).url()))
        for name, number in numbers.items()
        if count > 1 and 1 <= number <= count and number != view.page
    ]


def _query(table: Table | None) -> str:
    return f"/sparql?{urlencode({'name': table.query.name})}" if table else ""


def _above(
    snapshot: Snapshot, listing: Listing, tables: Tables, order: Sequence[int]
) -> tuple[ShownPanel, ...]:
    """Return the pictures of what is shown, of those that have something to show."""
    found = []
    for table in tables.tables:
        if table.panel.place == ABOVE and listing.class_ in table.panel.about:
            members = (f"<{listing.members[place]}>" for place in order)
            rows = [row for iri in members for row in table.rows.get(iri, ())]
            if rows:
                found.append(shown(snapshot, table, rows, ""))
    return tuple(found)
