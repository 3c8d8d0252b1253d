"""The pages about the data set: what it is, how to have it, its terms and its checks."""

import gzip
import re
import shlex
import subprocess
from html import unescape

import pytest

from tests.conftest import REPO, serving

PAGES = ["/about", "/checks", "/data", "/ontology", "/ontology/changes"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_people_in_their_language_and_programs_with_406(server, path):
    page = server.get(path, "text/html")
    assert 200 == page.status_code
    assert page.headers["etag"]
    assert 'rel="license"' in page.headers["link"]
    assert 'lang="ar" dir="rtl"' in server.get(f"{path}?lang=ar", "text/html").text
    if path != "/ontology":
        assert 406 == server.get(path, "text/turtle").status_code


@pytest.mark.parametrize("path", PAGES)
def test_a_page_about_the_data_set_is_within_the_budget_of_pages(server, path):
    files = [server.get(f"/static/{name}").content for name in ("kg.css", "kg.js")]
    page = server.get(path, "text/html").content
    assert sum(len(gzip.compress(body)) for body in (page, *files)) <= 40_000


def test_the_ontology_is_a_page_for_people_and_rdf_for_programs_at_one_url(server):
    page = server.get("/ontology", "text/html")
    assert "The making of one proposition" in page.text
    assert re.search(r'id="Claim".*?used 131 times', page.text, re.DOTALL)
    assert "describes" in page.headers["link"]
    assert server.get("/ontology", "text/turtle").headers["content-type"].startswith("text/turtle")


def test_the_checks_of_the_claim_graph_name_resource_rule_and_line(server):
    page = server.get("/checks", "text/html").text
    assert "The data keeps its rules" in page
    assert re.search(r'href="/doc/proposition/p-\d+".*?data/ttl/claims/\d+\.ttl:\d+', page)
    assert 'href="/shapes#PersonAccusation"' in page


def test_every_command_of_the_data_page_works_as_it_stands(server, tmp_path):
    page = server.get("/data", "text/html").text
    commands = [unescape(one) for one in re.findall(r"<code>(curl [^<]*)</code>", page)]
    assert len(commands) >= 6
    (tmp_path / "my.ttl").write_text("<http://example.org/a> <http://example.org/b> 1 .")
    for command in commands:
        done = subprocess.run(
            ["sh", "-c", f"set -e; {command}"], cwd=tmp_path, capture_output=True, check=True
        )
        said = done.stdout.decode()
        assert said, command
        assert "problem" not in said[:200].lower(), command
        if "sha256sum" in command:
            assert shlex.split(said)[0] == command.rpartition("# ")[2].strip()


def test_dumps_are_listed_with_the_digests_that_they_have(server):
    page = server.get("/data", "text/html").text
    rows = dict(re.findall(r'<a href="/(dump\.[\w.]+)">.*?class="digest">(\w+)<', page, re.DOTALL))
    assert 12 == len(rows)
    for name, digest in rows.items():
        tag = server.request("HEAD", f"/{name}").headers["etag"].strip('"')
        assert digest.startswith(tag), name


def test_what_releases_are_made_of_can_be_had_from_the_data_page(server):
    page = server.get("/data", "text/html").text
    found = re.findall(r'<a href="(/queries/release/[^"]*)" type="([^"]*)">', page)
    names = {path.stem for path in (REPO / "queries" / "release").glob("*.rq")}
    assert names == {re.split("[/?]", path)[3] for path, _ in found}
    for path, media_type in found:
        answer = server.get(unescape(path))
        assert 200 == answer.status_code
        assert answer.headers["content-type"].startswith(media_type)


def test_crawlers_are_told_of_the_pages(server):
    listed = re.findall(r"<loc>([^<]*)</loc>", server.get("/sitemap.xml").text)
    assert {f"{server.url}{path}" for path in ("/", *PAGES)} <= set(listed)


def test_about_says_what_people_say_of_the_data_set_and_no_numbers_of_the_computer(server):
    page = server.get("/about", "text/html").text
    assert "not facts" in page
    assert "First close reading of the article" in page
    assert "void:classPartition" not in page
    assert 200 == server.get("/static/THIRD_PARTY.txt").status_code


def test_a_folder_with_such_iris_of_its_own_keeps_them(tmp_path):
    (tmp_path / "d.ttl").write_text(
        '<http://127.0.0.1/about> <http://www.w3.org/2000/01/rdf-schema#label> "ours" .'
    )
    with serving(str(tmp_path), "--base", "http://127.0.0.1/") as server:
        assert 303 == server.get("/about", "text/html").status_code
        assert 200 == server.get("/checks", "text/html").status_code
        assert "terms that it uses" in server.get("/ontology", "text/html").text


def test_about_says_what_maps_are_drawn_on_and_what_is_left_out_of_it(server):
    about = server.get("/about?lang=en", "text/html").text
    for said in (
        "Natural Earth",
        "1:50 million",
        "public domain",
        "hundredth of a degree",
        "Mercator",
    ):
        assert said in about
    assert "مركاتور" in server.get("/about?lang=ar", "text/html").text


def test_numbers_of_a_panel_of_ranges_are_written_as_readers_do(server):
    page = server.get("/doc/claim/c-0045.html?lang=fr", "text/html").text
    cell = re.search(r'<td class="number" data-name="valeur" data-v="8289">(.*?)</td>', page)
    assert cell[1] == "8\u202f289"
