"""Ask a stored query for a release (storey 4): whole, with as much time as it takes."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from pyoxigraph import QuerySolutions, Triple, parse, parse_query_results

from kg.dataset.queries import StoredQuery
from kg.dataset.tables import Row
from kg.errors import KgError, ProjectError
from kg.rdf.formats import JSON, N_TRIPLES, Format, ResultFormat
from kg.rdf.sparql_text import GRAPH_FORMS, query_form
from kg.settings import DAY
from kg.store.base import SparqlRequest, Store


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: its variables, and a term or None for each of them in each row."""

    columns: tuple[str, ...]
    rows: Sequence[Row]


def rows_of(query: StoredQuery, store: Store) -> Rows:
    """Return the rows of a stored query, with the defaults of its parameters.

    Raises: ProjectError, with the query's name, where it is no SELECT or fails.
    """
    if query_form(query.text) != "SELECT":
        raise wrong(query, "this is made of rows. Write a SELECT.")
    body = _answer(query, store, JSON)
    solutions = cast("QuerySolutions", parse_query_results(body, JSON.engine))
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, [tuple(solution) for solution in solutions])


def triples_of(query: StoredQuery, store: Store) -> tuple[Triple, ...]:
    """Return the triples of a stored query, each once, in the order of N-Triples.

    Raises: ProjectError, with the query's name, where it makes no graph or fails.
    """
    if query_form(query.text) not in GRAPH_FORMS:
        raise wrong(query, "a graph is made of triples. Write a CONSTRUCT.")
    body = _answer(query, store, N_TRIPLES)
    found = {quad.triple for quad in parse(body, N_TRIPLES.engine)}
    return tuple(sorted(found, key=str))


def _answer(query: StoredQuery, store: Store, format_: Format | ResultFormat) -> bytes:
    try:
        # with nothing given, so that a parameter without a default is named
        text = query.asked({}, {})
        # whoever makes a release can stop it
        return store.answer(SparqlRequest(text, format_, DAY, sys.maxsize)).whole
    except KgError as error:
        raise wrong(query, " ".join(str(error).split())) from error


def wrong(query: StoredQuery, message: str) -> ProjectError:
    """Return the error to raise where a release cannot be made of a query's answer."""
    return ProjectError(f"stored query {query.name}: {message}")
