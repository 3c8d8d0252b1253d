"""Real nginx and Apache serve an export, and say what the running server says."""

import os
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest

from kg.project import open_project
from tests.conftest import REPO, serving
from tests.export.comparing import (
    BROWSER,
    FOREIGN,
    HOST,
    PROGRAMS,
    Comparison,
    client,
    crawl,
    others,
)
from tests.export.conftest import NAMES, exported_to
from tests.export.serving import apache, forwarder, nginx

# weights, wildcards, aliases, refusals, and what cannot be read
HARD = (
    "text/turtle;q=0.3, application/ld+json;q=0.31",
    "application/*;q=0.8, application/rdf+xml;q=0.1, text/*;q=0.79",
    "*/*, text/turtle;q=0",
    "application/json",
    "text/plain;q=0.5, application/n-quads;q=0.4",
    "application/xhtml+xml, text/html;q=0.9",
    "text/html;level=1;q=0.4, application/trig;q=0.399",
    "text/turtle;q=2, application/n-triples",
    "nonsense",
    ",",
)
TONGUES = ("ar", "ar-SY, en;q=0.9", "en;q=0.1, fr;q=0.2, ar;q=0.15", "*;q=0.5, en;q=0", "de, *")


@pytest.fixture(scope="module", params=[nginx, pytest.param(apache, marks=pytest.mark.long)])
def served(request, exported, tmp_path_factory):
    with request.param(exported, tmp_path_factory.mktemp("web") / "run") as url:
        yield url


def test_everything_that_is_linked_to_is_answered_as_the_server_answers_it(odd_server, served):
    things = [f"/id/{quote(name, safe='/%')}" for name in NAMES]
    beginning = ["/", "/sitemap.xml", "/doc/many", "/moved", "/nothing", "/doc/CON", "/data.ttl"]
    with client(odd_server.url) as one, client(served) as other:
        comparison = Comparison(one, other)
        seen = crawl(
            comparison, [*beginning, *things, "/queries/things"], (BROWSER,), FOREIGN.search
        )
        assert comparison.differences == []
        assert len(seen) > 200
        assert comparison.asked > 500


def test_headers_are_weighed_as_the_server_weighs_them(odd_server, served):
    with client(odd_server.url) as one, client(served) as other:
        comparison = Comparison(one, other)
        for path in ("/doc/a", "/queries/things", "/"):
            for accept in HARD:
                comparison.compare(path, accept)
        for language in TONGUES:
            comparison.compare("/doc/a", "text/html", language)
        assert comparison.differences == []
        assert comparison.asked == 3 * len(HARD) + len(TONGUES)


@pytest.mark.parametrize("path", ["/sparql", "/search?q=a", "/queries/things?pageSize=1"])
def test_what_only_a_program_answers_says_so(served, path):
    answer = httpx.get(served + path, headers={"host": HOST, "accept": "text/html"})
    assert answer.status_code == 404
    assert "a copy in files" in answer.text
    assert httpx.get(served + path).json()["status"] == 404


def test_files_cannot_be_asked_for_by_their_names_and_nothing_is_written(served):
    assert httpx.get(f"{served}/.kg-export/doc/a.ttl").status_code == 404
    assert httpx.get(f"{served}/.kg-export/../nginx/maps.conf").status_code == 404
    assert httpx.post(f"{served}/doc/a").status_code == 405


def test_a_dump_comes_in_ranges(served):
    part = httpx.get(f"{served}/dump.nq", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, httpx.get(f"{served}/dump.nq").content[10:20])


@pytest.mark.long
@pytest.mark.parametrize(
    "path", ["doc/a.ttl", "doc/caf%C3%A9", "doc/q%3Fx=1", "resource?iri=http%3A%2F%2Fa.example%2F"]
)
def test_the_host_of_the_iris_passes_on_what_is_asked_as_it_was_written(exported, tmp_path, path):
    with forwarder(exported, tmp_path / "run") as url:
        led = httpx.get(f"{url}/id/{path}")
    assert (302, f"http://{HOST}/{path}") == (led.status_code, led.headers["location"])


@pytest.fixture(scope="module")
def claim_graph(tmp_path_factory):
    """An export of the claim graph: KG_EXPORT names one that was made before."""
    made = os.environ.get("KG_EXPORT")
    folder = Path(made) if made else tmp_path_factory.mktemp("claims") / "site"
    if not made:
        exported_to(folder, REPO)
    return folder


# each tenth document in every format and language; KG_EXPORT_ALL=1 takes all, for long
LEFT = PROGRAMS.search if os.environ.get("KG_EXPORT_ALL") else others


@pytest.mark.hand
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("program", [nginx, apache])
def test_the_claim_graph_is_answered_as_the_server_answers_it(program, claim_graph, tmp_path):
    with (
        serving(str(REPO)) as running,
        program(claim_graph, tmp_path / "run") as url,
        client(running.url) as one,
        client(url) as other,
    ):
        comparison = Comparison(one, other)
        seen = crawl(comparison, ["/", "/sitemap.xml"], (BROWSER,), LEFT)
        assert comparison.differences == []
        assert len(seen) > 1_000


@pytest.mark.hand
def test_the_host_of_the_iris_of_the_claim_graph_passes_all_of_them_on(claim_graph, tmp_path):
    lines = (claim_graph / "apache" / "plain.txt").read_text(encoding="utf-8").splitlines()
    paths = [path for path in (line.rpartition(" ")[0] for line in lines) if not LEFT(path)]
    base = urlsplit(open_project(REPO, environ={}).base).path.removesuffix("/")
    with forwarder(claim_graph, tmp_path / "run") as url, httpx.Client() as asked:
        answers = {path: asked.get(f"{url}{base}{path}") for path in paths}
    led = {path: (one.status_code, one.headers.get("location")) for path, one in answers.items()}
    assert {path: (302, f"http://{HOST}{path}") for path in paths} == led
    assert len(paths) > 1_000
