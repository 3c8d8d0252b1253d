"""Make the query page out of an answer (storey 3)."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.dataset.queries import StoredQuery
from kg.dataset.snapshot import Snapshot
from kg.dataset.unknown import unknown_names
from kg.errors import KgError
from kg.rdf.formats import FORMATS, RESULT_FORMATS, Format, ResultFormat
from kg.views.language import marked
from kg.views.pages import FormatLink, QueryLink, QueryPage, SitePart, Value
from kg.views.query_views import with_views, with_views_of_graph
from kg.views.stopped import stopped
from kg.views.stored import LONGEST_URL, address
from kg.views.values import value_of

# rows, and lines of Turtle, that a page shows; the downloads have all of them
SHOWN = 1000

# where the prefix of a name ends
PREFIX = re.compile(r"[\w.-]*:")

# hex digits of the snapshot's id in links
SHORT = 12


def query_form_page(
    snapshot: Snapshot, site: SitePart, query: str, error: KgError | None = None
) -> QueryPage:
    """Return the page before an answer, or with the reason why there is none."""
    why = stopped(error, query) if error else None
    return QueryPage(site, query, query_links(snapshot.queries), why)


def linked(page: QueryPage, snapshot: Snapshot, asked_of: str = "") -> QueryPage:
    """Return the page of an answer with its permanent link, and why it may be empty.

    The link carries the beginning of the snapshot's id; `asked_of` is that beginning in the URL
    that was asked for, or "".
    """
    short = snapshot.id[:SHORT]
    url = f"/sparql?{urlencode({'query': page.query, 'snapshot': short})}"
    return replace(
        page,
        permanent=url if len(url) <= LONGEST_URL else "",
        snapshot=short,
        unknown=() if _has_found(page) else unknown_names(snapshot, page.query),
        earlier="" if snapshot.id.startswith(asked_of) else asked_of[:SHORT],
    )


def _has_found(page: QueryPage) -> bool:
    return bool(page.total or page.text) or page.boolean == "yes"


def answered_page(
    snapshot: Snapshot, site: SitePart, query: str, answer: bytes, view: str = "", here: str = ""
) -> QueryPage:
    """Return the page with the answer to a SELECT or ASK, given in SPARQL's JSON.

    `view` is the one that the URL asks for, or ""; `here` is the URL of the page, "" for that of
    the endpoint.
    """
    result = json.loads(answer)
    columns = tuple(result.get("head", {}).get("vars", ()))
    rows = result.get("results", {}).get("bindings", ())
    page = QueryPage(
        site,
        query,
        query_links(snapshot.queries),
        answered=True,
        boolean={True: marked("yes"), False: marked("no"), None: ""}[result.get("boolean")],
        columns=columns,
        rows=tuple(
            tuple(_cell(snapshot, row.get(column)) for column in columns) for row in rows[:SHOWN]
        ),
        total=len(rows),
        downloads=_downloads(query, [f for f in RESULT_FORMATS if f.boolean or columns]),
    )
    return with_views(page, snapshot, rows, view, here or _here(query)) if columns else page


def graph_page(
    snapshot: Snapshot, site: SitePart, query: str, turtle: bytes, view: str = "", here: str = ""
) -> QueryPage:
    """Return the page with the answer to a CONSTRUCT or DESCRIBE, given as Turtle.

    `view` and `here` are as on the page of rows.
    """
    links = query_links(snapshot.queries)
    downloads = _downloads(query, FORMATS)
    text, lines = _shown(turtle.decode())
    page = QueryPage(site, query, links, answered=True, text=text, downloads=downloads, lines=lines)
    return with_views_of_graph(page, snapshot, turtle, view, here or _here(query))


def _shown(turtle: str) -> tuple[str, int]:
    """Return the Turtle that a page shows, with the prefixes it uses, and how many lines of it.

    The number is 0 where that is all.
    """
    lines = turtle.splitlines()
    said = [line for line in lines if not line.startswith("@prefix ")]
    shown = "\n".join(said[:SHOWN])
    used = {*PREFIX.findall(shown)}
    heads = [line for line in lines if line.startswith("@prefix ") and line.split()[1] in used]
    return "\n".join((*heads, shown)), SHOWN if len(said) > SHOWN else 0


def _here(query: str) -> str:
    return f"/sparql?{urlencode({'query': query})}"


def _downloads(query: str, formats: Sequence[Format | ResultFormat]) -> tuple[FormatLink, ...]:
    return tuple(
        FormatLink(
            format_.name,
            f"/sparql?{urlencode({'query': query, 'format': format_.extension})}",
            format_.media_type,
        )
        for format_ in formats
    )


def _cell(snapshot: Snapshot, binding: dict[str, Any] | None) -> Value | None:
    if binding is None:
        return None
    if binding["type"] == "uri":
        return value_of(snapshot, NamedNode(binding["value"]))
    if binding["type"] == "bnode":
        return value_of(snapshot, BlankNode(binding["value"]))
    if binding["type"] == "triple":
        return Value(json.dumps(binding["value"]))
    if language := binding.get("xml:lang"):
        return value_of(snapshot, Literal(binding["value"], language=language))
    datatype = binding.get("datatype")
    node = NamedNode(datatype) if datatype else None
    return value_of(snapshot, Literal(binding["value"], datatype=node))


def query_links(queries: Sequence[StoredQuery]) -> tuple[QueryLink, ...]:
    """Return the stored queries as links that open them on the query page.

    Those whose rows are on pages are left out: each is opened from its panel.
    """
    return tuple(
        QueryLink(q.summary, q.description, f"/sparql?{urlencode({'name': q.name})}", address(q))
        for q in queries
        if not q.panel
    )
