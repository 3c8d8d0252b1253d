"""Stored queries (storey 2): `.rq` files whose header says what they answer.

The header is comment lines that begin with `#+`, each `key: value`, before the query; the keys
are grlc's where grlc has one (https://github.com/CLARIAH/grlc#decorator-syntax).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset.panels import KEYS as PANEL_KEYS
from kg.dataset.panels import Entry, Panel, is_key, panel_of
from kg.errors import Problem, ProjectError, SourceError, around
from kg.rdf.namespaces import RDF, RDFS, SH, WELL_KNOWN, iri_path
from kg.rdf.sparql_text import declared_prefixes, query_form
from kg.source.loading import Source

HEADER = re.compile(r"#\+\s*(?P<key>[A-Za-z-]+):\s*(?P<value>.*?)\s*")
EXPECT = re.compile(r"rows (?P<relation>=|>=) (?P<count>\d+)")
KEYS = frozenset({"summary", "description", "tags", "expect"}) | PANEL_KEYS


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """One question that can be asked by name.

    `name` is the file's path in the queries folder without `.rq`; `text` the whole file;
    `expect` is ("=" or ">=", number of solutions), or None where the header expects nothing;
    `panel` says where its rows are shown, or is None.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    expect: tuple[str, int] | None
    text: str
    panel: Panel | None = None

    def quads(self, base: str) -> tuple[Quad, ...]:
        """Return the query's description in RDF, in a graph of its own.

        The vocabulary is SHACL's, as SIB's collection of examples uses it.
        Source: https://github.com/sib-swiss/sparql-examples
        """
        iri = NamedNode(f"{base}queries/{iri_path(self.name)}")
        graph = NamedNode(f"{base}graph/queries/{iri_path(self.name)}")
        form = query_form(self.text)
        kind = form.capitalize() if form != "DESCRIBE" else "Construct"
        said = (
            (RDF + "type", NamedNode(SH + "SPARQLExecutable")),
            (RDF + "type", NamedNode(f"{SH}SPARQL{kind}Executable")),
            (RDFS + "label", Literal(self.summary, language="en")),
            (RDFS + "comment", Literal(self.description, language="en")),
            (SH + kind.lower(), Literal(self.text)),
        )
        return tuple(Quad(iri, NamedNode(p), o, graph) for p, o in said)


def read_queries(source: Source) -> tuple[StoredQuery, ...]:
    """Return the project's stored queries, sorted by name, about the source's base IRI.

    Raises: ProjectError when a file cannot be read, SourceError when its header is wrong.
    """
    name = source.project.folders.queries
    folder = source.project.root / name
    if not name or not folder.is_dir():
        return ()
    texts = ((path, read_text(path)) for path in sorted(folder.rglob("*.rq")))
    return tuple(
        stored_query(
            path.relative_to(folder).with_suffix("").as_posix(),
            text.replace(source.written_base, source.base),
            path.relative_to(source.project.root).as_posix(),
            dict(source.prefixes.pairs),
        )
        for path, text in texts
    )


def find_query(queries: Sequence[StoredQuery], name: str) -> StoredQuery | None:
    """Return the query of that name, or the only one whose last part it is, or None."""
    exact = [query for query in queries if query.name == name]
    short = [query for query in queries if query.name.rpartition("/")[2] == name]
    found = exact or short
    return found[0] if len(found) == 1 else None


def stored_query(
    name: str, text: str, file: str, prefixes: Mapping[str, str] = WELL_KNOWN
) -> StoredQuery:
    """Return the stored query that a text is; `file` is where errors say it stands.

    Its header may use `prefixes` and those that the query declares.

    Raises: SourceError when the header is wrong.
    """
    header = _header(file, text)
    said = {key: entry.value for key, entry in header.items()}
    tags = said.get("tags", "").strip("[]").split(",")
    expected = EXPECT.fullmatch(said.get("expect", ""))
    summary = said.get("summary", name)
    return StoredQuery(
        name=name,
        summary=summary,
        description=said.get("description", ""),
        tags=tuple(tag.strip() for tag in tags if tag.strip()),
        expect=(expected["relation"], int(expected["count"])) if expected else None,
        text=text,
        panel=panel_of(header, {**prefixes, **declared_prefixes(text)}, summary),
    )


def read_text(path: Path) -> str:
    """Return a query file's text.

    Raises: ProjectError when it cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: cannot be read as UTF-8 text: {error}.") from error


def _header(file: str, text: str) -> Mapping[str, Entry]:
    """Return the header's values by key; it ends with the first line that is no comment."""
    header: dict[str, Entry] = {}
    comments = takewhile(lambda line: not line or line.startswith("#"), text.splitlines())
    for number, line in enumerate(comments, start=1):
        if line.startswith("#+"):
            key, value = _decorator(file, number, line)
            header[key] = Entry(value, file, number, line)
    return header


def _decorator(file: str, number: int, line: str) -> tuple[str, str]:
    matched = HEADER.fullmatch(line)
    if not matched or not (matched["key"] in KEYS or is_key(matched["key"])):
        known = ", ".join(sorted(KEYS))
        message = f"expected `#+ key: value`, key one of {known}"
        raise SourceError([Problem(file, number, 1, message, around(line, 1))])
    entry = Entry(matched["value"], file, number, line)
    if matched["key"] == "expect" and not EXPECT.fullmatch(entry.value):
        raise entry.problem("expected `rows = n` or `rows >= n`")
    return matched["key"], matched["value"]
