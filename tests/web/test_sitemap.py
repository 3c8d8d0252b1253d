"""robots.txt and the site map, over a real server."""

import re
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

from kg.dataset.addresses import document_path
from kg.dataset.snapshot import instances

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(server, path="/sitemap.xml") -> dict[str, str]:
    """The URLs of a site map with the day of each."""
    response = server.get(path)
    assert "application/xml" == response.headers["content-type"]
    root = ElementTree.fromstring(response.content)
    return {
        entry.findtext(f"{SPACE}loc").removeprefix(server.url): entry.findtext(
            f"{SPACE}lastmod", ""
        )
        for entry in root
    }


def test_the_site_map_lists_every_claim_with_its_day(server, snapshot):
    found = listed(server)
    claims = instances(snapshot, f"{snapshot.base}ontology#Claim")
    assert {document_path(snapshot, claim) for claim in claims} <= set(found)
    assert "/ontology" in found
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in found.values())


def test_every_document_of_the_site_map_answers(server):
    wrong = {path: server.get(path).status_code for path in listed(server)}
    assert {path: status for path, status in wrong.items() if status != 200} == {}


def test_robots_may_read_everything_but_ask_no_queries(server):
    robots = RobotFileParser()
    robots.parse(server.get("/robots.txt").text.splitlines())
    assert robots.can_fetch("any", f"{server.url}/doc/claim/c-0045")
    assert robots.can_fetch("any", f"{server.url}/sparql")
    assert not robots.can_fetch("any", f"{server.url}/sparql?query=ASK%7B%7D")
    assert [f"{server.url}/sitemap.xml"] == robots.site_maps()


def test_a_page_of_the_site_map_that_there_is_not_is_404(server):
    assert 200 == server.get("/sitemap.xml?page=1").status_code
    assert 404 == server.get("/sitemap.xml?page=2").status_code
    assert 404 == server.get("/sitemap.xml?page=x").status_code
