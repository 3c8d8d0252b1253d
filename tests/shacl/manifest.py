"""The W3C's test suite of SHACL as values, read from its manifests.

It is not in this repository: it lies beside it, in `shared`.
Source: https://w3c.github.io/data-shapes/data-shapes-test-suite/
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad

from kg.project import Project
from kg.rdf.namespaces import RDF, SH
from kg.settings import Folders
from kg.source.loading import Source, SourceFile, load
from tests.conftest import REPO
from tests.sparql.manifest import MF, Graph, graph_of

SUITE = REPO.parent / "shared" / "w3c" / "shacl"
SHT = "http://www.w3.org/ns/shacl-test#"

needs_suite = pytest.mark.skipif(not SUITE.exists(), reason=f"the W3C's tests are not at {SUITE}")


@dataclass(frozen=True)
class Case:
    """A test: its file, those of its data and shapes, its report or None for a failure."""

    file: Path
    data: Path
    shapes: Path
    report: NamedNode | BlankNode | None
    graph: Graph

    @property
    def id(self) -> str:
        """What pytest calls it."""
        return self.file.relative_to(SUITE).with_suffix("").as_posix()

    def source(self) -> Source:
        """What `kg validate` would be given."""
        folders = Folders(data=str(self.data), shapes=str(self.shapes), ontology="", queries="")
        return load(Project(root=SUITE, folders=folders))

    def conforms(self) -> bool:
        """Whether the expected report says so."""
        return self.graph.one(self.report, f"{SH}conforms").value == "true"

    def expected_file(self) -> SourceFile:
        """The file of the test, which holds the expected report."""
        quads = [Quad(s, NamedNode(p), o) for (s, p), os in self.graph.values.items() for o in os]
        return SourceFile(self.file.name, "shapes", NamedNode("urn:expected"), tuple(quads), ())


def cases() -> list[Case]:
    """The tests in the order of the manifests; none where there is no suite."""
    return list(_cases(SUITE / "manifest.ttl")) if SUITE.exists() else []


def _cases(path: Path) -> Iterator[Case]:
    graph = graph_of(path, path.as_uri())
    this = NamedNode(path.as_uri())
    # a manifest says `include` once for each, and the engine keeps the order
    for included in graph.all(this, f"{MF}include"):
        yield from _cases(_path(included))
    for head in graph.all(this, f"{MF}entries"):
        for test in graph.items(head):
            yield _case(path, graph, test)


def _case(path: Path, graph: Graph, test: NamedNode) -> Case:
    action = graph.one(test, f"{MF}action")
    data, shapes = (_path(graph.one(action, f"{SHT}{name}Graph")) for name in ("data", "shapes"))
    assert NamedNode(f"{SHT}Validate") == graph.one(test, f"{RDF}type")
    result = graph.one(test, f"{MF}result")
    report = None if result == NamedNode(f"{SHT}Failure") else result
    return Case(path, data, shapes, report, graph)


def _path(name: NamedNode) -> Path:
    return Path(name.value.removeprefix("file://"))
