"""Stored queries (storey 2): `.rq` files whose header says what they answer.

The header is comment lines that begin with `#+`, each `key: value`, before the query; the keys
are grlc's where grlc has one (https://github.com/CLARIAH/grlc#decorator-syntax).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import Problem, ProjectError, SourceError
from kg.rdf.namespaces import RDF, RDFS, SH
from kg.rdf.sparql_text import query_form
from kg.source.loading import Source

HEADER = re.compile(r"#\+\s*(?P<key>[A-Za-z-]+):\s*(?P<value>.*?)\s*")
EXPECT = re.compile(r"rows (?P<relation>=|>=) (?P<count>\d+)")
KEYS = frozenset({"summary", "description", "tags", "expect"})


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """One question that can be asked by name.

    `name` is the file's path in the queries folder without `.rq`; `text` the whole file;
    `expect` is ("=" or ">=", number of solutions), or None where the header expects nothing.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    expect: tuple[str, int] | None
    text: str

    def quads(self, base: str) -> tuple[Quad, ...]:
        """Return the query's description in RDF, in a graph of its own.

        The vocabulary is SHACL's, as SIB's collection of examples uses it.
        Source: https://github.com/sib-swiss/sparql-examples
        """
        iri = NamedNode(f"{base.rstrip('#/')}/queries/{self.name}")
        graph = NamedNode(f"{base.rstrip('#/')}/graph/queries/{self.name}")
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
    texts = ((path, _text(path)) for path in sorted(folder.rglob("*.rq")))
    return tuple(
        stored_query(
            path.relative_to(folder).with_suffix("").as_posix(),
            text.replace(source.written_base, source.base),
            path.relative_to(source.project.root).as_posix(),
        )
        for path, text in texts
    )


def stored_query(name: str, text: str, file: str) -> StoredQuery:
    """Return the stored query that a text is; `file` is where errors say it stands.

    Raises: SourceError when the header is wrong.
    """
    header = _header(file, text)
    tags = header.get("tags", "").strip("[]").split(",")
    return StoredQuery(
        name=name,
        summary=header.get("summary", name),
        description=header.get("description", ""),
        tags=tuple(tag.strip() for tag in tags if tag.strip()),
        expect=_expect(file, header.get("expect")),
        text=text,
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: cannot be read as UTF-8 text: {error}.") from error


def _header(path: str, text: str) -> dict[str, str]:
    header: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#+"):
            continue
        matched = HEADER.fullmatch(line)
        if not matched or matched["key"] not in KEYS:
            known = ", ".join(sorted(KEYS))
            raise SourceError(
                [Problem(path, number, 1, f"expected `#+ key: value`, key one of {known}", line)]
            )
        header[matched["key"]] = matched["value"]
    return header


def _expect(path: str, value: str | None) -> tuple[str, int] | None:
    if value is None:
        return None
    matched = EXPECT.fullmatch(value)
    if not matched:
        message = f"expect must be `rows = n` or `rows >= n`, not {value!r}"
        raise SourceError([Problem(path, 0, 0, message)])
    return matched["relation"], int(matched["count"])
