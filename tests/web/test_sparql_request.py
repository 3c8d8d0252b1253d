"""What is said of an empty answer, in a header and on the page; the rest is in test_sparql.py."""

import pytest

from kg.rdf.formats import FORMATS, RDF_XML, RESULT_FORMATS

MISSPELT = "?claim a cg:Clame"
HINT = '</sparql>; rel="help"; title="cg:Clame is nowhere in the data. Did you mean cg:Claim?"'


def link(server, query, accept, method="GET"):
    where = {"params": {"query": query}} if method == "GET" else {"data": {"query": query}}
    answer = server.request(method, "/sparql", accept, **where)
    assert 200 == answer.status_code
    return answer.headers.get("link", "")


@pytest.mark.parametrize("format_", RESULT_FORMATS, ids=lambda f: f.name)
def test_an_empty_answer_comes_with_the_names_that_may_be_why(server, format_):
    assert HINT in link(server, f"SELECT * {{ {MISSPELT} }}", format_.media_type)
    assert HINT in link(server, f"SELECT * {{ {MISSPELT} }}", format_.media_type, "POST")
    assert HINT not in link(
        server, f"SELECT * {{ ?s a cg:Claim OPTIONAL {{ {MISSPELT} }} }}", format_.media_type
    )
    if format_.boolean:
        assert HINT in link(server, f"ASK {{ {MISSPELT} }}", format_.media_type)


@pytest.mark.parametrize("format_", [f for f in FORMATS if f is not RDF_XML], ids=lambda f: f.name)
def test_an_empty_graph_comes_with_the_names_that_may_be_why(server, format_):
    query = f"CONSTRUCT {{ ?claim ?p ?o }} {{ {MISSPELT} ; ?p ?o }}"
    assert HINT in link(server, query, format_.media_type)


def test_names_beyond_ascii_are_encoded_as_headers_are(server):
    found = link(server, "SELECT * { <https://w3id.org/claimgraph/é> ?p ?o }", "text/csv")
    assert (
        "title*=UTF-8''%3Chttps%3A%2F%2Fw3id.org%2Fclaimgraph%2F%C3%A9%3E%20is%20nowhere" in found
    )


@pytest.mark.parametrize(
    "query",
    [f"SELECT * {{ {MISSPELT} }}", f"ASK {{ {MISSPELT} }}", f"CONSTRUCT WHERE {{ {MISSPELT} }}"],
)
def test_the_page_says_which_names_the_data_lack(server, query):
    page = server.get("/sparql", "text/html", params={"query": query}).text
    assert "<code>cg:Clame</code> is nowhere in the data." in page
    assert "Did you mean <code>cg:Claim</code>?" in page


def test_an_answer_that_is_not_empty_needs_no_reason(server):
    query = f"SELECT * {{ ?s a cg:Claim OPTIONAL {{ {MISSPELT} }} }} LIMIT 1"
    assert "nowhere" not in server.get("/sparql", "text/html", params={"query": query}).text


def test_many_names_that_are_nowhere_are_not_all_looked_for(server):
    many = " ".join(f"cg:c{n}" for n in range(1_500))
    near = f"SELECT * {{ {MISSPELT} FILTER (?claim IN ({many.replace(' ', ', ')})) }}"
    assert "cg:Clame is nowhere" in link(server, near, "text/csv", "POST")
    far = f"SELECT * {{ VALUES ?claim {{ {many} }} {MISSPELT} }}"
    assert "cg:Clame" not in link(server, far, "text/csv", "POST")


@pytest.mark.parametrize("namespace", ["https://w3id.org/claimgraph/ontology#", "ontology#"])
def test_a_name_of_a_prefix_that_a_query_declares_is_known(server, namespace):
    query = f"PREFIX o: <{namespace}> SELECT * {{ ?c a o:Claim FILTER(false) }}"
    assert "o:Claim" not in link(server, query, "text/csv")
    assert "o:Clame is nowhere in the data. Did you mean cg:Claim?" in link(
        server, query.replace("Claim", "Clame"), "text/csv"
    )
