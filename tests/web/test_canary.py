"""A server on loopback that nobody must call, and a hundred ways to ask for a call."""

import http.client
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from pyoxigraph import QueryBoolean, Store

from tests.conftest import PREFIXES, serving

# seconds that an answer may take on a busy machine: no attempt may hang
PATIENCE = 25

EMPTY = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
HEAD = b"Content-Type: application/sparql-results+json\r\nConnection: close\r\n"
FOUND = b"HTTP/1.1 200 OK\r\n%bContent-Length: %d\r\n\r\n%b" % (HEAD, len(EMPTY), EMPTY)
ELSEWHERE = b"HTTP/1.1 302 Found\r\nLocation: /\r\n%bContent-Length: 0\r\n\r\n" % HEAD

# addresses of the canary, as URL parsers read them
ADDRESSES = (
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://127.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7F.0.0.0x1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0:{port}/",
    "http://[::]:{port}/",
    "http://user:pass@127.0.0.1:{port}/",
    "http://example.org@localhost:{port}/",
    "HTTP://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "http://127.0.0.1:{port}/%73",
    "http://%31%32%37.0.0.1:{port}/",
    "http://127.0.0.1:{port}/redirect",
    "http://127.0.0.1:{port}?a#b",
    "http://\u2460\u2461\u2466.0.0.1:{port}/",
    "http://127\u30020\u30020\u30021:{port}/",
    "ftp://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
)

PLAIN = "SELECT * {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}"

# ways to say it in a query; `hex` is the port in hexadecimal code points
QUERIES = {
    "silent": "SELECT * {{ SERVICE SILENT <{iri}> {{ ?s ?p ?o }} }}",
    "lower case": "select * {{ service silent <{iri}> {{ ?s ?p ?o }} }}",
    "without spaces": "SELECT*{{SERVICE<{iri}>{{?s ?p ?o}}}}",
    "line breaks": "SELECT * {{ SERVICE\n\r\n\t<{iri}>\n\n{{ ?s ?p ?o }} }}",
    "comments": "SELECT * {{ SERVICE # {{\n#'\nSILENT#>\n<{iri}># a\n#\n{{ ?s ?p ?o }} }}",
    "after a quotation mark": 'SELECT * {{ BIND("\\"" AS ?q) SERVICE <{iri}> {{ ?s ?p ?o }} }}',
    "between strings": "SELECT * {{ BIND('''\"''' AS ?q) SERVICE <{iri}> {{}} BIND('\"' AS ?r) }}",
    "escape in the keyword": "SELECT * {{ S\\u0045RVICE <{iri}> {{ ?s ?p ?o }} }}",
    "escape in the IRI": "SELECT * {{ SERVICE <\\u0068ttp://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "long escapes": "SELECT * {{ SERVICE <{iri}\\U00000061> {{ ?s ?p ?o }} }}",
    "escaped port": "SELECT * {{ SERVICE <http://127.0.0.1:{hex}/> {{ ?s ?p ?o }} }}",
    "escaped brackets": "SELECT * {{ SERVICE <{iri}> \\u007B ?s ?p ?o \\u007D }}",
    "variable by VALUES": "SELECT * {{ VALUES ?e {{ <{iri}> }} SERVICE ?e {{ ?s ?p ?o }} }}",
    "variable by BIND": "SELECT * {{ BIND(IRI('{iri}') AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
    "variable by data": "SELECT * {{ ?x <http://example.org/at> ?e SERVICE $e {{ ?s ?p ?o }} }}",
    "prefixed name": "PREFIX c: <{iri}> SELECT * {{ SERVICE c:a {{ ?s ?p ?o }} }}",
    "prefix alone": "PREFIX : <{iri}> SELECT * {{ SERVICE:{{ ?s ?p ?o }} }}",
    "base": "BASE <{iri}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    "optional": "SELECT * {{ BIND(1 AS ?a) OPTIONAL {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} }}",
    "union": "SELECT * {{ {{ BIND(1 AS ?a) }} UNION {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} }}",
    "minus": "SELECT * {{ BIND(1 AS ?s) MINUS {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} }}",
    "subselect": "SELECT * {{ {{ SELECT ?s {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} LIMIT 1 }} }}",
    "exists": "SELECT * {{ BIND(1 AS ?a) FILTER EXISTS {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} }}",
    "not exists": "ASK {{ FILTER NOT EXISTS {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} }}",
    "in an expression": "SELECT (EXISTS {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} AS ?x) {{}}",
    "in an order": "SELECT * {{ ?s ?p ?o }} ORDER BY (EXISTS {{ SERVICE <{iri}> {{ ?s ?p ?o }} }})",
    "in a graph": "SELECT * {{ GRAPH ?g {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} }}",
    "nested": "SELECT * {{ SERVICE <{iri}> {{ SERVICE SILENT <{iri}2> {{ ?s ?p ?o }} }} }}",
    "ask": "ASK {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}",
    "construct": "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}",
    "describe": "DESCRIBE ?s {{ SERVICE SILENT <{iri}> {{ ?s ?p ?o }} }}",
    "describe it": "DESCRIBE <{iri}>",
    "from": "SELECT * FROM <{iri}> {{ ?s ?p ?o }}",
    "from named": "SELECT * FROM NAMED <{iri}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "its graph": "SELECT * {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}",
}

UPDATES = (
    "LOAD <{iri}>",
    "LOAD SILENT <{iri}> INTO GRAPH <http://example.org/g>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}",
)

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/"'
XML = f'<rdf:RDF {RDF}><rdf:Description rdf:about="http://e.org/a"><e:p>%s</e:p></rdf:Description>'
XML += "</rdf:RDF>"

SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<http://e.org/a> sh:shapesGraph <{iri}> .
[] a sh:NodeShape ; sh:targetNode <http://e.org/a> ;
    sh:sparql [ sh:select "SELECT $this {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}" ] .
"""

# what the page's form would send
FORM = "format=Turtle&data=<http://e.org/a>+<http://www.w3.org/2002/07/owl%23imports>+<{iri}>+."

# bodies for /validate that name something to be fetched, by media type
POSTED = (
    ("application/ld+json", '{{"@context": "{iri}", "@id": "http://e.org/a", "name": "a"}}'),
    ("application/ld+json", '{{"@context": [{{"@import": "{iri}"}}, "{iri}c"], "name": "a"}}'),
    ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY x SYSTEM "{iri}">]>' + XML % "&x;"),
    ("application/rdf+xml", '<!DOCTYPE r SYSTEM "{iri}">' + XML % "a"),
    ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY % x SYSTEM "{iri}"> %x;]>' + XML % "a"),
    ("text/turtle", "<http://e.org/a> <http://www.w3.org/2002/07/owl#imports> <{iri}> ."),
    (
        "text/turtle",
        SHAPE,
    ),
    ("application/x-www-form-urlencoded", FORM),
    ("application/trig", "<{iri}> {{ <{iri}> <http://e.org/p> <{iri}> }}"),
)

HEADERS = ("Accept", "Referer", "Host", "Origin", "X-Forwarded-Host", "Link", "Content-Location")

PATHS = (
    "/resource?iri={quoted}",
    "/{iri}",
    "//127.0.0.1:{port}/",
    "/\\127.0.0.1:{port}/",
    "/doc/{quoted}",
    "/sparql?name={quoted}",
    "/sparql?name=calls",
    "/queries/calls",
    "/graph-store?graph={quoted}",
    "{iri}sparql",
)


@dataclass(frozen=True)
class Attempt:
    """One request that gives the server a reason to call the canary."""

    name: str
    method: str = "GET"
    target: str = "/sparql"
    headers: dict = field(default_factory=dict)
    body: str | None = None


class Canary:
    """Listens on loopback, on both kinds of addresses where there are two, and notes who comes."""

    def __init__(self) -> None:
        self.listeners = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.listeners[0].getsockname()[1]
        self.iri = f"http://127.0.0.1:{self.port}/"
        self.came = []
        self.own = 0
        with suppress(OSError):
            listener = socket.create_server(("::1", self.port), family=socket.AF_INET6)
            self.listeners.append(listener)

    def listen(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                self.came.append(listener.family)
                with connection, suppress(OSError):
                    connection.settimeout(1)
                    asked = connection.recv(65536)
                    connection.sendall(ELSEWHERE if b"/redirect" in asked else FOUND)

    def visited(self) -> int:
        """How many came, when each listener has answered a caller of this test's besides.

        Callers stand in line: who came before has then been counted.
        """
        for listener in self.listeners:
            self.own += 1
            with socket.create_connection(listener.getsockname()[:2], timeout=20) as caller:
                caller.sendall(b"GET / HTTP/1.1\r\n\r\n")
                assert caller.recv(12) == b"HTTP/1.1 200"
        return len(self.came) - self.own


@contextmanager
def listening():
    """A canary, until the block ends."""
    canary = Canary()
    threads = [Thread(target=canary.listen, args=[one], daemon=True) for one in canary.listeners]
    for thread in threads:
        thread.start()
    try:
        yield canary
    finally:
        for listener in canary.listeners:
            # a thread that waits in accept is woken by this, not by close
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for thread in threads:
            thread.join(timeout=20)


def queries(canary: Canary) -> dict[str, str]:
    """The queries of the table, by what is particular about each."""
    escaped = "".join(f"\\u{ord(digit):04x}" for digit in str(canary.port))
    values = {"iri": canary.iri, "port": canary.port, "hex": escaped}
    notations = {one: PLAIN.format(iri=one.format(port=canary.port)) for one in ADDRESSES}
    return notations | {name: text.format(**values) for name, text in QUERIES.items()}


def attempts(canary: Canary) -> list[Attempt]:
    """A hundred requests, from the tables above."""
    iri, quoted = canary.iri, quote(canary.iri, safe="")
    asked = queries(canary)
    found = [
        Attempt(name, target=f"/sparql?{urlencode({'query': text})}")
        for name, text in asked.items()
    ]
    everything = quote("SELECT * { ?s ?p ?o }")
    found += [
        Attempt(name, target=f"/sparql?query={everything}&{name}={quoted}")
        for name in ("default-graph-uri", "named-graph-uri")
    ]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    plain = asked["silent"]
    found += [
        Attempt("form", "POST", headers=form, body=urlencode({"query": plain})),
        Attempt("page", headers={"Accept": "text/html"}, target=f"/sparql?query={quote(plain)}"),
        Attempt("query", "POST", headers={"Content-Type": "application/sparql-query"}, body=plain),
    ]
    for text in UPDATES:
        update = text.format(iri=iri)
        direct = {"Content-Type": "application/sparql-update"}
        found.append(Attempt(update, "POST", headers=form, body=urlencode({"update": update})))
        found.append(Attempt(update, "POST", headers=direct, body=update))
    for type_, body in POSTED:
        headers = {"Content-Type": type_}
        found.append(Attempt(body, "POST", "/validate", headers, body.format(iri=iri)))
    found += [Attempt(name, target="/", headers={name: iri}) for name in HEADERS]
    values = {"iri": iri, "quoted": quoted, "port": canary.port}
    found += [Attempt(path, target=path.format(**values)) for path in PATHS]
    return found


def tried(server, attempt: Attempt) -> tuple[str, int]:
    """What an attempt is answered with; where that leads elsewhere, this follows."""
    place = urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=PATIENCE)
    body = attempt.body.encode() if attempt.body else None
    connection.request(attempt.method, attempt.target, body, attempt.headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if location := answer.getheader("Location"):
        url = urljoin(server.url + attempt.target, location)
        return attempt.name, server.client.get(url, timeout=PATIENCE).status_code
    return attempt.name, answer.status


def write_files(folder, canary: Canary) -> None:
    """Write a project whose data and stored queries name the canary."""
    data = f"ex:a a ex:C ; ex:at <{canary.iri}> ; owl:imports <{canary.iri}> ."
    files = {
        "kg.toml": 'base = "http://example.org/"\n[folders]\ndata = "data"\n',
        "data/a.ttl": PREFIXES + data,
        **{f"queries/{name}.rq": text.format(iri=canary.iri) for name, text in STORED.items()},
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


STORED = {
    "calls": "#+ summary: Calls another endpoint\n" + PLAIN,
    "silent": QUERIES["silent"],
    "variable": QUERIES["variable by data"],
}


def test_no_one_of_a_hundred_attempts_contacts_a_server_on_loopback(tmp_path):
    with listening() as canary:
        write_files(tmp_path, canary)
        hundred = attempts(canary)
        assert len(hundred) >= 100
        with serving(str(tmp_path)) as server, ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda one: tried(server, one), hundred))
        good = (*range(200, 300), *range(400, 500), 503)
        assert [answer for answer in answers if answer[1] not in good] == []
        # the server has ended: nothing of it can still come
        assert 0 == canary.visited()


@pytest.mark.parametrize("name", STORED)
def test_a_stored_query_that_calls_another_endpoint_is_refused_on_the_command_line(tmp_path, name):
    with listening() as canary:
        write_files(tmp_path, canary)
        command = [sys.executable, "-m", "kg", "query", name, str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert 0 != done.returncode
        assert "SERVICE is refused" in done.stderr
        assert 0 == canary.visited()


def test_an_engine_that_is_free_to_call_contacts_it_for_most_of_these_queries(tmp_path):
    """A fault would be seen: the attempts are such as the engine itself would follow."""
    with listening() as canary:
        write_files(tmp_path, canary)
        engine = Store()
        engine.load(path=str(tmp_path / "data" / "a.ttl"))
        calling = set()
        for name, text in queries(canary).items():
            before = canary.visited()
            with suppress(SyntaxError, ValueError, RuntimeError, OSError):
                answer = engine.query(text, base_iri="http://example.org/")
                # an ASK is answered at once, rows when they are read
                answer if isinstance(answer, QueryBoolean) else list(answer)
            if canary.visited() > before:
                calling.add(name)
        assert len(calling) > 40
