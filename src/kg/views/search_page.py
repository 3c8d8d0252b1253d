"""The page of a search (storey 3): what was found by class, with what was asked for marked."""

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from kg.dataset.description import types
from kg.dataset.folding import folded
from kg.dataset.labels import Name
from kg.dataset.matching import IN_TEXT, Match
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import CSV, PLAIN_JSON
from kg.views.pages import FormatLink, SitePart, Value
from kg.views.representation import Representation, representation, spoken
from kg.views.values import value_of

FILES = (PLAIN_JSON, CSV)

# characters of a text that are shown, and of those before what was asked for
SHOWN, BEFORE = 200, 60
WORD = re.compile(r"\w+")
# nearly the name itself, and below that a search asks whether it was meant
SURE = 88


@dataclass(frozen=True, slots=True)
class Found:
    """One resource that was found: `parts` are pieces of the name, each with whether it is marked.

    `label` is what the resource is called, with its link; `parts` is empty where that says all.
    """

    label: Value
    parts: tuple[tuple[str, bool], ...]
    lang: str


@dataclass(frozen=True, slots=True)
class FoundOfClass:
    """What was found of one class, the best first."""

    class_: Value | None
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found, by class; `meant` are names that may have been meant instead."""

    site: SitePart
    asked: str
    total: int
    more: bool
    groups: tuple[FoundOfClass, ...]
    meant: tuple[tuple[str, str], ...]
    formats: tuple[FormatLink, ...]


def search_page(
    snapshot: Snapshot, site: SitePart, asked: str, matches: Sequence[Match], *, more: bool
) -> SearchPage:
    """Return the page of what was found; `more` says that there would be more."""
    by_class: dict[str, list[Found]] = {}
    for match in matches:
        class_ = next(iter(types(snapshot, NamedNode(match.iri))), "")
        by_class.setdefault(class_, []).append(_found(snapshot, match, asked))
    unsure = matches and IN_TEXT < matches[0].score < SURE
    near = [match.name.text for match in matches[:3] if match.score > IN_TEXT] if unsure else []
    return SearchPage(
        site,
        asked,
        len(matches),
        more,
        tuple(
            FoundOfClass(value_of(snapshot, NamedNode(class_)) if class_ else None, tuple(found))
            for class_, found in by_class.items()
        ),
        tuple((name, f"/search?{urlencode({'q': name})}") for name in dict.fromkeys(near)),
        tuple(
            FormatLink(
                one.name, f"/search.{one.extension}?{urlencode({'q': asked})}", one.media_type
            )
            for one in FILES
        ),
    )


def as_json(
    snapshot: Snapshot, site: SitePart, asked: str, matches: Sequence[Match]
) -> Representation:
    """Return what was found as JSON: the query, and results with IRI, label, name, score, types."""
    found = [
        {
            "iri": match.iri,
            "label": value_of(snapshot, NamedNode(match.iri)).text,
            "name": match.name.text,
            "language": match.name.language,
            "score": match.score,
            "types": list(types(snapshot, NamedNode(match.iri))),
        }
        for match in matches
    ]
    body = json.dumps({"query": asked, "results": found}, ensure_ascii=False).encode()
    return spoken(representation(body, PLAIN_JSON.media_type), site)


def as_csv(snapshot: Snapshot, site: SitePart, matches: Sequence[Match]) -> Representation:
    """Return what was found as CSV with a row for each resource."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("iri", "label", "name", "language", "score", "types"))
    for match in matches:
        node, name = NamedNode(match.iri), match.name
        called = value_of(snapshot, node).text
        classes = " | ".join(types(snapshot, node))
        writer.writerow((match.iri, called, name.text, name.language, match.score, classes))
    return spoken(representation(text.getvalue().encode(), CSV.media_type), site)


def _found(snapshot: Snapshot, match: Match, asked: str) -> Found:
    called = value_of(snapshot, NamedNode(match.iri))
    same = called.text == match.name.text
    return Found(called, () if same else _marked(match.name, asked), match.name.language)


def _marked(name: Name, asked: str) -> tuple[tuple[str, bool], ...]:
    """Return the name, or what of a text is around the words asked for, with these marked."""
    words = set(folded(asked).split())
    hits = [one.span() for one in WORD.finditer(name.text) if folded(one[0]) in words]
    start = max(0, hits[0][0] - BEFORE) if hits and len(name.text) > SHOWN else 0
    stop = min(len(name.text), start + SHOWN)
    parts, here = [("…", False)] if start else [], start
    for left, right in hits:
        if here <= left and right <= stop:
            parts += [(name.text[here:left], False), (name.text[left:right], True)]
            here = right
    parts.append((name.text[here:stop] + ("…" if stop < len(name.text) else ""), False))
    return tuple(part for part in parts if part[0])
