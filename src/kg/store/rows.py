"""How many rows an answer has, told by its bytes (storey 3).

The engines write answers in one go, and whoever took each row from them to count it would wait
twice as long.
"""

import re
from types import MappingProxyType

from kg.errors import ResultTooLarge
from kg.rdf.formats import JSON, TSV, XML, ResultFormat

# what stands in an answer once for each row, and how many more of it there are than rows
MARKS = MappingProxyType({JSON: (b"},{", -1), XML: (b"<result>", 0), TSV: (b"\n", 1)})

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
