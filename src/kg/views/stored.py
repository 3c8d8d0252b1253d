"""The pages of stored queries (storey 3): a form for the parameters of each, and its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import quote, urlencode

from kg.dataset.addresses import document_path
from kg.dataset.executables import query_iri
from kg.dataset.queries import StoredQuery
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import CSV, FORMATS, RESULT_FORMATS, TURTLE, Format, ResultFormat
from kg.rdf.namespaces import iri_path
from kg.rdf.sparql_text import GRAPH_FORMS, query_form
from kg.rdf.terms import Term
from kg.views.pages import FormatLink, QueryPage, SitePart
from kg.views.stored_form import FormField, form_field

# longer URLs are refused by some servers and proxies
LONGEST_URL = 6000


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A stored query in the list of all: `names` are those of its parameters."""

    summary: str
    description: str
    href: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueriesPage:
    """`/queries`: all stored queries, by the folder that they are in; "" for none.

    `folders` have those that people would ask, `total` in all; `panels` those whose rows are on
    pages.
    """

    site: SitePart
    folders: tuple[tuple[str, tuple[StoredLink, ...]], ...]
    total: int
    panels: tuple[tuple[str, tuple[StoredLink, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of an answer: `pages` is 1 where it has no more; `links` are (relation, URL)."""

    page: int = 1
    pages: int = 1
    size: int = 0
    total: int = 0
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StoredPage:
    """`/queries/NAME` for people: what is asked, a form, and the answer.

    `answer` is the answer as the query page has it, or None where there is none yet; `error` says
    why not, or is "". `curl` is a command line that asks the same of HOST; `editor` opens the
    query on the query page, `described` its description in RDF.
    """

    site: SitePart
    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    fields: tuple[FormField, ...]
    action: str
    error: str
    answer: QueryPage | None
    paging: Paging
    downloads: tuple[FormatLink, ...]
    curl: str
    editor: str
    described: str
    text: str


def queries_page(snapshot: Snapshot, site: SitePart) -> QueriesPage:
    """Return the list of all stored queries."""
    asked = [query for query in snapshot.queries if not query.panel]
    shown = [query for query in snapshot.queries if query.panel]
    return QueriesPage(site, _by_folder(asked), len(asked), _by_folder(shown))


def _by_folder(
    queries: Sequence[StoredQuery],
) -> tuple[tuple[str, tuple[StoredLink, ...]], ...]:
    folders: dict[str, list[StoredLink]] = {}
    for query in queries:
        names = tuple(one.name for one in query.parameters)
        link = StoredLink(query.summary, query.description, address(query), names)
        folders.setdefault(query.name.rpartition("/")[0], []).append(link)
    return tuple((_words(name), tuple(links)) for name, links in folders.items())


def _words(folder: str) -> str:
    """Return a folder's name as words.

    >>> _words("2-who-says-it")
    'Who says it'
    """
    words = folder.replace("-", " ").replace("_", " ").lstrip("0123456789 ")
    return words[:1].upper() + words[1:]


def address(query: StoredQuery, parameters: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the URL of a stored query with these parameters, relative to the site's root."""
    path = f"/queries/{quote(iri_path(query.name), safe='/%:@!$&()*+,;=-._~')}"
    given = {name: value for name, value in parameters.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def stored_page(
    snapshot: Snapshot,
    site: SitePart,
    query: StoredQuery,
    given: Mapping[str, str],
    suggested: Mapping[str, Sequence[Term]],
    wrong: Mapping[str, str] = MappingProxyType({}),
) -> StoredPage:
    """Return the page before an answer; `suggested` has values from the data by parameter."""
    text = query.example if wrong else query.asked(given, dict(snapshot.prefixes.pairs))
    editor = f"/sparql?{urlencode({'query': text})}"
    return StoredPage(
        site=site,
        name=query.name,
        summary=query.summary,
        description=query.description,
        tags=query.tags,
        fields=tuple(
            form_field(snapshot, query, one, given, suggested.get(one.name, ()), wrong)
            for one in query.parameters
        ),
        action=address(query),
        error="" if wrong.keys() <= {one.name for one in query.parameters} else _said(wrong),
        answer=None,
        paging=Paging(),
        downloads=downloads(query, given),
        curl=_curl(query, given),
        editor=editor
        if len(editor) < LONGEST_URL
        else f"/sparql?{urlencode({'name': query.name})}",
        described=document_path(snapshot, query_iri(query, snapshot.base)),
        text=query.text,
    )


def with_answer(page: StoredPage, answer: QueryPage, paging: Paging) -> StoredPage:
    """Return the page with an answer, or with one page of it."""
    return replace(page, answer=answer, paging=paging)


def _said(wrong: Mapping[str, str]) -> str:
    return " ".join(f"{name}: {why}" for name, why in wrong.items())


def formats_of(query: StoredQuery) -> Sequence[Format | ResultFormat]:
    """Return the formats that can hold the answers of a query."""
    form = query_form(query.text)
    if form in GRAPH_FORMS:
        return FORMATS
    return [format_ for format_ in RESULT_FORMATS if format_.boolean or form != "ASK"]


def downloads(query: StoredQuery, given: Mapping[str, str]) -> tuple[FormatLink, ...]:
    """Return links to the answer in every format that can hold it."""
    return tuple(
        FormatLink(f.name, address(query, {**given, "format": f.extension}), f.media_type)
        for f in formats_of(query)
    )


def _curl(query: StoredQuery, given: Mapping[str, str]) -> str:
    formats = formats_of(query)
    wanted = next((f for f in (CSV, TURTLE) if f in formats), formats[0])
    url = address(query, given).replace("'", "%27")
    return f"curl -H 'Accept: {wanted.media_type}' 'http://HOST{url}'"
