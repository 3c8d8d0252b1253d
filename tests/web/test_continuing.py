"""Links to other pages name the version that is served, and no server mixes two."""

import html
import re
from urllib.parse import unquote

import pytest

from tests.conftest import serving
from tests.deploy.published import release

LIST = "/list?class=http://example.org/Row"
NEXT = re.compile(r'<a href="([^"]*)"[^>]*>Next</a>', re.IGNORECASE)

FIRST = {"/queries/values": "text/csv", "/doc/hub": "text/turtle"}


@pytest.fixture(scope="module")
def next_pages(tmp_path_factory):
    """The second pages as a server of version 1 links them, and a server of version 2."""
    folder = tmp_path_factory.mktemp("continuing")
    release(folder, 1)
    with serving(str(folder), "--published") as server:
        pages = [server.get(path, accept).links for path, accept in FIRST.items()]
        people = [server.get(path, "text/html").text for path in (LIST, *FIRST)]
    release(folder, 2)
    with serving(str(folder), "--published") as server:
        yield [links["next"]["url"] for links in pages], server, [nexts(one) for one in people]


def nexts(page: str) -> str:
    """Return where the link to the next page leads."""
    return html.unescape(NEXT.search(page)[1])


def test_links_to_other_pages_name_the_version_and_no_other_link_does(next_pages):
    (query, document), *_ = next_pages
    assert re.fullmatch(r"/queries/values\?page=2&snapshot=[0-9a-f]{12}", query)
    assert re.fullmatch(r"/doc/hub\?page=2&snapshot=[0-9a-f]{12}", document)


def test_a_page_of_this_version_is_what_it_is_without_the_name(next_pages):
    _, server, _ = next_pages
    link = server.get("/queries/values", "text/csv").links["next"]["url"]
    plain = link.partition("&snapshot")[0]
    assert server.get(link, "text/csv").content == server.get(plain, "text/csv").content
    links = server.get("/doc/hub", "text/turtle").links
    assert "snapshot" not in links["canonical"]["url"]
    assert "snapshot=" in links["last"]["url"]


def test_a_page_of_a_document_of_an_older_version_is_led_to_it(next_pages):
    (_, document), server, _ = next_pages
    led = server.get(document, "text/turtle")
    assert 307 == led.status_code
    assert "/version/1/doc/hub?page=2" == led.headers["location"]
    page = server.get(led.headers["location"], "text/turtle")
    assert '"v1 ' in page.text
    assert '"v2 ' not in page.text
    assert page.links["next"]["url"].startswith("/version/1/doc/hub?page=3")
    assert "snapshot" not in page.links["next"]["url"]


def test_a_page_of_a_query_of_another_version_is_for_another_server(next_pages):
    (query, _), server, _ = next_pages
    for url in (query, query[:-12] + "0123456789ab"):
        response = server.get(url, "text/csv")
        assert 503 == response.status_code
        assert "1" == response.headers["retry-after"]
        assert "no-store" == response.headers["cache-control"]
        assert "This server has version 2" in response.json()["detail"]


def test_links_on_pages_name_the_version_too(next_pages):
    *_, people = next_pages
    assert 3 == len(people)
    for link in people:
        assert re.search(r"[?&]page=2&snapshot=[0-9a-f]{12}$", link)


def test_people_are_led_to_the_older_version_or_to_where_the_list_begins(next_pages):
    _, server, (listing, query, document) = next_pages
    for link, begins in ((listing, LIST), (query, "/queries/values")):
        led = server.get(link, "text/html")
        assert (307, begins) == (led.status_code, unquote(led.headers["location"]))
        assert "no-store" == led.headers["cache-control"]
    kept = server.get(document, "text/html", follow_redirects=True)
    assert (200, True) == (kept.status_code, "/version/1/doc/hub" in str(kept.url))
    assert "v1 " in kept.text


@pytest.mark.parametrize("path", ["//evil.example/x", "/////evil.example/x", "/\\evil.example/x"])
def test_nobody_is_led_to_another_site(next_pages, path):
    _, server, _ = next_pages
    led = server.get(f"{path}?page=2&snapshot=0123456789ab&a=b", "text/html")
    assert (307, "/evil.example/x?a=b") == (led.status_code, led.headers["location"])


def test_a_page_for_people_of_this_version_is_the_second_in_any_language(next_pages):
    _, server, _ = next_pages
    link = nexts(server.get(LIST, "text/html").text)
    for url in (link, f"{link}&lang=fr"):
        page = server.get(url, "text/html")
        assert 200 == page.status_code
        assert "row of v2" in page.text


def test_what_only_looks_like_a_name_of_a_version_is_none(next_pages):
    _, server, _ = next_pages
    assert 200 == server.get("/doc/hub?page=2&snapshot=x", "text/turtle").status_code
    assert 400 == server.get("/queries/values?snapshot=0123456789ab", "text/csv").status_code


def test_a_server_of_a_working_folder_has_plain_links(server):
    links = server.get("/queries/1-first-steps/kinds-of-actor?pageSize=1", "text/csv").links
    assert "next" in links
    assert all("snapshot" not in link["url"] for link in links.values())
