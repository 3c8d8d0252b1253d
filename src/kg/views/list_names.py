"""What lists are called, in words and in URLs (storey 3)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from kg.dataset.addresses import list_paths
from kg.dataset.description import in_languages
from kg.dataset.languages import COMMON
from kg.dataset.listing import table_of
from kg.dataset.panels import LIST
from kg.dataset.snapshot import Snapshot, instances
from kg.dataset.tables import Table, Tables
from kg.views.ordering import folded
from kg.views.pages import ListLink, Value
from kg.views.panels import said
from kg.views.values import value_of


def plural(snapshot: Snapshot, class_: str, count: int) -> Value:
    """Return the class's label as it stands after a number; plurals are made in English only."""
    value = value_of(snapshot, NamedNode(class_))
    return value if count == 1 or value.lang[:2] != "en" else replace(value, text=f"{value.text}s")


def list_name(snapshot: Snapshot, table: Table | None, class_: str, count: int) -> Value:
    """Return what the list of a class is called: as its query says, else by the class's label."""
    titled = said(snapshot, table.panel.titles) if table else None
    return titled or plural(snapshot, class_, count)


def named_lists(snapshot: Snapshot, tables: Tables, classes: Sequence[str]) -> dict[str, str]:
    """Return the URLs of the lists that have names of their own, by class.

    They are those of `classes` and of stored queries; one that is called nowhere is called by
    the class's label in English.
    """
    asked = (c for t in tables.tables if t.panel.place == LIST for c in t.panel.about)
    english = in_languages(snapshot, (COMMON,))
    names = {}
    for class_ in dict.fromkeys((*classes, *asked)):
        table = table_of(tables, class_)
        label = folded(plural(english, class_, 2).text)
        made = re.sub("[^a-z0-9]+", "-", label).strip("-")
        names[class_] = (table.panel.path if table else "") or made
    return list_paths(snapshot, names)


def list_links(snapshot: Snapshot, tables: Tables, classes: Sequence[str]) -> tuple[ListLink, ...]:
    """Return links to the lists that have names and members, for the head of every page."""
    found = []
    for class_, path in named_lists(snapshot, tables, classes).items():
        if count := len(instances(snapshot, class_)):
            name = list_name(snapshot, table_of(tables, class_), class_, count)
            found.append(ListLink(replace(name, href="", iri=""), path, class_, count))
    return tuple(found)
