"""Whatever is read from strangers is read, or refused in words, and takes no time."""

import json
from contextlib import suppress

import httptools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dataset.addresses import locate
from kg.dataset.queries import stored_query
from kg.errors import KgError, NotAcceptable, QueryError
from kg.rdf.formats import FORMATS, HTML
from kg.rdf.negotiation import choose, choose_coding, choose_language
from kg.source.turtle import Unreadable, triples
from kg.web.forwarded import Proxies
from kg.web.reconcile_requests import batch_of, extension_of
from kg.web.simple_request import read_simply

OFFERED = (*FORMATS, HTML)
PROXIES = Proxies(("127.0.0.1",))

quick = settings(max_examples=150, deadline=None)


def made_of(*pieces: str) -> st.SearchStrategy[str]:
    """Texts of these pieces and of any others."""
    return st.lists(st.sampled_from(pieces) | st.text(max_size=5), max_size=20).map("".join)


ACCEPT = made_of("text/turtle", "text/*", "*/*", ";q=", "0.5", "1", ",", ";", "=", '"', "\\", " ")


@quick
@given(ACCEPT)
def test_an_accept_header_chooses_what_there_is_or_nothing(header):
    with suppress(NotAcceptable):
        assert choose(header, OFFERED) in OFFERED
    assert choose_coding(header, ("zstd", "gzip")) in ("zstd", "gzip", "")
    assert choose_language(header, ("en", "ar")) in ("en", "ar")


TURTLE = made_of(
    "<a>", "a:b", "_:x", '"', '"""', "'", "@en", "^^", "[", "]", "(", ")", "{", "}", "{|", "|}",
    "<<", ">>", "<<(", ")>>", "~", ".", ";", ",", "@prefix", "#", "\n", "\\u0041", "1.5", " ",
)  # fmt: skip


@quick
@given(TURTLE)
def test_what_is_no_turtle_has_places_in_it_or_none(text):
    # where the engine reads it, tests/source/test_turtle.py says which
    with suppress(Unreadable):
        for places in triples(text):
            assert all(-1 <= place < len(text) for place in places)


HEADER = made_of(
    "#+ ", "summary:", "pagination: ", "defaults:", "\n", "  - ", "p: 1", "enumerate:",
    "SELECT ?_p_iri { ?_p_iri ?b ?c }", "'", '"', "[", "{", "&a", "*a", "!!",
)  # fmt: skip


@quick
@given(HEADER)
def test_the_header_of_a_query_is_read_or_refused(text):
    with suppress(KgError):
        assert text == stored_query("name", text, "name.rq").text


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
    for read in (lambda: batch_of(text, ()), lambda: extension_of(text)):
        with suppress(QueryError):
            read()


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 50_000])
def test_what_is_nested_too_deep_to_reconcile_is_refused(deep):
    with pytest.raises(QueryError):
        batch_of(deep, ())


@quick
@given(made_of("for=", '"', "[::1]", ":80", "1.2.3.4", ",", ";", "proto=https", "unknown", "\\"))
def test_a_header_of_a_proxy_is_read_or_passed_over(value):
    sent = value.encode("utf-8")
    for name in (b"forwarded", b"x-forwarded-for", b"x-forwarded-proto"):
        scope = {"client": ("127.0.0.1", 1), "scheme": "http", "headers": [(name, sent)]}
        assert PROXIES.origin(scope).scheme in ("http", "https")


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
