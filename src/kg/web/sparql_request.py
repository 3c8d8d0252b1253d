"""What a request of the SPARQL protocol asks for (storey 4).

Source: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

import math
from collections.abc import Sequence
from contextlib import suppress

from fastapi import Request

from kg.errors import QueryError, UnsupportedMediaType, UpdateRefused
from kg.publication import Publication
from kg.rdf.formats import (
    FORM,
    HTML,
    RESULT_FORMATS,
    SPARQL_QUERY,
    SPARQL_UPDATE,
    Format,
    PlainFormat,
    ResultFormat,
)
from kg.rdf.negotiation import choose
from kg.rdf.sparql_text import query_form
from kg.store.base import SparqlRequest
from kg.web.requests import Parameters, accept_of, media_type_of, parameters_in, read_body, text_of


async def posted(request: Request, limit: int) -> tuple[str | None, Parameters]:
    """Return the query of a request with a body, or None, and the parameters beside it.

    Raises: UpdateRefused, UnsupportedMediaType, BodyTooLarge, and QueryError for what is no query.
    """
    media_type = media_type_of(request)
    if media_type == SPARQL_UPDATE.media_type:
        raise UpdateRefused("Data changes by files, not by SPARQL Update.")
    if media_type not in (FORM.media_type, SPARQL_QUERY.media_type):
        raise UnsupportedMediaType(
            f"Send {SPARQL_QUERY.media_type} or {FORM.media_type}, not {media_type or 'nothing'}."
        )
    body = await read_body(request, limit)
    text = text_of(body)
    in_url = parameters_in(request.url.query)
    if media_type == SPARQL_QUERY.media_type:
        if in_url.all("query"):
            raise QueryError("Send exactly one query: there is one in the URL and one in the body.")
        return text, in_url
    parameters = Parameters((*in_url.pairs, *parameters_in(text).pairs))
    if parameters.all("update"):
        raise UpdateRefused("Data changes by files, not by SPARQL Update.")
    return parameters.one("query"), parameters


def results_for(query: str) -> Sequence[ResultFormat]:
    """Return the formats that hold the answer to a SELECT or ASK."""
    asks = query_form(query) == "ASK"
    return [format_ for format_ in RESULT_FORMATS if format_.boolean or not asks]


def wanted(
    request: Request, asked: Parameters, offered: Sequence[Format | ResultFormat]
) -> Format | ResultFormat | PlainFormat:
    """Return the format that the parameter `format` names, else the one that Accept prefers.

    Clients such as SPARQLWrapper send the parameter, more than once, with names of their own
    beside an Accept header: a name that the table lacks is passed over.
    """
    names = {name.lower() for name in asked.all("format")}
    for format_ in offered:
        if names & {format_.extension, format_.name.lower()}:
            return format_
    everything: Sequence[Format | ResultFormat | PlainFormat] = (*offered, HTML)
    return choose(accept_of(request), everything)


def sparql_request(
    publication: Publication, query: str, format_: Format | ResultFormat, asked: Parameters
) -> SparqlRequest:
    """Return what the store is asked: within the limits, and sooner where the client says so."""
    limits = publication.project.limits
    return SparqlRequest(
        query,
        format_,
        min(limits.query_seconds, _seconds(asked.one("timeout"))),
        limits.result_bytes,
        asked.all("default-graph-uri"),
        asked.all("named-graph-uri"),
        limits.result_rows,
    )


def _seconds(timeout: str | None) -> float:
    """Return the client's own deadline in seconds, infinite where it sets none.

    Raises: QueryError when it is no such number.
    """
    if not timeout:
        return math.inf
    with suppress(ValueError):
        if (seconds := float(timeout)) > 0:
            return seconds
    raise QueryError(f"timeout: {timeout[:20]!r} is no number of seconds.")
