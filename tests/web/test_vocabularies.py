"""Vocabularies that others made, as packages bring them: served as they are, without a setting."""

import gzip
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.rdf.formats import CSV, HTML, TURTLE
from tests.conftest import serving
from tests.web.test_foreign import check_document, links_of_page

OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


@dataclass(frozen=True)
class Vocabulary:
    """A file in a package, base and title to be guessed, a term, its label, and that misspelt."""

    package: str
    file: str
    base: str
    term: str
    label: str
    title: str
    misspelt: str

    def path(self) -> Path:
        return Path(str(files(self.package).joinpath(self.file)))


FOREIGN = {
    "shacl": Vocabulary(
        "pyshacl", "assets/shacl.ttl", "http://www.w3.org/ns/",
        "http://www.w3.org/ns/shacl#NodeShape", "Node shape",
        "W3C Shapes Constraint Language (SHACL) Vocabulary", "Nod shape",
    ),
    "dash": Vocabulary(
        "pyshacl", "assets/dash.ttl", "http://datashapes.org/",
        "http://datashapes.org/dash#AutoCompleteEditor", "Auto-complete editor",
        "DASH Data Shapes Vocabulary", "Autocomplete editr",
    ),
    "dcterms": Vocabulary(
        "owlready2", "ontos/dcterms.owl", "http://purl.org/dc/terms/",
        "http://purl.org/dc/terms/publisher", "Publisher",
        "DCMI metadata terms", "Publischer",
    ),
    "dcmitype": Vocabulary(
        "owlready2", "ontos/dcmitype.owl", "http://purl.org/dc/dcmitype/",
        "http://purl.org/dc/dcmitype/MovingImage", "Moving Image",
        "DCMI Type Vocabulary", "Moving Immage",
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=FOREIGN)
def vocabulary(request):
    return FOREIGN[request.param]


@pytest.fixture(scope="module")
def server(vocabulary):
    with serving(str(vocabulary.path())) as running:
        yield running


def test_base_and_title_are_guessed_and_said(server, vocabulary):
    assert vocabulary.title in server.printed
    assert vocabulary.title in server.get("/", HTML.media_type).text
    assert f"IRIs under {vocabulary.base} are answered" in server.printed


def test_a_term_has_a_page_and_the_same_triples_in_every_format(server, vocabulary):
    found = links_of_page(server, "/ontology") | links_of_page(server, "/")
    address = found.get(vocabulary.term)
    path = (address or f"/resource?iri={vocabulary.term.replace('#', '%23')}").partition("#")[0]
    page = server.get(path, HTML.media_type, follow_redirects=True)
    assert 200 == page.status_code
    assert vocabulary.label in page.text
    check_document(server, path, vocabulary.term)


def test_it_is_queried_described_and_downloaded(server, vocabulary):
    query = f"SELECT ?label {{ <{vocabulary.term}> <{RDFS}label> ?label }}"
    answer = server.get("/sparql", CSV.media_type, params={"query": query})
    assert vocabulary.label in answer.text
    counted = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    triples = int(server.get("/sparql", CSV.media_type, params={"query": counted}).text.split()[1])
    dump = server.get("/dump.ttl").content
    assert triples == len(set(parse(dump, RdfFormat.TURTLE)))
    described = server.get("/.well-known/void", TURTLE.media_type, follow_redirects=True)
    assert f"triples {triples}" in described.text
    assert 200 == server.get("/openapi.json").status_code
    assert 200 == server.get("/checks", HTML.media_type).status_code


def test_names_are_reconciled_with_it_and_rows_extended(server, vocabulary):
    manifest = server.get("/reconcile").json()
    assert (vocabulary.title, vocabulary.base) == (manifest["name"], manifest["identifierSpace"])
    queries = {"exact": {"query": vocabulary.label}, "misspelt": {"query": vocabulary.misspelt}}
    answer = server.get("/reconcile", params={"queries": json.dumps(queries)}).json()
    for key in queries:
        assert vocabulary.term == answer[key]["result"][0]["id"], key
    assert 100 == answer["exact"]["result"][0]["score"]
    extend = {"ids": [vocabulary.term], "properties": [{"id": f"{RDFS}label"}]}
    rows = server.get("/reconcile", params={"extend": json.dumps(extend)}).json()["rows"]
    assert {"str": vocabulary.label} in rows[vocabulary.term][f"{RDFS}label"]


def test_it_is_checked_by_what_holds_for_any_data(vocabulary):
    command = [sys.executable, "-m", "kg", "validate", str(vocabulary.path()), "--format", "json"]
    ran = subprocess.run(command, capture_output=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    report = json.loads(ran.stdout)
    assert all(one["component"].startswith("kg:") for one in report["results"])


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[str]:
    """The address of a server that has one vocabulary, packed."""
    folder = tmp_path_factory.mktemp("there")
    (folder / "dcterms.owl.gz").write_bytes(gzip.compress(FOREIGN["dcterms"].path().read_bytes()))

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            """Say nothing."""

    there = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=there.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{there.server_port}"
    there.shutdown()
    there.server_close()


def test_a_packed_dump_is_served_from_its_url(place):
    with serving(f"{place}/dcterms.owl.gz") as running:
        assert "IRIs under http://purl.org/dc/terms/" in running.printed
        page = running.get("/resource?iri=http://purl.org/dc/terms/publisher", HTML.media_type)
        assert "Publisher" in page.text


def test_a_folder_of_mixed_formats_is_served_and_broken_files_are_left_out_if_asked(tmp_path):
    for name in ("shacl", "dcterms", "dcmitype"):
        shutil.copy(FOREIGN[name].path(), tmp_path)
    (tmp_path / "named.trig").write_text("<http://g.example/> { <http://a.example/> a [] }")
    (tmp_path / "broken.ttl").write_text("this is no Turtle")
    with serving(str(tmp_path), "--skip-broken") as running:
        assert "4 files" in running.printed
        graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        answer = running.get("/sparql", CSV.media_type, params={"query": graphs})
        assert int(answer.text.split()[1]) >= 4
        blank = "ASK { <http://a.example/> a ?o FILTER(isBlank(?o)) }"
        assert running.get("/sparql", params={"query": blank}).json()["boolean"] is True


DROPPED = """\
#+ summary: Terms of a class
#+ tags: [dropped]
#+ defaults:
#+   - class: rdfs:Class
#+ expect: rows >= 1
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term { ?term a ?_class_iri } ORDER BY ?term
"""


def kg(*arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "kg", *(str(one) for one in arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_query_that_is_dropped_into_a_folder_appears_in_all_its_forms(tmp_path):
    """Page, resource, operation, example, RDF and test: without a line of Python or settings."""
    shutil.copy(FOREIGN["shacl"].path(), tmp_path)
    with serving(str(tmp_path)) as before:
        assert 404 == before.get("/queries/dropped").status_code
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "dropped.rq").write_text(DROPPED)
    term = "http://www.w3.org/ns/shacl#NodeShape"
    with serving(str(tmp_path)) as running:
        page = running.get("/queries/dropped", HTML.media_type).text
        assert 'name="class"' in page
        address = "/queries/dropped?class=rdfs:Class"
        answer = running.get(f"{address}&format=csv")
        assert term in answer.text.split()
        assert 400 == running.get("/queries/dropped?class=a%3E%20b").status_code
        operation = running.get("/openapi.json").json()["paths"]["/queries/dropped"]["get"]
        (parameter,) = [one for one in operation["parameters"] if one["name"] == "class"]
        assert "rdfs:Class" in json.dumps(parameter)
        editor = running.get("/sparql?name=dropped", HTML.media_type).text
        assert f"&lt;{RDFS}Class&gt;" in editor
        assert 'href="/queries/dropped"' in editor
        stored = (
            "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?text { GRAPH ?g { "
            "?q a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ; sh:select ?text ; "
            "<https://schema.org/keywords> 'dropped' } }"
        )
        found = running.get("/sparql", CSV.media_type, params={"query": stored}).text
        assert f"?term a <{RDFS}Class>" in found
    assert "expected-rows" not in kg("validate", tmp_path).stdout
    (tmp_path / "queries" / "dropped.rq").write_text(DROPPED.replace("rows >= 1", "rows = 3"))
    differs = kg("validate", tmp_path)
    assert 1 == differs.returncode
    assert "Expected rows = 3, found " in differs.stdout
    assert "queries/dropped.rq:5:1" in differs.stdout
