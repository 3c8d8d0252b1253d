from urllib.parse import unquote

import pytest

from kg.dataset.addresses import (
    DOCUMENT_FORMATS,
    Location,
    document_path,
    format_path,
    local_path,
    locate,
)
from kg.rdf.formats import HTML, TURTLE

EX = "http://example.org/"
BESIDE = "ex:other ex:p 1 ."

# IRIs described together in one snapshot, relative to the base
TABLES = [
    ["a"],
    ["id/a"],
    ["a", "id/a"],
    ["a", "id/a", "id/id/a"],
    ["id/a", "id/id/a"],
    ["id", "id/id"],
    ["id/claim/c-1", "claim/c-2", "ontology/x"],
    ["o#A", "o#B"],
    ["o", "o#A"],
    ["o#A", "id/o"],
    ["id/o#A", "o"],
    ["id/o", "id/o#A"],
    ["a#"],
    ["a.ttl"],
    ["a", "a.ttl", "a.ttl.ttl"],
    ["id/a", "id/a.ttl", "a.html"],
    ["v1.0", "id/v1.0"],
    ["a.", ".a", "..a", "a..b", "..."],
    ["a%20b", "a%2Fb", "a/b", "id/a%20b", "a%25"],
    ["été", "id/東京", "id/\N{GRINNING FACE}", "a%C3%A9", "aé"],
    ["o#été", "é#é"],
    ["doc", "doc/a", "a", "id/doc/a", "id/doc"],
    ["sparql", "resource", "static/kg.css", "id/sparql", "sparql/a", "sparqlx"],
    ["context", "context#a", "context.jsonld", "context/a", "id/context", "contexts#a"],
    ["", "#a"],
    ["a/", "a//b", "/a", "a/./b", "a/../b", "..", ".", "a/..", "id/../b"],
    ["a?b=c", "?a", "a?b#c", "id/a?iri=x&format=ttl"],
    ["a;b", "a,b", "a+b", "a&b", "a=b", "a@b", "a:b", "a'b", "a(b)", "a!b", "a*b", "a$b", "a~b"],
    ["http://x.example/", "http://x.example", "urn:x:y", "http://example.org", "http://example.orgx/a"],
    ["https://example.org/a", "http://example.org.evil/", "mailto:a@b.example"],
    ["robots.txt", "favicon.ico", ".well-known/void"],
]  # fmt: skip


@pytest.fixture
def snapshot_with(snapshot_of):
    """A function that builds a snapshot that describes these IRIs, relative to the base."""

    def make(names, base: str = EX):
        triples = "".join(f'<{absolute(name, base)}> <urn:p> "1" .\n' for name in names)
        toml = f'base = "{base}"'
        return snapshot_of({"kg.toml": toml, "data/ttl/f.ttl": BESIDE, "data/ttl/g.nt": triples})

    return make


def absolute(name: str, base: str = EX) -> str:
    return name if name.startswith(("http", "urn:", "mailto:")) else base + name


def answered(snapshot, path: str):
    """Where a client gets that follows the path: fragments stay with it."""
    path = path.partition("#")[0]
    if path.startswith("/resource?iri="):
        return Location(unquote(path.removeprefix("/resource?iri=")), document=True)
    return locate(snapshot, path.removeprefix("/"))


@pytest.mark.parametrize("names", TABLES, ids=" ".join)
def test_the_document_of_an_iri_is_found_at_its_path(snapshot_with, names):
    snapshot = snapshot_with(names)
    for iri in map(absolute, names):
        path = document_path(snapshot, iri)
        found = answered(snapshot, path)
        document = iri.partition("#")[0]
        outside = path.startswith("/resource") and document not in snapshot.documents
        expected = iri if outside else document
        assert Location(expected, document=True) == found, path


@pytest.mark.parametrize("names", TABLES, ids=" ".join)
def test_no_two_iris_share_a_path(snapshot_with, names):
    snapshot = snapshot_with(names)
    paths = [document_path(snapshot, absolute(name)) for name in names if not name.endswith("#")]
    assert sorted(set(paths)) == sorted(paths)


@pytest.mark.parametrize("names", TABLES, ids=" ".join)
def test_every_path_is_ascii_and_absolute(snapshot_with, names):
    snapshot = snapshot_with(names)
    for iri in map(absolute, names):
        for path in (document_path(snapshot, iri), local_path(snapshot, iri)):
            assert path.isascii(), path
            assert path.startswith("/"), path
            assert not path.startswith("//"), path


@pytest.mark.parametrize("names", TABLES, ids=" ".join)
def test_the_path_of_a_thing_is_not_a_document(snapshot_with, names):
    snapshot = snapshot_with(names)
    for iri in map(absolute, names):
        path = local_path(snapshot, iri)
        is_document = iri.partition("#")[0] in snapshot.documents or path.startswith("/resource?")
        assert is_document is answered(snapshot, path).document, path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("id/claim/c-1", "/doc/claim/c-1"),
        ("claim/c-1", "/doc/claim/c-1"),
        ("ontology", "/doc/ontology"),
        ("ontology#Claim", "/ontology#Claim"),
        ("id/a%20b", "/resource?iri=http%3A%2F%2Fexample.org%2Fid%2Fa%2520b"),
        ("id/été", "/doc/%C3%A9t%C3%A9"),
        ("urn:x:y", "/resource?iri=urn%3Ax%3Ay"),
    ],
)
def test_an_iri_has_a_readable_path(snapshot_with, name, expected):
    assert expected == document_path(snapshot_with([name]), absolute(name))


@pytest.mark.parametrize("format_", DOCUMENT_FORMATS, ids=lambda f: f.name)
@pytest.mark.parametrize("name", ["id/a", "a", "v1.0", "o#A", "été", "graph/f"])
def test_a_suffix_asks_for_a_format(snapshot_with, name, format_):
    snapshot = snapshot_with([name])
    path = format_path(snapshot, absolute(name), format_)
    expected = Location(absolute(name).partition("#")[0], document=True, format=format_)
    assert expected == locate(snapshot, path.removeprefix("/"))


def test_a_document_without_a_path_asks_by_parameter(snapshot_with):
    snapshot = snapshot_with(["a"])
    assert "/resource?iri=urn%3Ax&format=ttl" == format_path(snapshot, "urn:x", TURTLE)


def test_the_fragment_stays_out_of_the_path_of_a_format(snapshot_with):
    assert "/o.html" == format_path(snapshot_with(["o#A"]), absolute("o#A"), HTML)


def test_a_suffix_that_would_name_another_iri_is_a_parameter(snapshot_with):
    snapshot = snapshot_with(["a", "a.ttl"])
    path = format_path(snapshot, absolute("a"), TURTLE)
    assert "/resource?iri=http%3A%2F%2Fexample.org%2Fa&format=ttl" == path
    assert "/doc/a.html" == format_path(snapshot, absolute("a"), HTML)


@pytest.mark.parametrize(
    "path",
    ["", "nothing", "doc", "doc/", "doc/nothing", "id/a.ttl", "doc/a.exe", "doc/a.",
     "doc/a.ttl.ttl", "doc/doc/a", "o.exe", "%", "%ff", "doc/%2e%2e/a", "resource"],
)  # fmt: skip
def test_a_path_that_stands_for_nothing_is_nowhere(snapshot_with, path):
    assert locate(snapshot_with(["id/a", "o#A"]), path) is None


@pytest.mark.parametrize("path", ["id/a", "%69d/a", "id%2Fa"])
def test_a_path_is_found_however_the_client_encodes_it(snapshot_with, path):
    assert Location(f"{EX}id/a", document=False) == locate(snapshot_with(["id/a"]), path)
