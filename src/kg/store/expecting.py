"""Ask the stored queries whose headers say what they expect (storey 3)."""

import re
from collections.abc import Iterator

from pyoxigraph import QueryBoolean, QuerySolutions, parse, parse_query_results

from kg.dataset.executables import query_iri
from kg.dataset.queries import StoredQuery
from kg.dataset.snapshot import Snapshot
from kg.errors import KgError, around
from kg.rdf.formats import JSON, N_TRIPLES
from kg.rdf.sparql_text import GRAPH_FORMS, query_form
from kg.settings import Limits
from kg.source.checks.check import Fault, result_of
from kg.source.checks.expectations import EXPECTED_ROWS
from kg.source.report import Place, ValidationResult
from kg.store.base import SparqlRequest, Store

# the line of a header that says what is expected
EXPECTS = re.compile(r"#\+\s*expect:")


def unexpected(
    snapshot: Snapshot, store: Store, limits: Limits, folder: str
) -> Iterator[ValidationResult]:
    """Yield a result for each query that finds something else than its header expects, or fails.

    `store` holds the snapshot; `folder` is the one of the queries, relative to the project. Each
    query is asked with its defaults, and has as long as one over HTTP.
    """
    for query in snapshot.queries:
        if query.expect is None:
            continue
        relation, count = query.expect
        try:
            found = _rows(query, store, limits)
        except KgError as error:
            yield _result(
                snapshot, query, folder, f"The query fails: {' '.join(str(error).split())}"
            )
        else:
            if found != count and not (relation == ">=" and found > count):
                message = f"Expected rows {relation} {count}, found {found}."
                yield _result(snapshot, query, folder, message)


def _rows(query: StoredQuery, store: Store, limits: Limits) -> int:
    """Return the number of rows of a SELECT, of triples of a graph, 1 for a yes and 0 for a no."""
    # with nothing given, so that a parameter without a default is named
    text = query.asked({}, {})
    graph = query_form(text) in GRAPH_FORMS
    wanted = N_TRIPLES if graph else JSON
    request = SparqlRequest(text, wanted, limits.query_seconds, limits.result_bytes)
    answer = store.answer(request).whole
    if graph:
        return sum(1 for _ in parse(answer, N_TRIPLES.engine))
    results = parse_query_results(answer, JSON.engine)
    if isinstance(results, QueryBoolean):
        return int(bool(results))
    assert isinstance(results, QuerySolutions)
    return sum(1 for _ in results)


def _result(snapshot: Snapshot, query: StoredQuery, folder: str, message: str) -> ValidationResult:
    lines = enumerate(query.text.splitlines(), start=1)
    number, line = next(one for one in lines if EXPECTS.match(one[1]))
    at = Place(f"{folder}/{query.name}.rq", number, 1, around(line, 1))
    fault = Fault(message, at, query_iri(query, snapshot.base))
    return result_of(EXPECTED_ROWS, fault, at, Place())
