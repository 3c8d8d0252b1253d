"""One small project in every kind of store."""

import pytest

import kg
from kg.project import StoreSettings
from kg.store.opening import open_store
from tests.conftest import PREFIXES

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


@pytest.fixture(params=KINDS, scope="module")
def store(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PREFIXES + text if name.endswith(".ttl") else text, encoding="utf-8")
    source = kg.load(kg.open_project(folder, {}))
    snapshot = kg.build(source, kg.Report((), 0), kg.read_queries(source))
    opened = open_store(KINDS[request.param], snapshot)
    yield opened
    opened.close()
