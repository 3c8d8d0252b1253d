"""In which order lists show their members (storey 3): by name, or by a column."""

import unicodedata

from pyoxigraph import Literal, NamedNode

from kg.dataset.description import label
from kg.dataset.listing import LARGE, Column, Listing
from kg.dataset.snapshot import Snapshot
from kg.rdf.terms import Term, text_of

# how a value is sorted: numbers by size, then texts by their letters
Key = tuple[int, float, str]


def ordered(snapshot: Snapshot, listing: Listing, sort: str) -> tuple[int, ...]:
    """Return the places of all members in the order of a column, `-` in front for the reverse.

    "" is by name, in the reader's language. Members without a value come last, both ways; those
    with the same one are by name. Of very many members the names are not looked up: they stay by
    IRI.
    """
    places = range(len(listing.members))
    if len(listing.members) > LARGE:
        return tuple(reversed(places) if sort == "-" else places)
    names = [name_key(snapshot, iri) for iri in listing.members]
    by_name = sorted(places, key=names.__getitem__)
    column = listing.column(sort.removeprefix("-"))
    if column is None:
        return tuple(reversed(by_name) if sort == "-" else by_name)
    keys = {place: _key(snapshot, column, place) for place in column.values}
    known = sorted(
        (place for place in by_name if place in keys),
        key=keys.__getitem__,
        reverse=sort.startswith("-"),
    )
    return (*known, *(place for place in by_name if place not in keys))


def name_key(snapshot: Snapshot, iri: str) -> str:
    """Return what a member is sorted by: its label without accents and capitals, or its IRI."""
    named = label(snapshot, NamedNode(iri))
    return folded(named.value if named else iri)


def folded(text: str) -> str:
    """Return a text without accents and capitals.

    >>> folded("Événement")
    'evenement'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _key(snapshot: Snapshot, column: Column, place: int) -> Key:
    return min(value_key(snapshot, term) for term in column.values[place])


def value_key(snapshot: Snapshot, term: Term) -> Key:
    """Return what a value is sorted by."""
    named = None if isinstance(term, Literal) else label(snapshot, term)
    text = named.value if named else text_of(term)
    try:
        return (0, float(text), "") if isinstance(term, Literal) else (1, 0.0, folded(text))
    except ValueError:
        return (1, 0.0, folded(text))
