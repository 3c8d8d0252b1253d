"""The engine's results as bytes in the format that was asked for (storey 3)."""

import json
import re
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
)

from kg.errors import QueryError, QueryRefused, ResultTooLarge, StoreUnavailable, Unwritable
from kg.rdf.formats import CSV, XML, Format, ResultFormat
from kg.rdf.terms import Term
from kg.rdf.writing import write_graph
from kg.rdf.xml import is_xml_text, with_returns

# what a field of CSV cannot hold bare
SPECIAL = re.compile('[",\r\n]')

Results = QuerySolutions | QueryBoolean | QueryTriples


def written(
    results: Results, format_: Format | ResultFormat, limit: int, prefixes: dict[str, str]
) -> bytes:
    """Return the results in the format.

    The engine evaluates while it writes.
    Raises: QueryRefused when the format is for other results, Unwritable when it cannot hold one
    of these, ResultTooLarge over `limit` bytes, QueryError and StoreUnavailable as stores do.
    """
    sink = Limited(limit)
    try:
        if isinstance(results, QueryTriples) and isinstance(format_, Format):
            return write_graph(results, format_, prefixes, sink)
        if not isinstance(results, QueryTriples) and isinstance(format_, ResultFormat):
            return _solutions(results, format_, sink)
    except OSError as error:
        raise StoreUnavailable(f"The store cannot be read: {error}") from error
    except (ValueError, RuntimeError) as error:
        raise QueryError(f"The query cannot be evaluated: {error}") from error
    raise QueryRefused(f"{format_.name} cannot hold the answer to this form of query.")


def _solutions(
    results: QuerySolutions | QueryBoolean, format_: ResultFormat, sink: BytesIO
) -> bytes:
    if format_ is CSV and isinstance(results, QuerySolutions):
        return _as_csv(results, sink)
    results.serialize(cast("BinaryIO", sink), format_.engine)
    body = sink.getvalue()
    if format_ is not XML:
        return body
    if not is_xml_text(body):
        raise Unwritable(format_.name)
    return with_returns(body)


def _as_csv(solutions: QuerySolutions, sink: BytesIO) -> bytes:
    """Return the solutions in CSV; the engine quotes literals only, and IRIs may hold commas.

    Source: https://www.w3.org/TR/sparql11-results-csv-tsv/#csv
    """
    head = ",".join(variable.value for variable in solutions.variables)
    sink.write(f"{head}\r\n".encode())
    for solution in solutions:
        row = ",".join([_field(term) for term in solution])
        sink.write(f"{row}\r\n".encode())
    return sink.getvalue()


def csv_of_json(found: bytes, sink: BytesIO) -> bytes:
    """Return solutions that are in SPARQL's JSON in CSV.

    Source: https://www.w3.org/TR/sparql11-results-json/
    """
    answer = json.loads(found)
    variables = answer["head"]["vars"]
    sink.write(f"{','.join(variables)}\r\n".encode())
    for solution in answer["results"]["bindings"]:
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
