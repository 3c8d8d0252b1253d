"""What arrives on a connection, as bytes: limits, and answers from bytes."""

import socket

import httpx
import pytest

from kg.web.refusals import HEAD_BYTES
from kg.web.simple_request import read_simply
from tests.conftest import REPO, serving

DOCUMENT = "/doc/claim/c-0045"


@pytest.fixture(scope="module")
def quick():
    """The claim graph, answered from bytes where that is possible."""
    with serving(str(REPO), env={"KG_SITE_FROM_BYTES": "true"}) as running:
        yield running


def address(server) -> tuple[str, int]:
    """The host and port of a server."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    return host, int(port)


def exchange(server, *sent: bytes) -> bytes:
    """What the server answers to bytes on a connection of their own, until it closes it."""
    with socket.create_connection(address(server), timeout=20) as connection:
        for piece in sent:
            try:
                connection.sendall(piece)
            except (BrokenPipeError, ConnectionResetError):
                break
        received = bytearray()
        try:
            while piece := connection.recv(65_536):
                received += piece
        except ConnectionResetError:
            pass
        return bytes(received)


def lasting(response) -> dict[str, str]:
    """The headers that are the same every time; answers from bytes have no id."""
    return {k: v for k, v in response.headers.items() if k not in {"date", "x-request-id"}}


def request(path: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: a", *headers, "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1")


def test_the_server_itself_has_options(server):
    answer = exchange(server, b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 204 ")
    assert b"allow: GET, HEAD, OPTIONS, POST\r\n" in answer


def test_headers_over_the_limit_are_refused(server):
    answer = exchange(server, request(DOCUMENT, f"X-Large: {'x' * HEAD_BYTES}"))
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert b"application/problem+json" in answer
    long_path = exchange(server, request("/" + "x" * HEAD_BYTES))
    assert long_path.startswith(b"HTTP/1.1 431 ")
    many = [f"X-{n}: {n}" for n in range(10_000)]
    assert exchange(server, request(DOCUMENT, *many)).startswith(b"HTTP/1.1 431 ")


def test_headers_that_never_end_are_refused_while_they_arrive(server):
    endless = [b"x" * 10_000 for _ in range(100)]
    answer = exchange(server, b"GET / HTTP/1.1\r\nHost: a\r\nX-Endless: ", *endless)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431 ")
    assert 200 == server.get("/").status_code


CHUNKED = b"HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    ("behind", "piece"),
    [
        (b"0\r\n", b"a: " + b"x" * 60_000 + b"\r\n"),
        (b"0\r\na: ", b"x" * 60_000),
        (b"1;", b"x" * 60_000),
    ],
    ids=["trailers", "one trailer", "an extension of a chunk"],
)
def test_what_stands_behind_a_body_without_end_is_not_taken(server, behind, piece):
    """It was kept: 300 MB of one connection were in the server's memory after five seconds."""
    with socket.create_connection(address(server), timeout=60) as connection:
        connection.sendall(b"GET / " + CHUNKED + b"\r\n" + behind)
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            connection.sendall(piece * 5_000)


def test_headers_behind_a_body_are_passed_over(server):
    head = b"POST /sparql " + CHUNKED + b"Content-Type: application/sparql-query\r\n"
    last = b"Connection: close\r\nAccept: application/sparql-results+json\r\n\r\n"
    body = b"6\r\nASK {}\r\n0\r\nAccept: text/csv\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"
    answer = exchange(server, head + last, body)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b'"boolean":true}')


@pytest.mark.parametrize(
    "sent",
    [b"\x00\x01\x02\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"nonsense\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
     b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", b"NONSENSE / HTTP/1.1\r\nHost: a\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_request_is_400_and_says_nothing_of_the_inside(server, sent):
    answer = exchange(server, sent)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in answer
    assert b"Traceback" not in answer
    assert 200 == server.get("/").status_code


@pytest.mark.parametrize(
    "path", ["/", DOCUMENT, f"{DOCUMENT}.html", "/ontology.ttl", "/static/kg.css"]
)
@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_an_answer_from_bytes_is_the_answer_of_the_application(server, quick, path, coding):
    headers = {"accept-encoding": coding, "host": "a"}
    long_way = server.get(path, headers=headers)
    for _ in range(3):
        short = quick.get(path, headers=headers)
        assert long_way.content == short.content
        assert long_way.status_code == short.status_code
        assert lasting(long_way) == lasting(short)
        assert "date" in short.headers


def test_a_304_from_bytes_is_that_of_the_application(server, quick):
    etag = server.get(DOCUMENT).headers["etag"]
    held = {"if-none-match": etag}
    quick.get(DOCUMENT)
    for condition in (etag, f"W/{etag}", "*", f'"x", {etag}'):
        headers = {**held, "if-none-match": condition}
        long_way, short = (
            server.get(DOCUMENT, headers=headers),
            quick.get(DOCUMENT, headers=headers),
        )
        assert (304, b"") == (short.status_code, short.content)
        assert lasting(long_way) == lasting(short)
    assert 200 == quick.get(DOCUMENT, headers={"if-none-match": '"x"'}).status_code
    assert 412 == quick.get(DOCUMENT, headers={"if-match": '"x"'}).status_code


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", "/sparql?query=ASK%7B%7D%23{}", {}),
        ("HEAD", "/sparql?query=ASK%7B%7D%23{}", {}),
        ("GET", "/sparql?query=ASK%7B{}", {}),
        ("GET", "/no/such/thing/{}", {}),
        ("GET", "/doc/claim/c-0045.ttl?{}", {"headers": {"if-match": '"x"'}}),
        ("GET", "/id/claim/c-0045?{}", {}),
        ("OPTIONS", "/sparql?{}", {}),
        ("DELETE", "/sparql?{}", {}),
        ("POST", "/sparql?{}", {"data": {"query": "ASK {}"}}),
        ("POST", "/sparql?{}", {"data": {"query": "x" * 1_100_000}}),
    ],
)
def test_a_response_that_is_sent_at_once_is_that_of_the_server_beneath(server, method, path, more):
    closing = {**more, "headers": {**more.get("headers", {}), "connection": "close"}}
    with httpx.Client(base_url=server.url) as client:
        beneath = client.request(method, path.format(1), **closing)
        for number in (2, 3):
            at_once = client.request(method, path.format(number), **more)
            assert beneath.status_code == at_once.status_code
            assert beneath.headers.keys() - {"connection"} == at_once.headers.keys()
            assert len(beneath.content) == len(at_once.content)


def test_many_requests_on_one_connection_each_get_their_answer(quick):
    paths = [f"/doc/claim/c-{number:04}" for number in range(1, 21)]
    with httpx.Client() as client:
        first = [client.get(quick.url + path).content for path in paths]
        again = [client.get(quick.url + path).content for path in paths]
    assert first == again
    assert len(set(first)) == len(paths)


def test_requests_that_come_together_are_answered_in_order(quick):
    one = request(f"{DOCUMENT}.nt").replace(b"Connection: close\r\n", b"")
    quick.get(f"{DOCUMENT}.nt", headers={"host": "a"})
    answer = exchange(quick, one + one + request("/no/such/thing"))
    assert 2 == answer.count(b"HTTP/1.1 200 ")
    assert answer.rindex(b"HTTP/1.1 404 ") > answer.rindex(b"HTTP/1.1 200 ")


def test_hundreds_of_remembered_requests_behind_a_slow_one_are_answered_in_order(server):
    one = request(f"{DOCUMENT}.nt").replace(b"Connection: close\r\n", b"")
    server.get(f"{DOCUMENT}.nt", headers={"host": "a"})
    slow = request("/sparql?query=ASK+%7B%7D").replace(b"Connection: close\r\n", b"")
    answer = exchange(server, slow + one * 700 + request("/no/such/thing"))
    assert 701 == answer.count(b"HTTP/1.1 200 ")
    assert 1 == answer.count(b"HTTP/1.1 404 ")
    assert answer.index(b"boolean") < answer.index(DOCUMENT.encode())
    assert answer.rindex(b"HTTP/1.1 404 ") > answer.rindex(b"HTTP/1.1 200 ")


def test_a_proxy_that_speaks_https_is_not_given_what_was_remembered_for_http(server):
    path = f"{DOCUMENT}.linkset"
    for _ in range(2):
        assert "https://" + server.url[7:] not in server.get(path).text
        told = server.get(path, headers={"x-forwarded-proto": "https"}).text
        assert "https://" + server.url[7:] in told


@pytest.mark.parametrize(
    "sent",
    [b"GET / HTTP/1.0\r\nHost: a\r\n\r\n", b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: a\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /",
     b"GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: a\r\nIf-Match: *\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: a\r\nAccept: a/b\r\nAccept: c/d\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: a\r\nAccept:\r\n  a/b\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
     b"GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /a?b#c HTTP/1.1\r\nHost: a\r\n\r\n",
     b"GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"],
)  # fmt: skip
def test_what_is_not_a_simple_request_takes_the_long_way(sent):
    assert read_simply(sent) is None


def test_a_simple_request_is_read_as_the_application_reads_it():
    key, held, languages = read_simply(
        b"GET /a%20b?x=1 HTTP/1.1\r\nHOST: h\r\naccept:  text/turtle \r\nUser-Agent: x\r\n"
        b'If-None-Match: "t"\r\nAccept-Language: fr\r\n\r\n'
    )
    assert (b"/a%20b", b"x=1", "h", "text/turtle", "") == key
    assert ('"t"', "fr") == (held, languages)


@pytest.mark.long
def test_connections_that_send_nothing_or_too_slowly_are_closed(server):
    sent = (
        b"",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",
        (
            b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n"
            b"Content-Type: application/sparql-query\r\n\r\nASK"
        ),
    )
    connections = [socket.create_connection(address(server), timeout=60) for _ in sent]
    for connection, piece in zip(connections, sent, strict=True):
        connection.sendall(piece)
    answers = [b"".join(iter(lambda c=c: c.recv(65_536), b"")) for c in connections]
    for connection in connections:
        connection.close()
    assert b"" == answers[0]
    assert [b"HTTP/1.1 408 "] * 2 == [answer[:13] for answer in answers[1:]]
