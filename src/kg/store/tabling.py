"""Ask the stored queries whose rows pages show (storey 3), each once, before anything is served."""

from collections.abc import Iterator, Sequence
from typing import cast

from pyoxigraph import QuerySolutions, parse_query_results

from kg.dataset.panels import Panel
from kg.dataset.queries import StoredQuery
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import THIS, Row, Table, Tables, shown_on, to_be_shown
from kg.errors import KgError, QueryError
from kg.rdf.formats import JSON
from kg.rdf.sparql_text import keywords, query_form
from kg.settings import Limits
from kg.store.base import SparqlRequest, Store


def tables_of(snapshot: Snapshot, store: Store, limits: Limits) -> Tables:
    """Return the rows that pages show, as the store has them; a query that fails is left out.

    `store` holds the snapshot. Each query has `limits.panel_seconds`. Rows keep the order that
    the query asks for; where it asks for none, they are sorted by their terms.
    """
    tables, failures = [], []
    for query, panel in to_be_shown(snapshot):
        try:
            tables.append(_table(snapshot, store, limits, query, panel))
        except KgError as error:
            failures.append(f"The rows of {query.name} are not shown: {_in_one_line(error)}")
    return Tables(tuple(tables), tuple(failures))


def _table(
    snapshot: Snapshot, store: Store, limits: Limits, query: StoredQuery, panel: Panel
) -> Table:
    if query_form(query.text) != "SELECT":
        raise QueryError("Only the rows of a SELECT can be shown.")
    request = SparqlRequest(query.example, JSON, limits.panel_seconds, limits.result_bytes)
    solutions = cast(
        "QuerySolutions", parse_query_results(store.answer(request).whole, JSON.engine)
    )
    columns = tuple(variable.value for variable in solutions.variables)
    if panel.about and THIS not in columns:
        raise QueryError(f"It selects no ?{THIS}, which says on whose page a row is shown.")
    rows = [tuple(solution) for solution in solutions]
    if "ORDER" not in keywords(query.text):
        rows.sort(key=lambda row: [str(term) for term in row])
    others = tuple(name for name in columns if name != THIS)
    return Table(query, panel, others, _indexed(columns, rows, panel), shown_on(snapshot, panel))


def _indexed(
    columns: Sequence[str], rows: Sequence[Row], panel: Panel
) -> dict[str, tuple[Row, ...]]:
    index: dict[str, dict[Row, None]] = {}
    for where, row in _placed(columns, rows, panel):
        # a row that is there twice, such as for a triple in two graphs, is shown once
        index.setdefault(where, {}).setdefault(row)
    return {where: tuple(found) for where, found in index.items()}


def _placed(columns: Sequence[str], rows: Sequence[Row], panel: Panel) -> Iterator[tuple[str, Row]]:
    """Yield each row without `?this`, with where it is shown."""
    place = columns.index(THIS) if THIS in columns else None
    for row in rows:
        this = None if place is None else row[place]
        rest = row if place is None else (*row[:place], *row[place + 1 :])
        if panel.overview:
            yield "", rest
        if panel.about and this is not None:
            yield str(this), rest


def _in_one_line(error: KgError) -> str:
    return " ".join(str(error).split())
