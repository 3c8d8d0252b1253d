"""`/openapi.json` is complete and true: schemathesis sends what it allows and what it does not."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from starlette.routing import Route

import kg
from kg.rdf.formats import PLAIN_JSON
from kg.store.embedded import open_in_memory
from kg.web.app import create_app
from tests.conftest import REPO, serving
from tests.web.test_foreign import links

DATA = """
@prefix ex: <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:a a ex:Thing ; rdfs:label "a"@en ; ex:n 1 . ex:b a ex:Thing ; ex:n 2 ; ex:knows ex:a .
"""
PREFIXES = "PREFIX ex: <http://example.org/>\n"
QUERIES = {
    "about.rq": f"#+ defaults:\n#+   - thing: ex:a\n{PREFIXES}SELECT * {{ ?_thing_iri ?p ?o }}",
    "typed.rq": f"{PREFIXES}SELECT ?s {{ ?s ex:n ?_n_integer FILTER(?__day_date > ?__text) }}",
    "ask.rq": "#+ enumerate:\n#+   - w: [a, b]\nASK { FILTER(?_w = 'a') }",
    "graph.rq": f"{PREFIXES}CONSTRUCT {{ ?s ex:is ?__word_en }} WHERE {{ ?s a ex:Thing }}",
    "paged.rq": "#+ pagination: 2\nSELECT * { ?s ?p ?o }",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("described")
    files_ = {f"queries/{name}": text for name, text in QUERIES.items()}
    for name, text in {**files_, "data/ttl/a.ttl": DATA, "kg.toml": ""}.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def described(folder):
    with serving(str(folder)) as running:
        yield running


def document_of(running) -> dict:
    response = running.get("/openapi.json")
    assert (200, PLAIN_JSON.media_type) == (response.status_code, response.headers["content-type"])
    return response.json()


def test_the_document_is_openapi_and_is_led_to(server):
    document = document_of(server)
    assert "3.1.0" == document["openapi"]
    assert [{"url": server.url}] == document["servers"]
    (target, type_), *_ = links(server.get("/", "text/html"), "service-desc")
    assert ("/openapi.json", PLAIN_JSON.media_type) == (target, type_)
    catalogue = server.get("/.well-known/api-catalog").text
    assert "/openapi.json" in catalogue
    operations = [one for path in document["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names))
    assert all(one["summary"] for one in operations)


def test_every_stored_query_is_an_operation_with_its_parameters(server):
    paths = document_of(server)["paths"]
    stored = [path.relative_to(REPO / "queries") for path in (REPO / "queries").rglob("*.rq")]
    missing = [p for p in stored if f"/queries/{p.with_suffix('').as_posix()}" not in paths]
    assert [] == missing
    get = paths["/queries/1-first-steps/claims-of-one-source"]["get"]
    (speaker,) = (one for one in get["parameters"] if one["name"] == "speaker")
    assert "actor:csis" == speaker["example"]
    assert {"type": "string", "format": "iri"} in speaker["schema"]["anyOf"]


# what only pages ask for, and what answers for every other URL
UNDESCRIBED = {
    "/static/{name}",
    "/favicon.ico",
    "/queries/{name:path}",
    "/search.{file}",
    "/{path:path}",
}


def test_every_route_is_described(described, folder):
    project = kg.open_project(folder, environ={})
    source = kg.load(project)
    snapshot = kg.build(source, kg.Report((), 0), kg.read_queries(source))
    app = create_app(kg.Publication(project, snapshot, open_in_memory(snapshot))).app
    routes = {route.path for route in routes_of(app) if isinstance(route, Route | APIRoute)}
    paths = set(document_of(described)["paths"])
    # in the description nothing says that a path may have slashes
    named = {path.replace(":path}", "}") for path in routes - UNDESCRIBED}
    assert set() == named - paths


def routes_of(app):
    """The routes of an application, those of its routers included."""
    found = []
    for route in app.routes:
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        found.extend(inner.routes if inner is not None else [route])
    return found


@pytest.mark.parametrize(
    "phase",
    [
        "examples",
        *(pytest.param(phase, marks=pytest.mark.long) for phase in ("coverage", "fuzzing")),
    ],
)
def test_schemathesis_finds_nothing(described, phase, tmp_path):
    """The real client in a process of its own: it knows the schema and nothing of our inside."""
    hooks = Path(__file__).parent / "hooks.py"
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{described.url}/openapi.json",
        "--phases", phase, "--max-examples", "6", "--seed", "1", "--no-color",
        "--generation-database", "none", "--workers", "2", "--request-timeout", "60",
    ]  # fmt: skip
    env = {**os.environ, "SCHEMATHESIS_HOOKS": str(hooks)}
    env["PYTHONPATH"] = str(REPO)
    # it keeps what it found in the folder where it runs
    done = subprocess.run(
        command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stdout[-6000:] + done.stderr[-2000:]
    (operations,) = re.findall(r"Selected: (\d+)/\1", done.stdout)
    assert int(operations) > 25
