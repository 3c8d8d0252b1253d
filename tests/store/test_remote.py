"""A remote engine as a store: what goes wrong out there, and that it goes wrong there only.

What it does as every store does is in test_contract.py and test_refusals.py.
"""

import base64
import re
import signal
import socket
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from pyoxigraph import RdfFormat, parse
from SPARQLWrapper import JSON as WRAPPER_JSON
from SPARQLWrapper import SPARQLWrapper

import kg
from kg.errors import (
    KgError,
    ProjectError,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    RemoteFailed,
    RemoteTimeout,
    ResultTooLarge,
    StoreUnavailable,
)
from kg.rdf.formats import CSV, JSON, N_TRIPLES, TSV, TURTLE
from kg.settings import StoreSettings
from kg.store.base import SparqlRequest
from kg.store.embedded import open_in_memory
from kg.store.opening import open_store
from kg.store.remote_query import explicit, prologue, solutions, without_dataset
from tests.conftest import canonical, serving
from tests.store.engines import DEFAULT_GRAPH, oxigraph, virtuoso

RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"a"}}]}}'
TRIPLE = b'<http://e/s> <http://e/p> "o" .\n'


def request_for(query="SELECT ?x {}", format_=JSON, seconds=20.0, size=1_000_000):
    return SparqlRequest(query, format_, seconds=seconds, bytes=size)


class Peer(BaseHTTPRequestHandler):
    """Reads a form and lets the test's function answer; every connection stays open."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.seen.append((self.client_address, dict(self.headers), form))
        self.server.answer(self)

    def send(self, body=ROW, type_=RESULTS, status=200, size=None, **headers):
        """Answer; `size` is a length that the body need not have, 0 for none at all."""
        self.send_response(status)
        self.send_header("Content-Type", type_)
        if size != 0:
            self.send_header("Content-Length", str(len(body) if size is None else size))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        if size is not None:
            self.close_connection = True

    def log_message(self, *_):
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that go away."""

    def handle_error(self, *_):
        pass


@contextmanager
def peer(answer: Callable[[Peer], object]) -> Iterator[Quiet]:
    """A server that answers every form as the function does; `seen` is what was sent to it."""
    with Quiet(("127.0.0.1", 0), Peer) as server:
        server.answer, server.seen, server.ended = answer, [], threading.Event()
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()


def url_of(server: Quiet, user: str = "") -> str:
    return f"http://{user}127.0.0.1:{server.server_address[1]}/sparql"


@contextmanager
def asking(url: str, snapshot: kg.Snapshot, **settings) -> Iterator:
    """The store that asks an engine at a URL."""
    store = open_store(StoreSettings(f"sparql:{url}", **settings), snapshot)
    try:
        yield store
    finally:
        store.close()


def answered(snapshot, answer, request=None, **settings) -> bytes:
    """What the store makes of a peer's answer."""
    with peer(answer) as server, asking(url_of(server), snapshot, **settings) as store:
        return store.answer(request or request_for()).body


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_a_server_that_is_down_is_unavailable(small_snapshot):
    with (
        asking(f"http://127.0.0.1:{free_port()}/", small_snapshot) as store,
        pytest.raises(StoreUnavailable, match="cannot be reached: Connection refused"),
    ):
        store.answer(request_for())


def test_a_host_that_nobody_knows_is_unavailable(small_snapshot):
    with (
        asking("http://engine.invalid/", small_snapshot) as store,
        pytest.raises(StoreUnavailable, match="cannot be reached"),
    ):
        store.answer(request_for())


def hangs(at: Peer):
    at.server.ended.wait()


def drips_a_head(at: Peer):
    at.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not at.server.ended.wait(0.02):
        at.wfile.write(b"x")


def drips_a_body(at: Peer):
    at.send(b"", size=1_000_000)
    while not at.server.ended.wait(0.02):
        at.wfile.write(b" ")


@pytest.mark.parametrize("answer", [hangs, drips_a_head, drips_a_body])
def test_a_server_that_is_slow_is_left_at_the_deadline(small_snapshot, answer):
    with pytest.raises(RemoteTimeout, match=r"within 0\.3 s"):
        answered(small_snapshot, answer, request_for(seconds=0.3))


def cut_chunks(at: Peer):
    at.send(b"%x\r\n" % len(TRIPLE) + TRIPLE, TRIPLES, size=0, Transfer_Encoding="chunked")


GRAPH = request_for("CONSTRUCT WHERE { ?s ?p ?o }", N_TRIPLES)


@pytest.mark.parametrize(
    ("answer", "request_", "message"),
    [
        (lambda at: at.send(ROW[:-20]), request_for(), "cannot be read"),
        (lambda at: at.send(ROW + b"error: the disk is full"), request_for(), "cannot be read"),
        (lambda at: at.send(ROW[:-20], size=0), request_for(), "cannot be read"),
        (lambda at: at.send(ROW, size=500), request_for(), "bytes are missing"),
        (lambda at: at.send(b""), request_for(), "cannot be read"),
        (lambda at: at.send(TRIPLE, TRIPLES, size=500), GRAPH, "are missing"),
        (lambda at: at.send(TRIPLE, TRIPLES, size=0), GRAPH, "it may be cut"),
        (cut_chunks, GRAPH, "broke off"),
        (lambda at: at.send(TRIPLE + b"error", TRIPLES), GRAPH, "cannot be read"),
        (lambda at: at.wfile.write(b"220 mail.example ESMTP\r\n\r\n"), request_for(), "not HTTP"),
        (lambda at: at.send(b"<html>", "text/html"), request_for(), "answered with text/html"),
        (lambda at: at.send(b'{"boolean":true,"head":{}}'), request_for(), "not of the query's"),
        (lambda at: at.send(), request_for("SELECT", CSV), None),
    ],
    ids=["cut", "error behind", "cut without length", "shorter", "empty", "graph shorter",
         "graph without length", "cut chunks", "graph, error behind", "not HTTP", "HTML",
         "another form", "whole"],
)  # fmt: skip
def test_only_whole_answers_are_passed_on(small_snapshot, answer, request_, message):
    if message is None:
        assert b"x\r\na\r\n" == answered(small_snapshot, answer, request_)
        return
    with pytest.raises(RemoteFailed, match=message):
        answered(small_snapshot, answer, request_)


@pytest.mark.parametrize(
    ("headers", "error"),
    [({"X_SQL_State": "S1TAT"}, RemoteTimeout), ({"X_SPARQL_MaxRows": "10"}, RemoteFailed)],
)
def test_what_a_header_calls_a_part_is_not_passed_on(small_snapshot, headers, error):
    with pytest.raises(error, match=r"part of the answer|at most 10 rows"):
        answered(small_snapshot, lambda at: at.send(**headers))


def test_of_200_megabytes_no_more_is_read_than_the_limit(small_snapshot):
    sent = []

    def answer(at: Peer):
        at.send(b"", size=200_000_000)
        for _ in range(200):
            at.wfile.write(b" " * 1_000_000)
            sent.append(1_000_000)

    with pytest.raises(ResultTooLarge, match="1,000,000 bytes"):
        answered(small_snapshot, answer)
    assert sum(sent) < 100_000_000


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_named_and_not_followed(small_snapshot, status):
    with peer(lambda at: at.send()) as other:
        where = url_of(other)
        with pytest.raises(RemoteFailed, match=f"redirects to {re.escape(where)}"):
            answered(small_snapshot, lambda at: at.send(b"", status=status, Location=where))
        assert [] == other.seen


@pytest.mark.parametrize(
    ("status", "text", "error"),
    [
        (400, "what is this", QueryError),
        (401, "", RemoteFailed),
        (403, "", RemoteFailed),
        (404, "no such data set", RemoteFailed),
        (408, "", RemoteTimeout),
        (429, "", StoreUnavailable),
        (429, "Operation timed out", RemoteTimeout),
        (500, "Virtuoso 22003 Error SR087", RemoteFailed),
        (500, "Virtuoso S1T00 Error SR171: Transaction timed out", RemoteTimeout),
        (500, '{"code":"TimeLimitExceededException"}', RemoteTimeout),
        (502, "", RemoteFailed),
        (503, "", StoreUnavailable),
        (503, "Query timed out", RemoteTimeout),
        (504, "", RemoteTimeout),
    ],
)
def test_a_refusal_is_the_error_that_it_means(small_snapshot, status, text, error):
    with pytest.raises(KgError) as caught:
        answered(small_snapshot, lambda at: at.send(text.encode(), "text/plain", status))
    assert error is type(caught.value)
    assert text in str(caught.value) or error is RemoteTimeout


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('Encountered " "}" "} "" at line 3, column 17.', 2, "line 2, column 17: Encountered"),
        ("Parse error, line 3: syntax error at '}'", 0, "Parse error, line 2: syntax error"),
        ("Not a query", 0, "The engine refuses the query. Not a query"),
        ("<!DOCTYPE html><title>Bad &amp; wrong</title>", 0, "Bad & wrong"),
        ("x" * 5_000, 0, "x" * 250),
    ],
    ids=["Jena", "Virtuoso", "no place", "a page", "long"],
)
def test_an_engines_complaint_counts_the_lines_of_the_users_query(
    small_snapshot, text, line, message
):
    query = "SELECT *\nWHERE { ?s ?p }"
    with pytest.raises(QueryError) as caught:
        answered(small_snapshot, lambda at: at.send(text.encode(), status=400), request_for(query))
    assert message in str(caught.value)
    assert line == getattr(caught.value, "line", 0)
    assert len(str(caught.value)) < 400
    assert isinstance(caught.value, QuerySyntaxError) or "line" not in text


def test_a_name_and_password_are_sent_and_never_shown(small_snapshot):
    with peer(lambda at: at.send(b"", status=401)) as server:
        with (
            asking(url_of(server, "kg:s%40cret@"), small_snapshot) as store,
            pytest.raises(RemoteFailed, match="refuses this server") as caught,
        ):
            store.answer(request_for())
        look = store.look(1)
        (_, headers, _), *_ = server.seen
    assert "Basic " + base64.b64encode(b"kg:s@cret").decode() == headers["Authorization"]
    assert "cret" not in str(caught.value) + look.text
    assert not look.good


def test_connections_are_kept_and_made_anew_when_the_engine_has_closed_them(small_snapshot):
    def answer(at: Peer):
        at.send()
        # without having said so
        at.close_connection = 2 == len(at.server.seen)

    with peer(answer) as server, asking(url_of(server), small_snapshot) as store:
        for _ in range(4):
            assert store.answer(request_for()).body
        first, second, third, fourth = (seen[0] for seen in server.seen)
    assert first == second != third == fourth


def test_closing_the_store_ends_what_is_being_asked(small_snapshot):
    asked = threading.Event()

    def answer(at: Peer):
        asked.set()
        hangs(at)

    with peer(answer) as server, asking(url_of(server), small_snapshot) as store:
        closing = threading.Thread(target=lambda: asked.wait() and store.close())
        closing.start()
        with pytest.raises((RemoteFailed, StoreUnavailable)):
            store.answer(request_for(seconds=60))
        closing.join()


@pytest.mark.parametrize("depth", [5, 5_000])
def test_triples_in_triples_that_would_end_the_process_are_refused(small_snapshot, depth):
    term = b'{"type":"uri","value":"http://e/a"}'
    opening = b'{"type":"triple","value":{"subject":%s,"predicate":%s,"object":' % (term, term)
    value = opening * depth + term + b"}}" * depth
    body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":%s}]}}' % value
    iri = b"<http://e/a>"
    line = b"%s %s " % (iri, iri) + b"<<( %s %s " % (iri, iri) * depth + iri + b")>>" * depth
    asked = [(body, RESULTS, request_for()), (line + b" .\n", TRIPLES, GRAPH)]
    for content, type_, request in asked:
        if depth < 100:
            assert answered(small_snapshot, lambda at, c=content, t=type_: at.send(c, t), request)
        else:
            with pytest.raises(RemoteFailed, match="too deep"):
                answered(small_snapshot, lambda at, c=content, t=type_: at.send(c, t), request)


def test_virtuosos_json_is_read(small_snapshot):
    body = b"""{ "head": { "link": [], "vars": ["x", "y"] }, "results": { "distinct": false,
      "ordered": true, "bindings": [ { "x": { "type": "typed-literal",
      "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "007" },
      "y": { "type": "bnode", "value": "nodeID://b10" } } ] } }"""
    found = answered(small_snapshot, lambda at: at.send(body), request_for("SELECT", TSV))
    assert b"?x\t?y\n007\t_:b10\n" == found


@pytest.mark.parametrize(
    ("rows", "expected"), [(b"", b"false"), (b'{"v":{"type":"literal","value":"1"}}', b"true")]
)
def test_an_ask_that_is_answered_with_rows_is_true_if_there_is_one(small_snapshot, rows, expected):
    body = b'{"head":{"vars":["v"]},"results":{"bindings":[%s]}}' % rows
    found = answered(small_snapshot, lambda at: at.send(body), request_for("ASK {}"))
    assert b'{"head":{},"boolean":%s}' % expected == found


@pytest.mark.parametrize(
    "query",
    ['DEFINE get:soft "replace" SELECT * { ?s ?p ?o }', "\\u0049NSERT DATA { }",
     "MODIFY GRAPH <x> SELECT", "sparql SELECT * {}"],
)  # fmt: skip
def test_what_is_not_sparql_never_reaches_the_engine(small_snapshot, query):
    with peer(lambda at: at.send()) as server, asking(url_of(server), small_snapshot) as store:
        with pytest.raises(QueryRefused, match="begins with"):
            store.answer(request_for(query))
        assert [] == server.seen


def test_service_reaches_the_engine_only_where_the_operator_allows_it(small_snapshot):
    request = request_for("SELECT ?x { SERVICE <http://e/> { ?x ?y ?z } }")
    with pytest.raises(QueryRefused, match="SERVICE is refused"):
        answered(small_snapshot, lambda at: at.send(), request)
    assert ROW == answered(small_snapshot, lambda at: at.send(), request, federation=True)


@pytest.mark.parametrize(
    "kind",
    ["sparql:", "sparql:ftp://e/x", "sparql:e.org/sparql", "sparql:http://", "sparql:http://e:x/",
     "sparql:http://e/ x", "sparql:http://e/é"],
)  # fmt: skip
def test_what_is_no_url_of_an_endpoint_is_a_wrong_setting(small_snapshot, kind):
    with pytest.raises(ProjectError, match="must be a URL of http or https"):
        open_store(StoreSettings(kind), small_snapshot)


def test_a_prefix_is_declared_where_the_query_uses_it_and_does_not():
    prefixes = {"ex": "http://e/", "a": "http://a/", "b": "http://b/"}
    query = "# prefix b:\nPREFIX a: <http://own/> ASK { a:x b:y ?z }"
    assert "BASE <http://base/> PREFIX b: <http://b/>\n" == prologue(
        query, prefixes, "http://base/"
    )


DATA = """@prefix ex: <http://e/> . ex:a ex:p ex:b , 1 . ex:b ex:p ex:a . ex:c a ex:C ."""


@pytest.mark.parametrize(
    "query",
    ["DESCRIBE ex:a", "DESCRIBE ex:a <b> # and\n ex:nothing", "DESCRIBE ?x { ?x ex:p ?y }",
     "DESCRIBE ?y ex:c WHERE { ?x ex:p ?y } ORDER BY ?y LIMIT 1", "describe* where{?x a ?C}",
     "DESCRIBE ?x ?no { ?x a ?c OPTIONAL { ?x ex:none ?no } }",
     "DESCRIBE ?x FROM <http://none/> { ?x ?y ?z }", "DESCRIBE ?x { ?x ex:p '{ } * FROM' }",
     "DESCRIBE * { VALUES ?x { ex:b } }"],
)  # fmt: skip
def test_a_describe_that_is_made_explicit_brings_the_same(small_snapshot, query):
    store = open_in_memory(small_snapshot)
    store.engine.clear()
    store.engine.extend(parse(DATA, RdfFormat.TURTLE))
    query = f"PREFIX ex: <http://e/> BASE <http://e/>\n{query}"
    assert "DESCRIBE" not in explicit(query).upper()
    both = [store.engine.query(one) for one in (query, explicit(query))]
    assert canonical(both[0]) == canonical(both[1])


@pytest.mark.parametrize(
    "query",
    ["CONSTRUCT { ?s ?p '}' } WHERE { ?s ?p ?o { } } LIMIT 3", "CONSTRUCTWHERE{?s ?p ?o}",
     "CONSTRUCT FROM <http://none/> WHERE { ?s ?p ?o }", "CONSTRUCT {} { ?s ?p ?o } OFFSET 2"],
)  # fmt: skip
def test_the_solutions_of_a_construct_can_be_counted(small_snapshot, query):
    store = open_in_memory(small_snapshot)
    rows = len(list(store.engine.query(solutions(query))))
    expected = {"LIMIT 3": 3, "FROM <": 0, "OFFSET": small_snapshot.triples - 2}
    assert next((n for sign, n in expected.items() if sign in query), 6) == rows


def test_from_clauses_give_way_to_spaces():
    query = "SELECT ?from FROM <a> # FROM\nFROM NAMED x:b { ?s ?p 'FROM <c>' }"
    blank = "SELECT ?from          # FROM\n               { ?s ?p 'FROM <c>' }"
    assert blank == without_dataset(query)


def test_a_long_word_is_looked_through_once_for_prefixes():
    """A megabyte would have taken hours, in which nobody else was answered."""
    query = f"ASK {{ ?s ?p '{'a' * 1_000_000}' }} {'FROM <g:> ' * 50_000}"
    assert "PREFIX ex: <http://e/>" in prologue(f"{query} ex:a", {"ex": "http://e/"}, "http://b/")
    assert "FROM" not in without_dataset(query)


@pytest.fixture
def served(tmp_path, write_project):
    """A project, and an Oxigraph that holds it: `kg serve` on the two, and the engine's process."""
    folder = write_project({"p/a.ttl": "ex:a a ex:C ; rdfs:label 'A' . ex:b ex:p ex:a ."}) / "p"
    source = kg.load(kg.open_project(folder, {}))
    snapshot = kg.build(source, kg.Report((), 0), ())
    with oxigraph(tmp_path / "dumps", snapshot) as (url, process):
        env = {"KG_STORE_KIND": f"sparql:{url}", "KG_LIMITS_QUERY_SECONDS": "5"}
        with serving(str(folder), env=env) as server:
            yield server, url, process


QUERY = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o"


def ask(server, query=QUERY, accept=RESULTS):
    return server.get("/sparql", accept, params={"query": query})


def test_iris_answer_when_the_engine_hangs_and_when_it_is_killed(served):
    server, _, process = served
    assert 3 == len(ask(server).json()["results"]["bindings"])
    process.send_signal(signal.SIGSTOP)
    slow = ask(server, "ASK {}")
    assert (504, "application/problem+json") == (slow.status_code, slow.headers["content-type"])
    assert "within 5 s" in slow.json()["detail"]
    process.kill()
    process.wait()
    gone = ask(server, "ASK { ?s ?p ?o }")
    assert (503, "application/problem+json") == (gone.status_code, gone.headers["content-type"])
    assert "cannot be reached" in gone.json()["detail"]
    assert 303 == server.get("/a").status_code
    assert 200 == server.get("/doc/a", "text/turtle").status_code
    assert 200 == server.get("/", "text/html").status_code
    assert 404 == server.get("/doc/none").status_code
    assert 503 == ask(server, accept="text/html").status_code


def test_sparqlwrapper_gets_the_same_from_us_as_from_the_engine(served):
    server, engine, _ = served
    found = []
    for url in (f"{server.url}/sparql", engine):
        client = SPARQLWrapper(url, returnFormat=WRAPPER_JSON)
        client.setQuery(QUERY)
        with warnings.catch_warnings():
            # SPARQLWrapper leaves the socket to the garbage collector
            warnings.simplefilter("ignore", ResourceWarning)
            found.append(client.queryAndConvert()["results"]["bindings"])
    assert 3 == len(found[0])
    assert found[0] == found[1]


def test_a_server_starts_and_says_so_when_the_engine_is_down(write_project, capfd):
    folder = write_project({"a.ttl": "ex:a a ex:C ."})
    url = f"http://kg:secret@127.0.0.1:{free_port()}/sparql"
    with serving(str(folder), env={"KG_STORE_KIND": f"sparql:{url}"}) as server:
        assert 200 == server.get("/doc/a").status_code
        assert 503 == ask(server).status_code
    printed = capfd.readouterr().err
    assert "fails now: The engine cannot be reached" in printed
    assert "secret" not in printed


def test_a_first_look_says_how_much_the_engine_holds(small_snapshot, tmp_path):
    with (
        oxigraph(tmp_path / "dumps", small_snapshot) as (url, _),
        asking(url, small_snapshot) as store,
    ):
        assert store.look(6).good
        assert "has all 6 triples" in store.look(6).text
        assert not store.look(7).good
        assert "has 6 triples in its default graph, not 7" in store.look(7).text


@pytest.fixture(scope="module")
def small_virtuoso(small_snapshot, tmp_path_factory):
    """The URL of a Virtuoso that gives at most three rows."""
    folder = tmp_path_factory.mktemp("engine") / "dumps"
    with virtuoso(folder, small_snapshot, rows=3) as (url, _):
        yield url


@pytest.mark.long
@pytest.mark.parametrize(
    ("query", "format_"),
    [("SELECT * { ?s ?p ?o }", JSON), ("CONSTRUCT WHERE { ?s ?p ?o }", TURTLE),
     ("CONSTRUCT { ex:x ex:y ex:z } { ?s ?p ?o }", TURTLE), ("DESCRIBE ?s { ?s ?p ?o }", TURTLE)],
)  # fmt: skip
def test_what_virtuoso_cuts_is_an_error(small_snapshot, small_virtuoso, query, format_):
    with asking(small_virtuoso, small_snapshot, default_graph=DEFAULT_GRAPH) as store:
        with pytest.raises(RemoteFailed, match="at most 3 rows"):
            store.answer(request_for(query, format_))
        assert store.answer(request_for(f"{query} ORDER BY ?s LIMIT 1", format_)).body


@pytest.mark.long
@pytest.mark.parametrize("form", ["SELECT (COUNT(*) AS ?n)", "CONSTRUCT { ex:x ex:y ?a }"])
def test_what_virtuoso_stops_halfway_is_an_error(small_snapshot, small_virtuoso, form):
    endless = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(6))
    query = f"{form} {{ {endless} FILTER (?a0 = ?c1 || ?a2 != ?c3) }}"
    format_ = JSON if form.startswith("SELECT") else TURTLE
    # of all graphs, Virtuoso's own too, so that there is enough to do
    with (
        asking(f"{small_virtuoso}?timeout=1000", small_snapshot) as store,
        pytest.raises(RemoteTimeout, match=r"sent a part|limit of its own"),
    ):
        store.answer(request_for(query, format_))
