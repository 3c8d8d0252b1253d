"""Whatever is read from strangers is read, or refused in words, and takes no time."""

import json

import httptools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dataset.addresses import locate
from kg.errors import QueryError
from kg.web.reconcile_requests import batch_of
from kg.web.simple_request import read_simply
from tests.fuzz import readers

quick = settings(max_examples=150, deadline=None)


def made_of(*pieces: str) -> st.SearchStrategy[str]:
    """Texts of these pieces and of any others."""
    return st.lists(st.sampled_from(pieces) | st.text(max_size=5), max_size=20).map("".join)


ACCEPT = made_of("text/turtle", "text/*", "*/*", ";q=", "0.5", "1", ",", ";", "=", '"', "\\", " ")


@quick
@given(ACCEPT)
def test_an_accept_header_chooses_what_there_is_or_nothing(header):
    readers.accept(header)


TURTLE = made_of(
    "<a>", "a:b", "_:x", '"', '"""', "'", "@en", "^^", "[", "]", "(", ")", "{", "}", "{|", "|}",
    "<<", ">>", "<<(", ")>>", "~", ".", ";", ",", "@prefix", "#", "\n", "\\u0041", "1.5", " ",
)  # fmt: skip


@quick
@given(TURTLE)
def test_what_is_no_turtle_has_places_in_it_or_none(text):
    readers.turtle(text)


HEADER = made_of(
    "#+ ", "summary:", "pagination: ", "defaults:", "\n", "  - ", "p: 1", "enumerate:",
    "SELECT ?_p_iri { ?_p_iri ?b ?c }", "'", '"', "[", "{", "&a", "*a", "!!",
)  # fmt: skip


@quick
@given(HEADER)
def test_the_header_of_a_query_is_read_or_refused(text):
    readers.query_header(text)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["query", "type", "limit", "properties", "p", "pid", "v", "ids", "id"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@quick
@given(json_like.map(json.dumps) | made_of("{", "}", '"q0"', ":", "[", "]", "1e999"))
def test_a_request_to_reconcile_is_read_or_refused(text):
    readers.reconciliation(text)


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 50_000])
def test_what_is_nested_too_deep_to_reconcile_is_refused(deep):
    with pytest.raises(QueryError):
        batch_of(deep, ())


@quick
@given(made_of("for=", '"', "[::1]", ":80", "1.2.3.4", ",", ";", "proto=https", "unknown", "\\"))
def test_a_header_of_a_proxy_is_read_or_passed_over(value):
    readers.forwarded(value)


@quick
@given(made_of("doc/", "claim/", "c-0045", ".ttl", "..", "/", "%2F", "%", "?", "#", "\x00", "é"))
def test_a_path_leads_to_a_location_or_to_none(snapshot, path):
    located = locate(snapshot, path)
    assert located is None or located.iri


class Heard:
    """What httptools hears of a request."""

    def __init__(self) -> None:
        self.url, self.headers = b"", []

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))


LINES = (
    b"Host: a\r\n", b"Accept: text/turtle\r\n", b"accept:\t*/*  \r\n", b"User-Agent: x y\r\n",
    b'If-None-Match: "x"\r\n', b"Sec-Fetch-Mode: cors\r\n", b"Connection: keep-alive\r\n",
    b"Accept-Language: fr\r\n", b"X-Other: 1\r\n", b"Host:\r\n", b" folded\r\n", b"\r\n", b"\n",
    b"Content-Length: 0\r\n", b"Accept: \x80\r\n",
)  # fmt: skip
TARGETS = (b"/", b"/a%20b", b"/a?b=c", b"/a?b?c", b"//a", b"/%", b"/?", b"/a#b", b"/a?b#c")


@quick
@given(st.lists(st.sampled_from(LINES), max_size=6), st.sampled_from(TARGETS))
def test_what_is_read_from_bytes_is_what_the_parser_reads(headers, path):
    data = b"GET " + path + b" HTTP/1.1\r\n" + b"".join(headers) + b"\r\n"
    read = read_simply(data)
    if read is None:
        return
    heard = Heard()
    httptools.HttpRequestParser(heard).feed_data(data)
    url = httptools.parse_url(heard.url)
    (raw, query, host, accept, coding), held, languages = read
    assert (url.path, url.query or b"") == (raw, query)
    said = {name: value.rstrip(b" \t").decode("latin-1") for name, value in heard.headers}
    names = (b"host", b"accept", b"accept-encoding", b"if-none-match", b"accept-language")
    assert [said.get(name, "") for name in names] == [host, accept, coding, held, languages]


# what has once broken a reader, and which
FOUND = (
    ("reconciliation", "[" * 100_000),
    ("reconciliation", '{"a":' * 50_000),
    ("reconciliation", '{"q0": {"query": "\\ud800"}}'),
    # each took minutes
    ("forwarded", "a" * 100_000),
    ("forwarded", " " * 100_000),
    ("forwarded", "a=1" * 30_000 + '"'),
    ("forwarded", '"' + '\\"' * 50_000),
    ("forwarded", ";a=" * 30_000 + '"'),
    ("accept", '"' + '\\"' * 50_000),
    ("request", "GET / HTTP/1.1\r\nA: x" + " " * 60_000 + "y\r\n\r\n"),
    ("request", "GET / HTTP/1.1\r\n" + "a" * 60_000 + "\r\n\r\n"),
    ("accept", "a/b;" + '"' + '\\"' * 50_000),
)


@pytest.mark.parametrize(("reader", "text"), FOUND, ids=lambda value: value[:12])
def test_what_once_broke_a_reader_is_read(reader, text):
    readers.READERS[reader](text)


@pytest.mark.parametrize("reader", readers.READERS)
@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "%"], ids=ascii)
def test_every_reader_bears_what_is_no_text(reader, text):
    readers.READERS[reader](text)
