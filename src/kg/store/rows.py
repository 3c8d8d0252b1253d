"""How many rows an answer has, told by its bytes (storey 3).

The engines write answers in one go, and whoever took each row from them to count it would wait
twice as long.
"""

import re
from types import MappingProxyType

from kg.errors import ResultTooLarge
from kg.rdf.formats import CSV, JSON, TSV, XML, Format, ResultFormat

# what stands in an answer once for each row, and how many more of it there are than rows
MARKS = MappingProxyType({JSON: (b"},{", -1), XML: (b"<result>", 0), TSV: (b"\n", 1)})

# how answers end in which there is nothing, or that say no
ENDS = MappingProxyType(
    {
        JSON: (b'"bindings":[]}}', b'"boolean":false}'),
        XML: (b"<results></results></sparql>", b"<boolean>false</boolean></sparql>"),
    }
)

# texts in JSON, which may hold such a mark
STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"')


def require_rows(body: bytes, format_: ResultFormat, most: int) -> None:
    """Raise ResultTooLarge unless an engine's answer, or the beginning of one, has so few rows.

    Other formats are written row by row, and counted there. `most` is at least 1.
    """
    mark, more = MARKS[format_]
    # most answers are too short to be looked at
    if len(body) // len(mark) <= most or body.count(mark) - more <= most:
        return
    if format_ is not JSON or STRING.sub(b"", body).count(mark) - more > most:
        raise ResultTooLarge(most, "rows")


def is_empty(body: bytes | memoryview, format_: Format | ResultFormat) -> bool:
    """Whether an answer holds nothing, or says no; RDF/XML never does."""
    if not isinstance(body, bytes):
        return False
    if isinstance(format_, Format):
        return body in (b"", b"[]")
    if format_ in (CSV, TSV):
        return body.count(b"\n", 0, 10_000) == 1 and body.endswith(b"\n")
    return body.endswith(ENDS[format_])
