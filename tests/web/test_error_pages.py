"""Errors for people: each page says what happened and why, and leads on."""

import re
import selectors
import socket
import subprocess
import sys
from urllib.parse import quote, urlsplit

import pytest

from tests.conftest import PREFIXES, serving
from tests.views.conftest import Page

HTML = "text/html"
SETTINGS = (
    'base = "http://example.org/"\n[folders]\ndata = "data"\n[limits]\nbody_bytes = 2000\n'
    '[checks]\nunused-prefix = "few"\n'
)
# XML has no name for a property that ends in a digit, nor for a control character
DATA = """
ex:raqqa rdfs:label "Raqqa"@en , "الرقة"@ar ; <http://example.org/p/1> 1 .
ex:old rdfs:label "old" . ex:new rdfs:label "The new one"@en .
"""
GONE = """
@prefix prov: <http://www.w3.org/ns/prov#> .
ex:old prov:invalidatedAtTime "2100-01-01T00:00:00Z"^^xsd:dateTime ;
  <http://purl.org/dc/terms/isReplacedBy> ex:new ; skos:changeNote "It was split."@en , "قُسم."@ar .
"""
LONG = "SELECT (COUNT(*) AS ?n) {" + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(15)) + "}"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A project with a published version, and a state in which one thing was withdrawn."""
    folder = tmp_path_factory.mktemp("errors")
    (folder / "data").mkdir()
    (folder / "kg.toml").write_text(SETTINGS)
    (folder / "data" / "a.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "publish", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    (folder / "data" / "b.ttl").write_text(PREFIXES + GONE, encoding="utf-8")
    env = {"KG_STORE_WORKERS": "1", "KG_LIMITS_QUERY_SECONDS": "6"}
    with serving(str(folder), env=env) as server:
        yield server


def page_of(response, status: int) -> Page:
    assert (status, HTML) == (response.status_code, response.headers["content-type"].split(";")[0])
    page = Page(response.content)
    assert {"h1", "main"} <= set(page.elements)
    return page


def test_404_shows_what_is_spelled_similarly_and_a_search_for_the_words(place):
    response = place.get("/Raqa-.html", HTML)
    page = page_of(response, 404)
    assert "/doc/raqqa" in page.hrefs
    assert "Spelled similarly" in response.text
    assert re.search(r'name="q" value="Raqa"', response.text)
    assert 1 == response.text.count('role="search"')
    assert "no-store" == response.headers["cache-control"]


def test_404_of_a_misspelt_query_leads_to_the_stored_one(server):
    page = page_of(server.get("/queries/all-tension", HTML), 404)
    assert "/doc/queries/4-argument/all-tensions" in page.hrefs


def test_404_of_nothing_like_it_promises_nothing(place):
    response = place.get("/zzzzzzzzz", HTML)
    page_of(response, 404)
    assert "Spelled similarly" not in response.text
    assert 'value="zzzzzzzzz"' in response.text


def test_404_in_arabic_has_arabic_labels(place):
    response = place.get("/raqa?lang=ar", HTML)
    page_of(response, 404)
    assert "الرقة" in response.text
    assert 'dir="rtl"' in response.text


def test_406_lists_the_formats_that_there_are_as_links(place):
    response = place.get("/doc/raqqa.rdf", HTML)
    page = page_of(response, 406)
    formats = {"/doc/raqqa.ttl", "/doc/raqqa.jsonld", "/doc/raqqa.nt", "/doc/raqqa.html"}
    assert formats <= set(page.hrefs)
    assert 'href="/doc/raqqa.rdf"' not in response.text.partition("<main")[2]
    for link in formats:
        assert 200 == place.get(link, HTML).status_code


def test_406_of_an_answer_leads_to_the_same_answer_in_other_formats(place):
    query = quote("SELECT ('\\u0001' AS ?x) {}", safe="")
    response = place.get(f"/sparql?query={query}&format=xml", HTML)
    page = page_of(response, 406)
    others = [
        link for link in page.hrefs if link.startswith("/sparql?query=") and "lang=" not in link
    ]
    assert 3 == len(others)
    for link in others:
        assert 200 == place.get(link, HTML).status_code


def test_406_names_what_can_be_asked_for_where_no_url_stands_for_it(place):
    response = place.get("/graph-store?default", HTML)
    page_of(response, 406)
    assert "text/turtle" in response.text


def test_410_says_why_what_replaced_it_and_what_it_was(place):
    response = place.get("/doc/old", HTML)
    page = page_of(response, 410)
    assert "It was split." in response.text
    assert "/doc/new" in page.hrefs
    assert "/version/1/doc/old" in page.hrefs
    assert 200 == place.get("/version/1/doc/old", HTML).status_code
    assert "قُسم." in place.get("/doc/old?lang=ar", HTML).text


def test_413_says_what_to_do_with_what_is_too_large(place):
    body = {"query": "ASK {} #" + "x" * 3000}
    response = place.request("POST", "/sparql", HTML, data=body)
    page_of(response, 413)
    assert "2,000 bytes" in response.text
    assert "kg validate" in response.text


def test_405_says_that_nothing_can_be_changed(place):
    response = place.request("DELETE", "/graph-store?default", HTML)
    page_of(response, 405)
    assert "nothing can be changed here" in response.text


def test_503_of_a_slow_query_says_how_to_ask_for_less(place):
    url = f"/sparql?query={quote(LONG)}&format=csv&timeout=1"
    response = place.get(url, HTML)
    page = page_of(response, 503)
    assert "LIMIT 100" in response.text
    assert "/data#kg-dumps" in page.hrefs
    assert f"Ask again in {response.headers['retry-after']} seconds." in response.text


def asking(server, address: str) -> socket.socket:
    """A connection from an address, on which a query was asked that takes long."""
    host, port = urlsplit(server.url).netloc.split(":")
    connection = socket.create_connection((host, int(port)), 30, (address, 0))
    path = f"/sparql?query={quote(LONG)}&format=csv"
    head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: {HTML}\r\nConnection: close\r\n\r\n"
    connection.sendall(head.encode())
    return connection


def whole(connection: socket.socket) -> str:
    parts = []
    with connection:
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts).decode()


def first(connections: list[socket.socket]) -> str:
    """What is answered on the connection that is answered first; it is taken out."""
    with selectors.DefaultSelector() as selector:
        for one in connections:
            selector.register(one, selectors.EVENT_READ)
        ((key, _), *_) = selector.select(15)
    answered = key.fileobj
    connections.remove(answered)
    return whole(answered)


def test_503_of_a_full_server_and_429_of_whoever_filled_it_say_why(place):
    """One address asks until there is no room; then another does, and the first makes some."""
    waiting = [asking(place, "127.0.0.1") for _ in range(40)]
    try:
        full = first(waiting)
        assert full.startswith("HTTP/1.1 503")
        assert "too much to do" in full
        assert "Ask again in 5 seconds." in full
        waiting.append(asking(place, "127.0.0.2"))
        answer = first(waiting)
        while answer.startswith("HTTP/1.1 503"):
            answer = first(waiting)
        assert answer.startswith("HTTP/1.1 429")
        assert "Send one request at a time" in answer
    finally:
        for one in waiting:
            one.close()


@pytest.mark.parametrize("path", ["/Raqa", "/doc/raqqa.rdf", "/doc/old"])
def test_programs_get_problem_details_as_ever(place, path):
    response = place.get(path, "application/problem+json")
    problem = response.json()
    assert response.status_code == problem["status"]
    assert {"title", "detail", "instance"} <= set(problem)
