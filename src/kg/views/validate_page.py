"""Make the page of the validation service out of a report (storey 3)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pyoxigraph import NamedNode

from kg.dataset.snapshot import Snapshot
from kg.errors import with_caret
from kg.rdf.formats import FORMATS, TURTLE
from kg.rdf.lines import visible
from kg.source.reports.table import REPORT_FORMATS
from kg.source.reports.text import cut
from kg.views.language import marked, say
from kg.views.pages import ShownResult, SitePart, ValidatePage, Value
from kg.views.values import value_of

# results that the page shows; the other formats have all of them
SHOWN = 200

EXAMPLE_IRI = "http://example.org/thing"


def validate_form_page(
    site: SitePart, text: str, chosen: str = TURTLE.name, error: str = ""
) -> ValidatePage:
    """Return the page before a report, or with the reason why there is none."""
    types = dict.fromkeys(row.format.media_type for row in REPORT_FORMATS)
    formats = tuple(format_.name for format_ in FORMATS)
    return ValidatePage(site, text, formats, chosen, tuple(types), error)


def validated_page(
    snapshot: Snapshot, site: SitePart, text: str, chosen: str, report: bytes
) -> ValidatePage:
    """Return the page with the report on the text, given as the JSON of `kg validate`."""
    found = json.loads(report)
    rules = {rule["id"]: rule for rule in found["rules"]}
    return replace(
        validate_form_page(site, text, chosen),
        verdict=found["verdict"],
        conforms=found["conforms"],
        results=tuple(
            _shown(snapshot, one, rules[one["rule"]]) for one in found["results"][:SHOWN]
        ),
        total=len(found["results"]),
    )


def example(snapshot: Snapshot, classes: tuple[str, ...]) -> str:
    """Return Turtle that says of a thing only its class, or "" where the shapes know none.

    It is the first of these classes that has a shape, else the first one that has.
    """
    known = [iri for iri in (*classes, *sorted(snapshot.shapes_of)) if iri in snapshot.shapes_of]
    if not known:
        return ""
    name = snapshot.prefixes.shrink(known[0])
    used = snapshot.prefixes.used_by(known[:1])
    lines = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in used.items()]
    return "\n".join([*lines, f"<{EXAMPLE_IRI}> a {name or f'<{known[0]}>'} ."])


def _shown(snapshot: Snapshot, result: Mapping[str, Any], rule: Mapping[str, Any]) -> ShownResult:
    place = result["place"] or {}
    line, column = place.get("line", 0), place.get("column", 0)
    source, caret = with_caret(visible(place["excerpt"]), column) if line else ("", "")
    said = map(cut, (*result["message"].splitlines(), *rule["description"].splitlines()))
    return ShownResult(
        severity=result["severity"],
        place=say(snapshot, "line %(line)s, column %(column)s", line=line, column=column)
        if line
        else "",
        line=source,
        caret=caret,
        advice=tuple(dict.fromkeys(filter(None, said))),
        facts=tuple(_facts(snapshot, result, rule)),
    )


def _facts(
    snapshot: Snapshot, result: Mapping[str, Any], rule: Mapping[str, Any]
) -> Iterator[tuple[str, Value]]:
    focus = result["focusTerm"]
    named = focus.startswith("<")
    yield (
        marked("Focus node"),
        value_of(snapshot, NamedNode(focus[1:-1])) if named else Value(cut(focus)),
    )
    for name, text in (
        (marked("Path"), result["path"]),
        (marked("Value"), result["value"]),
        (marked("Constraint"), rule["constraint"]),
    ):
        if text:
            yield name, Value(cut(text))
    shape = value_of(snapshot, NamedNode(rule["shape"])) if rule["shape"] else Value(rule["id"])
    yield marked("Shape"), replace(shape, text=rule["id"], lang="", labelled=True)
