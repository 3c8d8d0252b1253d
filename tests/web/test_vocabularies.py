"""Vocabularies that others made, as packages bring them: served as they are, without a setting."""

import gzip
import shutil
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
    """A file in a package, the base to be guessed, one of its terms and that one's label."""

    package: str
    file: str
    base: str
    term: str
    label: str

    def path(self) -> Path:
        return Path(str(files(self.package).joinpath(self.file)))


FOREIGN = {
    "shacl": Vocabulary(
        "pyshacl", "assets/shacl.ttl", "http://www.w3.org/ns/",
        "http://www.w3.org/ns/shacl#NodeShape", "Node shape",
    ),
    "dash": Vocabulary(
        "pyshacl", "assets/dash.ttl", "http://datashapes.org/",
        "http://datashapes.org/dash#AutoCompleteEditor", "Auto-complete editor",
    ),
    "dcterms": Vocabulary(
        "owlready2", "ontos/dcterms.owl", "http://purl.org/dc/terms/",
        "http://purl.org/dc/terms/publisher", "Publisher",
    ),
    "dcmitype": Vocabulary(
        "owlready2", "ontos/dcmitype.owl", "http://purl.org/dc/dcmitype/",
        "http://purl.org/dc/dcmitype/MovingImage", "Moving Image",
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=FOREIGN)
def vocabulary(request):
    return FOREIGN[request.param]


@pytest.fixture(scope="module")
def server(vocabulary):
    with serving(str(vocabulary.path())) as running:
        yield running


def test_the_base_is_guessed_and_said(server, vocabulary):
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
#+   - class: owl:Class
#+ expect: rows >= 1
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?term { ?term a ?_class_iri } ORDER BY ?term
"""


def test_a_query_that_is_dropped_into_a_folder_appears_in_all_its_forms(tmp_path):
    """Page, resource, operation, editor, RDF and test: after a restart, without any Python."""
    (tmp_path / "queries").mkdir()
    (tmp_path / "a.ttl").write_text(f"<http://example.org/C> a <{OWL}Class> .")
    (tmp_path / "queries" / "dropped.rq").write_text(DROPPED)
    with serving(str(tmp_path)) as running:
        page = running.get("/queries/dropped", HTML.media_type).text
        assert 'name="class"' in page
        answer = running.get(f"/queries/dropped?class={OWL.replace('#', '%23')}Class&format=csv")
        assert ["term", "http://example.org/C"] == answer.text.split()
        operation = running.get("/openapi.json").json()["paths"]["/queries/dropped"]["get"]
        assert "class" in [one["name"] for one in operation["parameters"]]
        assert f"&lt;{OWL}Class&gt;" in running.get("/sparql?name=dropped", HTML.media_type).text
        stored = (
            "SELECT ?text { GRAPH ?g { ?q a sh:SPARQLExecutable ; sh:select ?text ; "
            "<https://schema.org/keywords> 'dropped' } }"
        )
        found = running.get("/sparql", CSV.media_type, params={"query": stored}).text
        assert f"?term a <{OWL}Class>" in found
