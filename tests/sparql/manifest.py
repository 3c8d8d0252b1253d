"""The W3C's test suite of SPARQL 1.1 as values, read from its manifests.

It is not in this repository: it lies beside it, in `shared`.
Source: https://www.w3.org/2009/sparql/docs/tests/
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.rdf.formats import format_of_file
from kg.rdf.namespaces import RDF
from tests.conftest import REPO

SUITE = REPO.parent / "shared" / "w3c" / "sparql11"
STANDARDS = REPO.parent / "shared" / "standards"

needs_suite = pytest.mark.skipif(
    not (SUITE.exists() and STANDARDS.exists()), reason=f"the W3C's tests are not at {SUITE.parent}"
)

# what the files are called on the web; names of graphs and relative IRIs come from it
WEB = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"

# the manifests that a query service is asked about; what is left out is in test_suite.py
EVALUATION = (
    *("aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists"),
    *("functions", "grouping", "json-res", "negation", "project-expression"),
    *("property-path", "subquery"),
)
SYNTAX = ("syntax-query",)


@dataclass(frozen=True)
class Graph:
    """The triples of a file, by subject and predicate."""

    values: dict

    def all(self, subject, predicate: str) -> list:
        """The objects of a subject's triples with this predicate IRI."""
        return self.values.get((subject, predicate), [])

    def one(self, subject, predicate: str, default=None):
        """The first of them."""
        return next(iter(self.all(subject, predicate)), default)

    def items(self, head) -> Iterator:
        """The members of a list."""
        while head != NamedNode(f"{RDF}nil"):
            assert head, "the list does not end"
            yield self.one(head, f"{RDF}first")
            head = self.one(head, f"{RDF}rest")


@dataclass(frozen=True)
class Case:
    """A test of queries: its IRI and kind, and the paths of its files in the suite."""

    iri: str
    kind: str
    query: str
    data: tuple[str, ...]
    graphs: tuple[str, ...]
    result: str

    @property
    def id(self) -> str:
        """What pytest calls it."""
        return short(self.iri)

    def text(self) -> str:
        """The query."""
        return (SUITE / self.query).read_text(encoding="utf-8")


def short(iri: str) -> str:
    """A test's IRI without what all have in common: `bind/bind01`."""
    return iri.removeprefix(WEB).replace("/manifest#", "/")


def quads_of(file: str) -> Iterator[Quad]:
    """The triples of a file of the suite, in the graph that is called like it on the web."""
    format_ = format_of_file(file)
    assert format_
    name = NamedNode(WEB + file)
    for quad in parse((SUITE / file).read_bytes(), format_.engine, base_iri=name.value):
        yield Quad(*quad.triple, name)


def graph_of(path: Path, base: str) -> Graph:
    """A manifest's triples."""
    values = defaultdict(list)
    for quad in parse(path.read_bytes(), RdfFormat.TURTLE, base_iri=base):
        values[quad.subject, quad.predicate.value].append(quad.object)
    return Graph(dict(values))


def entries(folder: str, name: str = "manifest.ttl") -> tuple[Graph, list]:
    """A manifest, and the tests that it lists; none where there is no suite."""
    path = SUITE / folder / name
    if not path.exists():
        return Graph({}), []
    base = f"{WEB}{folder}/{name}"
    graph = graph_of(path, base)
    return graph, list(graph.items(graph.one(NamedNode(base), f"{MF}entries")))


def kind_of(graph: Graph, test) -> str:
    """The local name of a test's class."""
    return graph.one(test, f"{RDF}type").value.removeprefix(MF)


def cases(*folders: str) -> list[Case]:
    """The tests of queries in these folders, in the order of their manifests."""
    return [case for folder in folders for case in _cases(folder)]


def _cases(folder: str) -> Iterator[Case]:
    graph, tests = entries(folder)
    for test in tests:
        action = graph.one(test, f"{MF}action")
        files = {
            part: tuple(_file(file) for file in graph.all(action, f"{QT}{part}"))
            for part in ("query", "data", "graphData")
        }
        query = files["query"][0] if files["query"] else _file(action)
        result = graph.one(test, f"{MF}result")
        yield Case(
            test.value,
            kind_of(graph, test),
            query,
            files["data"],
            files["graphData"],
            _file(result) if result else "",
        )


def _file(name) -> str:
    return name.value.removeprefix(WEB) if isinstance(name, NamedNode) else ""


@dataclass(frozen=True)
class Exchange:
    """A request over HTTP, and what is expected of its answer.

    `boolean` is "" where none is expected; `statuses` are classes such as 2 for 2xx, none where
    a test names one status.
    """

    method: str
    path: str
    content_type: str
    body: bytes
    statuses: tuple[int, ...]
    format: str
    boolean: str


def exchanges(folder: str, name: str = "manifest.ttl") -> dict[str, tuple[Exchange, ...]]:
    """The requests of each test of a manifest about HTTP, by the test's short name."""
    graph, tests = entries(folder, name)
    return {short(test.value): tuple(_exchanges(graph, test)) for test in tests}


def _exchanges(graph: Graph, test) -> Iterator[Exchange]:
    connection = graph.one(test, f"{MF}action")
    for request in graph.items(graph.one(connection, f"{HT}requests")):
        response = graph.one(request, f"{HT}resp")
        body = graph.one(request, f"{HT}body")
        headers = {
            graph.one(h, f"{HT}fieldName").value.lower(): graph.one(h, f"{HT}fieldValue").value
            for h in graph.items(graph.one(request, f"{HT}headers", NamedNode(f"{RDF}nil")))
        }
        nothing = Literal("")
        encoding = graph.one(body, f"{CNT}characterEncoding", Literal("utf-8")).value
        statuses = (s.value for s in graph.all(response, f"{MF}expectedStatus"))
        yield Exchange(
            graph.one(request, f"{HT}methodName").value,
            graph.one(request, f"{HT}absolutePath").value,
            headers.get("content-type", ""),
            graph.one(body, f"{CNT}chars", nothing).value.encode(encoding),
            tuple(sorted(int(s[-3]) for s in statuses if s.endswith("xx"))),
            graph.one(response, f"{MF}expectedFormat", nothing).value,
            graph.one(response, f"{MF}expectedBoolean", nothing).value,
        )
