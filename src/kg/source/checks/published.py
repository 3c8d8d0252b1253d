"""What terms owe to those who use them (storey 1): the rules.

They are held against the newest published version, so that results of them are made there:
`versions/terms.py`.
"""

from kg.source.checks.check import Check, nothing
from kg.source.report import Severity

TERM_CHANGED = Check(
    "term-changed",
    Severity.VIOLATION,
    "A published term that means something else now, in the same version of the ontology.",
    "Others have written data with the term as it was defined. Where its definition, types, place "
    "in the hierarchy or alignments change, the ontology says so by a new `owl:versionIRI`.",
    nothing,
)
TERM_REMOVED = Check(
    "term-removed",
    Severity.VIOLATION,
    "A published term that is gone, and was not deprecated before.",
    "Data of others still uses the term. One version in which it carries `owl:deprecated true` "
    "tells them, and `dcterms:isReplacedBy` what to use.",
    nothing,
)
CHECKS = (TERM_CHANGED, TERM_REMOVED)
