"""What a release makes of a stored query (storey 2), as its header says.

    #+ release: table
    #+ properties:
    #+   - label: rdfs:label

docs/interchange.md describes the keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal

from kg.dataset.decorators import Decorator
from kg.dataset.panels import Entry, iri_of, one_of, translated

TABLE, GRAPH, NANOPUBLICATIONS = "table", "graph", "nanopublications"
KINDS = (TABLE, GRAPH, NANOPUBLICATIONS)

KEYS = frozenset({"release"})


@dataclass(frozen=True, slots=True)
class Releasing:
    """What a release makes of a query's answer: `kind` is one of `KINDS`.

    `titles` name the table or graph in several languages, `columns` its columns, parted by commas;
    `properties` are pairs of a column and the IRI of the property that it holds values of.
    """

    kind: str
    titles: tuple[Literal, ...] = ()
    columns: tuple[Literal, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()


def releasing_of(
    header: Mapping[str, Entry],
    more: Mapping[str, Decorator],
    prefixes: Mapping[str, str],
    summary: str,
) -> Releasing | None:
    """Return what the header says of releases, or None where the query is part of none.

    Raises: SourceError when a value is none that there is.
    """
    if "release" not in header:
        if "properties" in more:
            raise more["properties"].wrong("properties: only with `#+ release: table`")
        return None
    return Releasing(
        one_of(header["release"], KINDS),
        translated(header, "title") or (Literal(summary, language="en"),),
        translated(header, "columns"),
        _properties(more["properties"], prefixes) if "properties" in more else (),
    )


def _properties(said: Decorator, prefixes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = []
    for column, name in said.table().items():
        if not isinstance(name, str):
            raise said.wrong(f"properties: expected `- {column}: prefix:name`")
        entry = Entry(name, said.file, said.line, said.text)
        found.append((column, iri_of(entry, name, prefixes)))
    return tuple(found)
