"""Folders that nobody made for this program: whatever is in them can be reached, in every format.

Addresses are taken from pages and Link headers, as a client finds them, and never made here.
"""

import http.client
import re
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pytest
from pyoxigraph import RdfFormat

from kg.rdf.formats import FORMATS, RDF_XML
from tests.conftest import read_triples, triples_of
from tests.web.conftest import ODD_BASE, odd_iris

EX = "http://example.org/"
ODD = odd_iris()

# what stands between the characters of an IRI and those of its URI
# Source: https://www.rfc-editor.org/rfc/rfc3987#section-3.1
URI = ":/?#[]@!$&'()*+,;=%-._~"

# where the server answers for itself, whatever the data say
TAKEN = re.compile(
    r"(sparql|doc|static|resource|validate|\.well-known|robots\.txt|favicon\.ico|sitemap\.xml|openapi\.json)?"
    r"(/.*|#.*|\?.*)?"
)

LINK = re.compile(r'<([^>]*)>; *rel="?([^";,]+)"?(?:; *type="([^"]+)")?')


def parameters(iris):
    """Parameters with names of a bearable length."""
    return [pytest.param(iri, id=iri[:50]) for iri in iris]


def has_address(iri: str) -> bool:
    """Whether a request for the IRI as it is can mean this IRI and nothing else."""
    uri = quote(iri, safe=URI)
    # of two IRIs with one URI, the one that is written like it is meant
    another = uri != iri and uri in ODD
    # a server is not told of a question mark with nothing behind it
    return not (TAKEN.fullmatch(iri.removeprefix(ODD_BASE)) or another or iri.endswith("?"))


ADDRESSED = [iri for iri in ODD if iri.startswith(ODD_BASE) and has_address(iri)]


def links(response, relation: str) -> list[tuple[str, str]]:
    """The targets and media types of a response's links of that relation."""
    found = LINK.findall(response.headers.get("link", ""))
    return [(target, type_) for target, rel, type_ in found if relation in rel.split()]


class Anchors(HTMLParser):
    """The targets of a page's links, by the IRI that each is for."""

    def __init__(self) -> None:
        super().__init__()
        self.targets = {}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and "title" in given:
            self.targets[given["title"]] = given["href"]


def links_of_page(server, path: str) -> dict[str, str]:
    """Where a page leads, by IRI."""
    page = server.get(path, "text/html", follow_redirects=True)
    assert 200 == page.status_code
    anchors = Anchors()
    anchors.feed(page.text)
    return anchors.targets


def check_document(server, path: str, iri: str) -> None:
    """Check that a document describes the IRI, with the same triples in every format it names."""
    turtle = server.get(path, "text/turtle")
    assert 200 == turtle.status_code
    triples = triples_of(turtle.content, RdfFormat.TURTLE)
    assert any(triple.subject.value == iri for triple in triples)
    # a document with hash IRIs is named once, for all that are in it
    described = {target for target, _ in links(turtle, "describes")}
    assert described & {quote(one, safe=URI) for one in (iri, iri.partition("#")[0])}
    page, *_ = (target for target, type_ in links(turtle, "alternate") if type_ == "text/html")
    assert 200 == server.get(page).status_code
    addresses = {type_: target for target, type_ in links(turtle, "alternate")}
    addresses["text/turtle"] = turtle.headers["content-location"]
    for format_ in FORMATS:
        check_format(server, path, addresses[format_.media_type], format_, triples)


def check_format(server, path: str, address: str, format_, triples) -> None:
    """Check one format by GET, HEAD and If-None-Match, at its address and by negotiation."""
    asked = server.get(path, format_.media_type)
    there = server.get(address)
    if format_ is RDF_XML and asked.status_code == 406:
        assert 406 == there.status_code == server.request("HEAD", address).status_code
        assert any(not re.search(r"[^\W\d][\w.-]*$", t.predicate.value) for t in triples)
        return
    assert 200 == asked.status_code == there.status_code
    assert format_.media_type == there.headers["content-type"].partition(";")[0]
    assert asked.content == there.content
    assert triples == read_triples(server, there.content, format_), format_.name
    head = server.request("HEAD", path, format_.media_type)
    assert (200, b"") == (head.status_code, head.content)
    assert asked.headers["etag"] == head.headers["etag"]
    held = {"if-none-match": head.headers["etag"]}
    for again in (
        server.get(path, format_.media_type, headers=held),
        server.request("HEAD", address, headers=held),
    ):
        assert (304, b"") == (again.status_code, again.content)


@pytest.fixture(scope="session")
def index(odd):
    """Where the page of the odd folder's index leads, by IRI."""
    return links_of_page(odd, "/index")


def test_a_page_links_to_every_odd_iri(index):
    assert [] == [iri for iri in ODD if iri not in index]


@pytest.mark.long
@pytest.mark.parametrize("iri", parameters(ODD))
def test_links_on_pages_lead_to_the_same_triples_in_every_format(odd, index, iri):
    check_document(odd, index[iri].partition("#")[0], iri)


def raw_get(server, path: str) -> tuple[int, str, bytes]:
    """Request a path as it is, which no library but this one does: (status, Location, body)."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.request("GET", path, headers={"accept": "application/n-triples"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.getheader("location", ""), body


@pytest.mark.parametrize("iri", parameters(ADDRESSED))
def test_an_odd_iri_that_is_asked_for_as_it_is_leads_to_what_describes_it(odd, iri):
    path = "/" + quote(iri, safe=URI).removeprefix(ODD_BASE).partition("#")[0]
    status, location, body = raw_get(odd, path)
    if status == 303:
        status, _, body = raw_get(odd, location.partition("#")[0])
    assert 200 == status
    found = triples_of(body, RdfFormat.N_TRIPLES)
    assert any(triple.subject.value == iri for triple in found)


@pytest.mark.parametrize(
    "name",
    ["nested", "listed", "long", "empty", "round", "self", "endless", "left", "right", "ring"],
)
def test_blank_nodes_come_whole_in_every_format(deep, name):
    response = deep.get(f"/{name}")
    assert 303 == response.status_code
    check_document(deep, response.headers["location"], f"{EX}{name}")


@pytest.mark.parametrize(
    ("name", "triples"), [("nested", 201), ("listed", 401), ("left", 4), ("ring", 6)]
)
def test_a_description_ends_where_the_blank_nodes_end(deep, name, triples):
    lines = deep.get(f"/doc/{name}.nt").text.splitlines()
    # beside what the document says of itself
    assert triples == len([line for line in lines if not line.startswith(f"<{EX}doc/")])


def test_what_a_blank_node_points_at_is_told_that_it_does(deep):
    assert f"<{EX}to> <{EX}far>" in deep.get("/doc/far.nt").text


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_a_thing_with_thousands_of_values_and_links_is_answered(wide, accept):
    response = wide.get("/hub", accept, follow_redirects=True)
    assert 200 == response.status_code
    assert accept == response.headers["content-type"].partition(";")[0]
