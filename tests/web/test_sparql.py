"""The SPARQL endpoint over a real server, by its protocol."""

import csv
import io
import re
import subprocess
import time
from html import unescape

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from kg.rdf.formats import FORMATS, RESULT_FORMATS

SELECT = "SELECT ?claim WHERE { ?claim a cg:Claim } ORDER BY ?claim LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?claim a cg:Claim } WHERE { ?claim a cg:Claim }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def ask(server, query, accept=None, **more):
    return server.get("/sparql", accept=accept, params={"query": query, **more})


def values(response) -> list[str]:
    bindings = response.json()["results"]["bindings"]
    return [next(iter(row.values()))["value"] for row in bindings]


@pytest.mark.parametrize("format_", RESULT_FORMATS, ids=lambda f: f.extension)
def test_select_is_answered_in_every_result_format(server, format_):
    response = ask(server, SELECT, accept=format_.media_type)
    assert 200 == response.status_code
    assert format_.media_type == response.headers["content-type"].partition(";")[0]
    assert response.text.count("c-0002") == 1


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.extension)
def test_construct_is_answered_in_every_rdf_format(server, format_):
    response = ask(server, CONSTRUCT, accept=format_.media_type)
    assert format_.media_type == response.headers["content-type"].partition(";")[0]
    assert len(list(parse(response.content, format_.engine))) >= 100


def test_ask_is_a_boolean(server):
    assert ask(server, "ASK { ?s a cg:Claim }").json()["boolean"] is True


def test_without_accept_the_answer_is_sparqls_json_and_never_html(server):
    assert "application/sparql-results+json" == ask(server, SELECT).headers["content-type"]
    for accept in ("*/*", "application/sparql-results+json, */*;q=0.1"):
        assert "html" not in ask(server, SELECT, accept=accept).headers["content-type"]


def test_all_three_ways_of_asking_give_the_same_answer(server):
    get = ask(server, SELECT)
    form = server.request("POST", "/sparql", data={"query": SELECT})
    direct = server.request(
        "POST", "/sparql", content=SELECT, headers={"content-type": "application/sparql-query"}
    )
    assert get.content == form.content == direct.content


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "GET", "path": "/sparql?query=SELEC"}, 400),
        ({"method": "GET", "path": "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D"}, 400),
        ({"method": "GET", "path": "/sparql?update=CLEAR%20ALL"}, 400),
        ({"method": "POST", "path": "/sparql", "data": {"update": "CLEAR ALL"}}, 403),
        ({"method": "POST", "path": "/sparql", "data": {"query": "CLEAR ALL"}}, 403),
        ({"method": "POST", "path": "/sparql", "data": {"nothing": "x"}}, 400),
        ({"method": "GET", "path": "/sparql?query=CLEAR%20ALL"}, 400),
        (
            {
                "method": "POST",
                "path": "/sparql?query=ASK%7B%7D",
                "content": "ASK {}",
                "headers": {"content-type": "application/sparql-query"},
            },
            400,
        ),
        ({"method": "POST", "path": "/sparql", "content": "ASK {}"}, 415),
        ({"method": "POST", "path": "/sparql", "json": {"query": "ASK {}"}}, 415),
        ({"method": "PUT", "path": "/sparql", "content": "ASK {}"}, 405),
    ],
    ids=str,
)
def test_requests_outside_the_protocol_are_refused_with_words(server, request_, status):
    response = server.request(request_.pop("method"), request_.pop("path"), **request_)
    assert status == response.status_code
    assert "application/problem+json" == response.headers["content-type"]
    assert len(response.json()["detail"]) > 10


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [
        ("application/sparql-update", b"CLEAR ALL", 403),
        ("application/sparql-query", b"ASK { ?s ?p '\xff' }", 400),
        ("application/sparql-query", b"ASK {}" + b" " * 1_100_000, 413),
    ],
    ids=["update", "not UTF-8", "too large"],
)
def test_bodies_that_cannot_be_a_query_are_refused(server, media_type, body, status):
    headers = {"content-type": media_type}
    response = server.request("POST", "/sparql", content=body, headers=headers)
    assert status == response.status_code


def test_a_syntax_error_names_line_and_column(server):
    response = ask(server, "SELECT *\n{ ?s cg:expresses }")
    assert 400 == response.status_code
    assert response.json()["detail"].startswith("line 2, column 19:")
    assert (2, 19) == (response.json()["line"], response.json()["column"])


def test_nothing_is_fetched_because_a_query_names_it(server):
    response = ask(server, f"SELECT * {{ SERVICE <{server.url}/sparql> {{ ?s ?p ?o }} }}")
    assert 400 == response.status_code
    assert "SERVICE is refused" in response.json()["detail"]


def test_the_default_graph_holds_data_and_ontology_and_no_shapes(server):
    classes = values(ask(server, "SELECT DISTINCT ?class { ?s a ?class }"))
    assert "https://w3id.org/claimgraph/ontology#Claim" in classes
    assert "http://www.w3.org/2002/07/owl#Class" in classes
    assert [name for name in classes if name.startswith("http://www.w3.org/ns/shacl#")] == []


def test_shapes_and_stored_queries_are_in_graphs_of_their_own(server):
    query = (
        "SELECT DISTINCT ?g { GRAPH ?g { ?s a ?class } FILTER STRSTARTS(STR(?class), STR(sh:)) }"
    )
    graphs = values(ask(server, query))
    parts = {
        graph.removeprefix("https://w3id.org/claimgraph/graph/").split("/")[0] for graph in graphs
    }
    assert {"shapes", "queries"} == parts


def test_a_file_is_a_named_graph(server):
    query = "SELECT ?g { GRAPH ?g { <https://w3id.org/claimgraph/id/claim/c-0045> a cg:Claim } }"
    assert ["https://w3id.org/claimgraph/graph/claims/0045"] == values(ask(server, query))


def test_the_dataset_of_the_protocol_overrides_that_of_the_query(server):
    graph = "https://w3id.org/claimgraph/graph/claims/0045"
    other = "https://w3id.org/claimgraph/graph/claims/0020"
    query = f"SELECT ?s FROM <{other}> {{ ?s a cg:Claim }}"
    found = values(ask(server, query, **{"default-graph-uri": graph}))
    assert ["https://w3id.org/claimgraph/id/claim/c-0045"] == found


def test_the_endpoint_describes_itself_to_programs_and_shows_people_a_form(server):
    description = server.get("/sparql", accept="text/turtle")
    triples = list(parse(description.content, RdfFormat.TURTLE))
    formats = {t.object.value for t in triples if t.predicate.value.endswith("#resultFormat")}
    assert {f.iri for f in (*FORMATS, *RESULT_FORMATS)} == formats
    counted = ask(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    sizes = {t.subject: t.object.value for t in triples if t.predicate.value.endswith("#triples")}
    (default,) = (t.object for t in triples if t.predicate.value.endswith("#defaultGraph"))
    assert [sizes[default]] == values(counted)
    assert "<textarea" in server.get("/sparql", accept="text/html").text


def test_people_get_a_table_with_labels_and_an_error_in_its_place(server):
    page = ask(server, SELECT, accept="text/html").text
    assert page.count("<tr") == 4
    assert "/doc/claim/c-0002" in page
    broken = ask(server, "SELECT * {", accept="text/html")
    assert 400 == broken.status_code
    assert "line 1" in broken.text
    assert "SELECT * {" in broken.text, "the query is not lost"


def test_a_long_answer_is_shown_in_part_and_says_so(server):
    page = ask(server, "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1500", accept="text/html").text
    assert page.count("<tr") == 1001
    assert "1,500 rows" in page
    assert "the first 1,000 are shown" in page


def test_people_who_ask_for_what_is_refused_keep_their_query(server):
    page = ask(server, "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }", accept="text/html")
    assert 400 == page.status_code
    assert "SERVICE is refused" in page.text
    assert "http://e.org/" in page.text


@pytest.mark.parametrize("declared", ["", "PREFIX cg: <http://example.org/> "])
def test_the_place_of_an_error_is_one_in_the_text_that_was_sent(server, declared):
    page = ask(server, f"{declared}SELECT *\n{{ ?s cg:expresses }}", accept="text/html").text
    assert 'data-line="2" data-column="19"' in page
    assert "<mark>   2  { ?s cg:expresses }</mark>\n                        ^" in page


def test_a_query_that_is_stopped_says_why_and_what_to_do(server):
    page = ask(server, ENDLESS, accept="text/html", timeout="0.2")
    assert 503 == page.status_code
    assert "took too long" in page.text
    assert "LIMIT 100" in page.text


def test_a_page_links_to_itself_with_the_snapshot_and_says_when_that_was_another(server):
    page = ask(server, SELECT, accept="text/html").text
    link = unescape(re.search(r'href="(/sparql\?query=[^"]*&amp;snapshot=\w+)"', page)[1])
    again = server.get(link, "text/html")
    assert 200 == again.status_code
    assert "another version" not in again.text
    other = server.get(re.sub("snapshot=.*", "snapshot=0123abc%3Cb%3E", link), "text/html").text
    assert "another version" in other
    assert "0123abc&lt;b&gt;" in other
    too_long = ask(server, SELECT + " #" + "x" * 6000, accept="text/html").text
    assert "too long for a link" in too_long


def test_a_stored_query_opens_in_the_form(server):
    page = server.get(
        "/sparql?name=3-numbers-and-times/deaths-attributed-to-russia", accept="text/html"
    ).text
    assert "responsible-for-deaths" in page


@pytest.mark.parametrize("format_", [JSON, XML, CSV])
def test_sparqlwrapper_reads_the_answers(server, format_):
    client = SPARQLWrapper(f"{server.url}/sparql", returnFormat=format_)
    client.setQuery(SELECT)
    result = client.query().convert()
    if format_ == JSON:
        assert 3 == len(result["results"]["bindings"])
    elif format_ == XML:
        assert 3 == len(result.getElementsByTagName("result"))
    else:
        assert 4 == len(list(csv.reader(io.StringIO(result.decode()))))


def test_sparqlwrapper_posts_and_constructs(server):
    client = SPARQLWrapper(f"{server.url}/sparql", returnFormat=TURTLE)
    client.setMethod(POST)
    client.setQuery(CONSTRUCT)
    assert len(list(parse(client.query().convert(), RdfFormat.TURTLE))) >= 100


def test_a_killer_query_ends_only_itself(server):
    nested = "ASK " + "{" * 400_000 + "}" * 400_000
    headers = {"content-type": "application/sparql-query"}
    killed = server.request("POST", "/sparql", content=nested, headers=headers)
    assert 503 == killed.status_code
    assert "ended the process" in killed.json()["detail"]
    assert 200 == ask(server, SELECT).status_code


def test_one_resource_says_all_its_methods(server):
    response = server.request("DELETE", "/sparql")
    assert 405 == response.status_code
    assert {"GET", "HEAD", "OPTIONS", "POST"} == set(response.headers["allow"].split(", "))


def test_what_is_not_utf_8_is_refused(server):
    headers = {"content-type": "application/sparql-query; charset=latin-1"}
    latin = server.request("POST", "/sparql", content="ASK {}", headers=headers)
    assert 415 == latin.status_code
    assert 400 == server.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%20%7D").status_code


def test_an_unknown_stored_query_is_not_found(server):
    assert 404 == server.get("/sparql?name=nope", accept="text/html").status_code


@pytest.mark.parametrize(
    "request_",
    [
        {"path": "/sparql?version=1.2&query=ASK%20%7B%7D"},
        {"path": "/sparql?query=VERSION%20%221.2%22%20ASK%20%7B%7D"},
        {"path": "/sparql", "method": "POST", "data": {"query": "ASK {}", "version": "1.2"}},
        {"path": "/sparql", "method": "POST", "content": "ASK {}",
         "headers": {"content-type": "application/sparql-query; version=1.2"}},
        {"path": "/sparql?query=ASK%20%7B%7D",
         "accept": "application/sparql-results+json; version=1.2"},
    ],
    ids=["parameter", "directive", "form", "media type", "Accept"],
)  # fmt: skip
def test_a_client_may_say_which_version_of_sparql_it_speaks(server, request_):
    response = server.request(request_.pop("method", "GET"), **request_)
    assert response.json()["boolean"] is True


@pytest.mark.parametrize("format_", [*RESULT_FORMATS, *FORMATS], ids=lambda f: f.extension)
def test_head_is_get_without_a_body(server, format_):
    query = SELECT if format_ in RESULT_FORMATS else CONSTRUCT
    get = ask(server, query, accept=format_.media_type)
    head = server.request("HEAD", "/sparql", format_.media_type, params={"query": query})
    varying = {"date", "x-request-id"}
    assert b"" == head.content
    assert int(head.headers["content-length"]) > 0
    assert {k: v for k, v in get.headers.items() if k not in varying} == {
        k: v for k, v in head.headers.items() if k not in varying
    }


def test_head_says_what_is_wrong_as_get_does(server):
    assert 400 == server.request("HEAD", "/sparql?query=SELEC").status_code
    assert 400 == server.request("HEAD", "/sparql?update=CLEAR%20ALL").status_code


def test_what_a_format_cannot_write_is_406_and_another_can(server):
    query = r'CONSTRUCT { <http://e.org/s> <http://e.org/p> "a\u0001b" } {}'
    refused = ask(server, query, accept="application/rdf+xml")
    assert 406 == refused.status_code
    assert "RDF/XML cannot write" in refused.json()["detail"]
    assert 200 == ask(server, query, accept="text/turtle").status_code


def test_people_who_send_an_update_keep_it(server):
    page = ask(server, "CLEAR ALL", accept="text/html")
    assert 400 == page.status_code
    assert "CLEAR ALL" in page.text
    assert "data changes by files" in page.text


def test_a_client_may_set_a_shorter_deadline(server):
    response = ask(server, ENDLESS, timeout="0.3")
    assert 503 == response.status_code
    assert "stopped after 0.3 s" in response.json()["detail"]
    assert response.headers["retry-after"]


@pytest.mark.parametrize("timeout", ["soon", "-1", "0", "nan"])
def test_a_deadline_that_is_no_number_of_seconds_is_400(server, timeout):
    response = ask(server, "ASK {}", timeout=timeout)
    assert 400 == response.status_code
    assert "timeout" in response.json()["detail"]


def test_a_client_that_leaves_ends_its_query(server):
    assert calm(server.pid)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{server.url}/sparql", params={"query": ENDLESS}, timeout=1.5)
    # long before its deadline of thirty seconds
    assert calm(server.pid)


def calm(pid: int) -> bool:
    """Whether none of the server's workers computes any more, within ten seconds."""
    end = time.monotonic() + 10
    while busy_workers(pid) and time.monotonic() < end:
        time.sleep(0.1)
    return not busy_workers(pid)


def busy_workers(pid: int) -> int:
    """How many of the server's workers compute just now."""
    listed = subprocess.run(
        ["ps", "-o", "stat=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return sum(state.startswith("R") for state in listed.stdout.split())


def test_an_answer_that_was_given_before_has_a_tag_and_gives_304(server):
    first = ask(server, SELECT, accept="text/csv")
    held = {"if-none-match": first.headers["etag"]}
    again = server.get("/sparql", "text/csv", params={"query": SELECT}, headers=held)
    assert (304, b"") == (again.status_code, again.content)
    assert first.headers["etag"] != ask(server, SELECT).headers["etag"]


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_an_answer_that_may_differ_is_never_kept(server, function):
    response = ask(server, f"SELECT ({function} AS ?x) {{}}")
    assert "no-store" == response.headers["cache-control"]
    assert "etag" not in response.headers
    again = ask(server, f"SELECT ({function} AS ?x) {{}}")
    # an engine may tell the time in whole seconds
    assert function == "NOW()" or response.content != again.content


def test_a_page_with_an_answer_that_may_differ_is_never_kept(server):
    response = ask(server, "SELECT (STRUUID() AS ?x) {}", accept="text/html")
    assert response.headers["content-type"].startswith("text/html")
    assert "no-store" == response.headers["cache-control"]
    assert "etag" not in response.headers
    lasting = ask(server, SELECT, accept="text/html")
    assert lasting.headers["etag"]


def test_large_answers_are_packed(server):
    query = "SELECT * { ?s ?p ?o } LIMIT 2000"
    packed = server.get("/sparql", params={"query": query}, headers={"accept-encoding": "zstd"})
    assert "zstd" == packed.headers["content-encoding"]
    assert packed.num_bytes_downloaded * 5 < len(packed.content)


def test_a_page_shows_the_view_of_the_url_or_of_the_comment(server):
    values = 'VALUES (?a ?n) { ("one" 1) ("<b>two" 2) }'
    query = f"#defaultView:BarChart\nSELECT * {{ {values} }}"
    page = ask(server, query, accept="text/html").text
    assert '<figure class="picture chart">' in page
    assert "&lt;b&gt;two" in page
    assert "<table>" in page
    table = ask(server, query, accept="text/html", view="table").text
    assert "<figure" not in table
    assert "view=chart" in table


RELATED = "SELECT DISTINCT ?event ?agent { ?p cg:event ?event ; cg:agent ?agent } LIMIT 20"


@pytest.mark.parametrize("view", ["graph", "tree"])
def test_things_in_two_columns_are_drawn_as_a_graph_and_as_a_tree(server, view):
    for page in (
        ask(server, RELATED, accept="text/html", view=view).text,
        ask(server, f"#defaultView:{view.title()}\n{RELATED}", accept="text/html").text,
    ):
        assert f'<figure class="picture {view}">' in page
        assert page.count('class="node"') >= 5
        assert "<table>" in page
    plain = ask(server, RELATED, accept="text/html").text
    assert "view=graph" in plain
    assert "view=tree" in plain
    assert "<figure" not in plain


@pytest.mark.parametrize("view", ["graph", "tree"])
@pytest.mark.parametrize(
    "query",
    ["DESCRIBE <{}claim/c-0045>", "CONSTRUCT {{ ?a cg:rebuts ?b }} WHERE {{ ?a cg:rebuts ?b }}"],
)
def test_triples_are_drawn_as_a_graph_and_as_a_tree(server, query, view):
    query = query.format("https://w3id.org/claimgraph/id/")
    page = ask(server, query, accept="text/html", view=view).text
    assert f'<figure class="picture {view}">' in page
    assert "<pre" in page
    default = ask(server, f"#defaultView:{view.title()}\n{query}", accept="text/html").text
    assert f'<figure class="picture {view}">' in default
    text = ask(
        server, f"#defaultView:{view.title()}\n{query}", accept="text/html", view="text"
    ).text
    assert "<figure" not in text


def test_a_view_that_does_not_fit_is_the_table(server):
    page = ask(server, "SELECT ?a { VALUES ?a { 1 } }", accept="text/html", view="graph").text
    assert "<figure" not in page
    assert "<table>" in page


def test_blank_nodes_are_told_apart(server):
    query = "CONSTRUCT { <http://e.example/a> <http://e.example/p> [] , [] } WHERE {}"
    page = ask(server, query, accept="text/html", view="graph").text
    assert page.count('class="node"') == 3
