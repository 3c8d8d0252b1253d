"""Whether stored queries find what their headers say (storey 1): the rule.

Queries are answered by a store, so that results of it are made there: `store/expecting.py`.
"""

from kg.source.checks.check import Check, nothing
from kg.source.report import Severity

EXPECTED_ROWS = Check(
    "expected-rows",
    Severity.VIOLATION,
    "A stored query that finds more or less than its header expects.",
    "Whoever wrote the query said with `#+ expect:` how many rows it has. Where it has others, "
    "the data or the query has changed its meaning.",
    nothing,
)
