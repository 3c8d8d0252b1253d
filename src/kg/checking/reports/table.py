"""The formats of what `kg check` reports, by name; the first is the default."""

from collections.abc import Callable
from functools import partial
from types import MappingProxyType

from kg.checking.check import Verdict
from kg.checking.reports.earl import verdict_as_rdf
from kg.checking.reports.json import verdict_as_json
from kg.checking.reports.junit import verdict_as_junit
from kg.checking.reports.text import verdict_as_text
from kg.rdf.formats import JSON_LD, TURTLE

Write = Callable[[Verdict], str]

REPORTS = MappingProxyType[str, Write](
    {
        "text": verdict_as_text,
        "json": verdict_as_json,
        "junit": verdict_as_junit,
        "earl": partial(verdict_as_rdf, format_=TURTLE),
        "earl-jsonld": partial(verdict_as_rdf, format_=JSON_LD),
    }
)
