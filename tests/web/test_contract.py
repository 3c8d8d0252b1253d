"""The whole contract over every resource of the claim graph, against the running server.

Long: some thousands of documents in each of their formats.
"""

from xml.etree import ElementTree

import pytest

from kg.dataset.addresses import DOCUMENT_FORMATS
from kg.rdf.formats import HTML, RDF_XML
from tests.conftest import read_triples

LOC = ".//{http://www.sitemaps.org/schemas/sitemap/0.9}loc"

# packing is for other tests
PLAIN = {"accept-encoding": "identity"}

# what may differ between two answers that are the same
VOLATILE = {"date", "x-request-id"}


# what is about the whole data set, and has no RDF of its own
FOR_PEOPLE = {"/", "/about", "/checks", "/data", "/ontology/changes"}


@pytest.fixture(scope="module")
def documents(server) -> list[str]:
    """The paths of all documents, from the site map, which has pages for people besides."""
    root = ElementTree.fromstring(server.get("/sitemap.xml").content)
    paths = [loc.text.removeprefix(server.url) for loc in root.findall(LOC)]
    assert set(paths) >= FOR_PEOPLE
    return [path for path in paths if path not in FOR_PEOPLE]


def lasting(response) -> dict[str, str]:
    return {k: v for k, v in response.headers.items() if k not in VOLATILE}


def check_format(server, path: str, format_) -> str:
    """Check GET, HEAD and a conditional request in one format; return the entity tag."""
    asked = server.get(path, format_.media_type, headers=PLAIN)
    if format_ is RDF_XML and asked.status_code == 406:
        return ""
    assert 200 == asked.status_code
    assert format_.media_type == asked.headers["content-type"].partition(";")[0]
    is_page = format_ is HTML
    assert "Accept, Accept-Encoding" == asked.headers["vary"].replace(" Accept-Language,", "")
    assert is_page == ("Accept-Language" in asked.headers["vary"])
    assert "*" == asked.headers["access-control-allow-origin"]
    named = server.get(asked.headers["content-location"], headers=PLAIN)
    assert asked.content == named.content
    head = server.request("HEAD", path, format_.media_type, headers=PLAIN)
    assert (200, b"") == (head.status_code, head.content)
    assert lasting(asked) == lasting(head)
    held = {**PLAIN, "if-none-match": asked.headers["etag"]}
    again = server.get(path, format_.media_type, headers=held)
    assert (304, b"") == (again.status_code, again.content)
    assert asked.headers["etag"] == again.headers["etag"]
    return asked.headers["etag"]


@pytest.mark.long
def test_every_document_keeps_the_contract_in_every_format(server, documents):
    assert len(documents) > 1000
    for path in documents:
        tags = {check_format(server, path, format_) for format_ in DOCUMENT_FORMATS}
        assert len(DOCUMENT_FORMATS) == len(tags), path


@pytest.mark.long
def test_every_document_has_the_same_triples_in_every_format(server, documents):
    compared = 0
    for path in documents[::7]:
        turtle, *others = (
            read_triples(server, server.get(path, f.media_type).content, f)
            for f in DOCUMENT_FORMATS[:-1]
        )
        assert len(turtle) > 1, path
        assert all(other == turtle for other in others), path
        compared += 1
    assert compared > 150


def test_a_long_description_is_whole_over_its_pages_in_every_format(wide):
    for format_ in DOCUMENT_FORMATS[:-1]:
        path, seen, pages = f"/doc/hub.{format_.extension}", set(), 0
        while path:
            response = wide.get(path)
            assert 200 == response.status_code
            found = read_triples(wide, response.content, format_)
            hub = "<http://example.org/hub>"
            seen |= {str(quad.triple) for quad in found if hub in str(quad.triple)}
            pages += 1
            path = response.links.get("next", {}).get("url")
            # six formats of eighty pages would say no more than three pages of each
            if pages == 3 and format_.extension != "nt":
                break
        if format_.extension == "nt":
            about = [t for t in seen if t.startswith("<http://example.org/hub>")]
            pointing = [
                t for t in seen if t.endswith("<http://example.org/to> <http://example.org/hub>")
            ]
            assert (20_000, 20_000) == (len(about), len(pointing))
            assert 81 == pages


def test_every_page_says_how_many_there_are_and_leads_on(wide):
    last = wide.get("/doc/hub").links["last"]["url"]
    assert "/doc/hub?page=81" == last
    page = wide.get(last)
    assert "/doc/hub?page=80" == page.links["prev"]["url"]
    assert "next" not in page.links
    html = wide.get("/doc/hub.html?page=2").text
    assert "Page 2 of 81" in html
    assert "/doc/hub?page=3" in html
    assert 404 == wide.get("/doc/hub?page=82").status_code
    assert 404 == wide.get("/doc/hub?page=x").status_code
    assert 404 == wide.get("/doc/hub?page=0").status_code
    assert 404 == wide.get("/doc/hub?page=-1").status_code


def test_ten_thousand_unknown_iris_are_each_404_and_leave_nothing_behind(server):
    for number in range(10_000):
        assert 404 == server.request("HEAD", f"/id/unknown/{number}").status_code
    assert 200 == server.get("/doc/claim/c-0045").status_code


@pytest.mark.parametrize(
    "path",
    ["/doc/../../etc/passwd", "/static/../../../etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd",
     "/static/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/doc/%00", "/%ff%fe",
     "/doc/claim/c-0045%00.ttl", "/doc/claim/c-0045.ttl%20", "/doc//claim/c-0045", "/%c0%af",
     "//evil.example/",
     "/id/claim/c-0045/", "/doc/claim/c-0045.TTL", "/%", "/%zz", "/static/kg.css/x", "/static/",
     "/resource?iri=", "/resource", "/resource?iri=%FF", "/resource?iri=x%00y", "/.git/config",
     "/" + "a/" * 5000, "/resource?iri=" + "x" * 20_000],
)  # fmt: skip
def test_tricks_with_paths_are_refused_quickly_and_nothing_is_leaked(server, path):
    for accept in ("text/html", "application/json"):
        response = server.get(path, accept)
        assert 400 <= response.status_code < 500, path
        assert "Traceback" not in response.text
        assert "root:" not in response.text
        expected = "text/html" if accept == "text/html" else "application/problem+json"
        assert response.headers["content-type"].startswith(expected)


@pytest.mark.parametrize(
    ("accept", "status"),
    [("text/turtle;q=0", 406), ("nonsense", 406), ("/", 406), ("text/turtle, nonsense", 200),
     ("\x01", 406), ("é", 406), (";;;", 406), (",,,", 200), ("text/turtle;q=abc", 406),
     ("a/b;" * 5000, 406), ("text/turtle;charset=utf-8;q=0.5", 200),
     ('text/turtle;x="a,b;c"', 200)],
)  # fmt: skip
def test_odd_accept_headers_are_answered_or_refused(server, accept, status):
    headers = {"accept": accept.encode("utf-8")}
    response = server.client.get(f"{server.url}/doc/claim/c-0045", headers=headers)
    # a control character is no header at all
    assert response.status_code in ((400, status) if accept == "\x01" else (status,))
