"""SPARQL requests, of queries only (storey 1).

An update is never sent as one. Source: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from urllib.parse import urlencode

from kg.checking.exchange import Request
from kg.rdf.formats import FORM, SPARQL_QUERY

Parameters = tuple[tuple[str, str], ...]


def by_get(endpoint: str, query: str, accept: str | None = None, more: Parameters = ()) -> Request:
    """Return a query in the URL."""
    return with_parameters(endpoint, (("query", query), *more), accept)


def with_parameters(endpoint: str, pairs: Parameters, accept: str | None = None) -> Request:
    """Return a GET with those parameters, in their order."""
    return Request(f"{endpoint}?{urlencode(pairs)}", "GET", _headers(accept))


def by_form(endpoint: str, pairs: Parameters, accept: str | None = None) -> Request:
    """Return a POST of a form."""
    body = urlencode(pairs).encode()
    return Request(endpoint, "POST", (*_headers(accept), ("Content-Type", FORM.media_type)), body)


def by_post(
    endpoint: str, body: bytes, accept: str | None = None, media_type: str = SPARQL_QUERY.media_type
) -> Request:
    """Return a POST of the query itself."""
    return Request(endpoint, "POST", (*_headers(accept), ("Content-Type", media_type)), body)


def _headers(accept: str | None) -> Parameters:
    return (("Accept", accept),) if accept else ()
