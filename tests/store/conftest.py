"""One small project in every kind of store, and what remote engines do otherwise."""

import re
from contextlib import ExitStack

import pytest

import kg
from kg.settings import StoreSettings
from kg.store.opening import open_store
from tests.conftest import PREFIXES
from tests.store import engines

EX = "http://example.org/"
FILES = {
    "kg.toml": f'base = "{EX}"',
    "data/ttl/a.ttl": "ex:a a ex:C ; rdfs:label 'A'@en ; ex:size 7 .",
    "data/ttl/b.ttl": "ex:b a ex:C ; rdfs:label 'B, \"b\"\\n' .",
    "ontology/o.ttl": "ex:C a owl:Class .",
    "shapes/s.ttl": "ex:S a sh:NodeShape .",
    "queries/q.rq": "ASK {}",
}


KINDS = {
    "embedded": StoreSettings("embedded"),
    "worker": StoreSettings("worker", engine="pyoxigraph"),
    "worker, sparq": StoreSettings("worker", engine="sparq"),
    "worker, auto": StoreSettings("worker", engine="auto"),
}

VIRTUOSO = pytest.param("virtuoso", marks=pytest.mark.long)

# what a remote engine does otherwise: a pattern of the tests' names, and why
KNOWN_DIFFERENCES = (
    (
        r"shapes_and_stored_queries.*\[virtuoso",
        "Virtuoso has no default graph: the graph that stands for it is listed too",
    ),
    (r"several_megabytes.*\[virtuoso", "Virtuoso refuses CONCAT of many arguments"),
    (r"line_and_a_column\[virtuoso", "Virtuoso names the line, and no column"),
    (r"no_query_is_the_querys.*virtuoso-.*GROUP BY", "Virtuoso answers it"),
    (r"just_the_limit.*\[virtuoso", "Virtuoso's JSON has more spaces than ours"),
)


@pytest.fixture(autouse=True)
def known_difference(request):
    """Where an engine is known to differ the test must fail, so that the list stays true."""
    for name, why in KNOWN_DIFFERENCES:
        if re.search(name, request.node.name):
            request.node.add_marker(pytest.mark.xfail(reason=why, strict=True))


@pytest.fixture(scope="module")
def small_snapshot(tmp_path_factory):
    """The small project, ready to be published."""
    folder = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PREFIXES + text if name.endswith(".ttl") else text, encoding="utf-8")
    source = kg.load(kg.open_project(folder, {}))
    return kg.build(source, kg.Report((), 0), kg.read_queries(source))


@pytest.fixture(params=[*KINDS, "oxigraph", VIRTUOSO], scope="module")
def store(request, small_snapshot, tmp_path_factory):
    with ExitStack() as engine:
        settings = KINDS.get(request.param)
        if settings is None:
            folder = tmp_path_factory.mktemp("engine") / "dumps"
            start = getattr(engines, request.param)
            url, _ = engine.enter_context(start(folder, small_snapshot))
            default = engines.DEFAULT_GRAPH if request.param == "virtuoso" else ""
            settings = StoreSettings(f"sparql:{url}", workers=2, default_graph=default)
        opened = open_store(settings, small_snapshot)
        yield opened
        opened.close()
