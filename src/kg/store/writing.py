"""The engine's results as bytes in the format that was asked for (storey 3)."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from typing import BinaryIO, TypeVar, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)

from kg.errors import (
    QueryError,
    QueryRefused,
    ResultTooLarge,
    StoreUnavailable,
    Unwritable,
)
from kg.rdf.formats import CSV, XML, Format, ResultFormat
from kg.rdf.terms import Term
from kg.rdf.writing import write_graph
from kg.rdf.xml import is_xml_text, with_returns
from kg.store.base import SparqlRequest
from kg.store.rows import MARKS, require_rows

# what a field of CSV cannot hold bare
SPECIAL = re.compile('[",\r\n]')

Row = TypeVar("Row")

Results = QuerySolutions | QueryBoolean | QueryTriples


def written(results: Results, request: SparqlRequest, prefixes: dict[str, str]) -> bytes:
    """Return the results in the format of the request.

    The engine evaluates while it writes.
    Raises: QueryRefused when the format is for other results, Unwritable when it cannot hold one
    of these, ResultTooLarge over the request's limits, QueryError and
    StoreUnavailable as stores do.
    """
    format_ = request.format
    try:
        if isinstance(results, QueryTriples) and isinstance(format_, Format):
            return graph_written(results, format_, request, prefixes)
        if not isinstance(results, QueryTriples) and isinstance(format_, ResultFormat):
            return _solutions(results, format_, request)
    except OSError as error:
        raise StoreUnavailable(f"The store cannot be read: {error}") from error
    except (ValueError, RuntimeError) as error:
        raise QueryError(f"The query cannot be evaluated: {error}") from error
    raise QueryRefused(f"{format_.name} cannot hold the answer to this form of query.")


def graph_written(
    triples: Iterable[Triple], format_: Format, request: SparqlRequest, prefixes: dict[str, str]
) -> bytes:
    """Return the triples in the format, within the request's limits; see `written`."""
    few = at_most(request.rows, triples)
    return write_graph(few, format_, prefixes, Limited(request.bytes))


def at_most(most: int, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows; raise ResultTooLarge in the place of one more than so many."""
    coming = iter(rows)
    yield from islice(coming, most)
    for _ in coming:
        raise ResultTooLarge(most, "rows")


def _solutions(
    results: QuerySolutions | QueryBoolean, format_: ResultFormat, request: SparqlRequest
) -> bytes:
    counts = isinstance(results, QuerySolutions)
    if format_ is CSV and isinstance(results, QuerySolutions):
        return _as_csv(results, request)
    sink = Counted(request, format_) if counts else Limited(request.bytes)
    results.serialize(cast("BinaryIO", sink), format_.engine)
    body = sink.getvalue()
    if counts:
        require_rows(body, format_, request.rows)
    if format_ is not XML:
        return body
    if not is_xml_text(body):
        raise Unwritable(format_.name)
    return with_returns(body)


def _as_csv(solutions: QuerySolutions, request: SparqlRequest) -> bytes:
    """Return the solutions in CSV; the engine quotes literals only, and IRIs may hold commas.

    Source: https://www.w3.org/TR/sparql11-results-csv-tsv/#csv
    """
    sink = Limited(request.bytes)
    head = ",".join(variable.value for variable in solutions.variables)
    sink.write(f"{head}\r\n".encode())
    for solution in at_most(request.rows, solutions):
        row = ",".join([_field(term) for term in solution])
        sink.write(f"{row}\r\n".encode())
    return sink.getvalue()


def csv_of_json(found: bytes, request: SparqlRequest) -> bytes:
    """Return solutions that are in SPARQL's JSON in CSV.

    Source: https://www.w3.org/TR/sparql11-results-json/
    """
    sink = Limited(request.bytes)
    answer = json.loads(found)
    variables = answer["head"]["vars"]
    sink.write(f"{','.join(variables)}\r\n".encode())
    for solution in at_most(request.rows, answer["results"]["bindings"]):
        row = ",".join([_bound(solution.get(variable)) for variable in variables])
        sink.write(f"{row}\r\n".encode())
    return sink.getvalue()


def _bound(term: Mapping[str, str] | None) -> str:
    if term is None:
        return ""
    return _quoted(f"_:{term['value']}" if term["type"] == "bnode" else term["value"])


def _field(term: Term | None) -> str:
    """Return a term as a field, in quotation marks where it needs them, "" for none.

    Source: https://www.rfc-editor.org/rfc/rfc4180#section-2
    """
    return "" if term is None else _quoted(_plain(term))


def _quoted(text: str) -> str:
    if not SPECIAL.search(text):
        return text
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


def _plain(term: Term) -> str:
    if isinstance(term, NamedNode | Literal):
        return term.value
    if isinstance(term, BlankNode):
        return str(term)
    return f"{_plain(term.subject)} {term.predicate.value} {_plain(term.object)}"


class Limited(BytesIO):
    """A buffer that refuses to grow past a number of bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    # the engine writes bytes, where BytesIO would take any buffer
    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take the bytes, or raise ResultTooLarge."""
        if self.tell() + len(data) > self.limit:
            raise ResultTooLarge(self.limit)
        return super().write(data)


class Counted(Limited):
    """A buffer that also refuses more rows, soon after the first too many."""

    def __init__(self, request: SparqlRequest, format_: ResultFormat) -> None:
        super().__init__(request.bytes)
        self.rows = request.rows
        self.format = format_
        self.seen = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take the bytes, or raise ResultTooLarge."""
        length = super().write(data)
        self.seen += data.count(MARKS[self.format][0])
        if self.seen > self.rows:
            require_rows(self.getvalue(), self.format, self.rows)
            self.seen = 0
        return length
