"""Lists as files (storey 3): all members that were chosen, as CSV and as Turtle."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset.description import Description, describe, label
from kg.dataset.listing import Listing
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import CSV, TURTLE
from kg.rdf.terms import Term, text_of
from kg.views.list_page import names_of
from kg.views.pages import SitePart
from kg.views.representation import Representation, represent, representation, spoken
from kg.views.values import value_of

# between several values in one cell
BETWEEN = " | "


def as_csv(
    snapshot: Snapshot, site: SitePart, listing: Listing, order: Sequence[int]
) -> Representation:
    """Return the members as CSV: IRI, name and each column, in the words of the page.

    A cell with several values has ` | ` between them. Source: https://www.rfc-editor.org/rfc/rfc4180
    """
    names = names_of(snapshot, listing)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("iri", "name", *(names[column.name].text for column in listing.columns)))
    for place in order:
        iri = listing.members[place]
        cells = (column.values.get(place, ()) for column in listing.columns)
        said = (BETWEEN.join(_text(snapshot, term) for term in terms) for terms in cells)
        writer.writerow((iri, value_of(snapshot, NamedNode(iri)).text, *said))
    return spoken(representation(text.getvalue().encode(), CSV.media_type), site)


def as_turtle(snapshot: Snapshot, listing: Listing, order: Sequence[int]) -> Representation:
    """Return the descriptions of the members, without what points at them."""
    quads = tuple(dict.fromkeys(_quads(snapshot, listing, order)))
    return represent(snapshot, Description(listing.class_ or listing.to, quads, ()), TURTLE)


def _quads(snapshot: Snapshot, listing: Listing, order: Sequence[int]) -> Iterator[Quad]:
    for place in order:
        yield from describe(snapshot, listing.members[place]).quads


def _text(snapshot: Snapshot, term: Term) -> str:
    named = None if isinstance(term, Literal) else label(snapshot, term)
    return named.value if named else text_of(term)
