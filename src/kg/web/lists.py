"""Lists of the instances of classes (storey 4): as pages, as CSV and as Turtle.

A list has a name, `/claims`, or is at `/list?class=…`; its parameters choose, sort and turn pages.
What is not known of a list's parameters is passed over, a value that nothing has finds nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request, Response

from kg.dataset.addresses import LIST_FILES, links_path, list_path
from kg.dataset.listing import Listing, links_of, listing_of, places
from kg.errors import NotFound
from kg.publication import Publication
from kg.rdf.formats import CSV, HTML, TURTLE, Format, PlainFormat, ResultFormat
from kg.rdf.negotiation import choose
from kg.views.html import render
from kg.views.list_files import as_csv, as_turtle
from kg.views.list_names import named_lists
from kg.views.list_page import SIZE, list_page
from kg.views.list_view import View
from kg.views.ordering import ordered
from kg.web.readers import Reader, Readers
from kg.web.requests import accept_of, page_number
from kg.web.responses import respond

OFFERED = (HTML, TURTLE, CSV)

# members of a list whose statements are sent as one file: for more there are dumps
MOST = 5_000


# what a list is of: a class, or the IRI and the property of links to it
Subject = tuple[str, str, str]

# lists and orders that are remembered
REMEMBERED, ORDERS = 64, 512


@dataclass(frozen=True, slots=True)
class Lists:
    """What lists are made from; both functions remember what they made last.

    `listing` gives a list, `order` the places of its members by language and column.
    """

    publication: Publication
    listing: Callable[[Subject], Listing]
    order: Callable[[Subject, str, str], tuple[int, ...]]


def router(publication: Publication, readers: Readers) -> APIRouter:
    """Return the routes of all lists."""
    routes = APIRouter()
    lists = _lists(publication, readers)

    def named(class_: str, path: str, file: str) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            return _answer(lists, readers.of(request), request, (class_, "", ""), path, file)

        return answer

    snapshot, site = publication.snapshot, publication.project.site
    paths = named_lists(snapshot, publication.tables, site.classes)
    for class_, path in paths.items():
        for file in ("", *(f".{kind.extension}" for kind in LIST_FILES)):
            if "?" not in path:
                answer = named(class_, path, file[1:])
                routes.add_route(f"{path}{file}", answer, ["GET", "HEAD"])

    @routes.api_route("/list", methods=["GET", "HEAD"], include_in_schema=False)
    def any_list(request: Request) -> Response:
        """Answer with the list of the instances of any class, or of what points at a resource."""
        subject, path, file = _asked(request, paths)
        return _answer(lists, readers.of(request), request, subject, path, file)

    return routes


def _asked(request: Request, paths: Mapping[str, str]) -> tuple[Subject, str, str]:
    """Return what a list is asked of, its URL, and the suffix of its format, or ""."""
    asked = dict(parse_qsl(request.url.query))
    file = asked.get("format", "")
    if "to" in asked and "by" in asked:
        to, by = asked["to"], asked["by"]
        return ("", to, by), links_path(to, by), file
    if "class" not in asked:
        raise HTTPException(400, "Name a class, as in /list?class=IRI.")
    class_ = asked["class"]
    return (class_, "", ""), paths.get(class_) or list_path(class_), file


def _lists(publication: Publication, readers: Readers) -> Lists:
    by_language, snapshot = readers.by_language, publication.snapshot

    @lru_cache(REMEMBERED)
    def listing(subject: Subject) -> Listing:
        class_, to, by = subject
        if to:
            return links_of(snapshot, to, by)
        return listing_of(snapshot, publication.tables, class_)

    @lru_cache(ORDERS)
    def order(subject: Subject, language: str, sort: str) -> tuple[int, ...]:
        return ordered(by_language[language].snapshot, listing(subject), sort)

    return Lists(publication, listing, order)


def _answer(
    lists: Lists, reader: Reader, request: Request, subject: Subject, path: str, file: str
) -> Response:
    listing = lists.listing(subject)
    if not listing.members:
        raise NotFound(subject[0] or subject[1])
    view = _view(listing, path, request.url.query)
    order = lists.order(subject, reader.site.language, view.sort)
    if view.chosen:
        chosen = set(places(listing.chosen(view.chosen)))
        order = tuple(place for place in order if place in chosen)
    format_ = _wanted(request, file)
    if format_ is not HTML:
        return _file(reader, listing, order, format_)
    if view.page > max(1, -(-len(order) // SIZE)):
        raise HTTPException(404, f"This list has no page {view.page}.")
    page = list_page(reader.snapshot, reader.site, listing, view, order, lists.publication.tables)
    return respond(render(page))


def _view(listing: Listing, path: str, query: str) -> View:
    """Return what the parameters ask for; of several values of one the first counts."""
    asked: dict[str, str] = {}
    for name, value in parse_qsl(query):
        asked.setdefault(name, value)
    chosen = {c.name: asked[c.name] for c in listing.columns if c.choices and c.name in asked}
    names = ["", *(column.name for column in listing.columns)]
    sort = asked.get("sort", "")
    known = sort.removeprefix("-") in names
    page = max(1, page_number(asked.get("page", "1")))
    return View(path, chosen, sort if known else "", page)


def _wanted(request: Request, file: str) -> PlainFormat | Format | ResultFormat:
    if not file:
        return choose(accept_of(request), OFFERED)
    for kind in LIST_FILES:
        if kind.extension == file:
            return kind
    known = ", ".join(kind.extension for kind in LIST_FILES)
    raise HTTPException(404, f"There is no format {file[:20]}. Known: {known}.")


def _file(reader: Reader, listing: Listing, order: Sequence[int], format_: object) -> Response:
    """Return all members that were chosen, on whichever page they are, as a file."""
    if format_ is CSV:
        return respond(as_csv(reader.snapshot, reader.site, listing, order))
    if len(order) > MOST:
        raise HTTPException(413, f"These are more than {MOST:,}: choose fewer, or take the dump.")
    return respond(as_turtle(reader.snapshot, listing, order))
