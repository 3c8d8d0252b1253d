"""The terms for the editor over HTTP."""


def test_the_terms_are_json_with_a_tag_and_are_asked_for_again(server):
    first = server.get("/terms.json")
    assert "application/json" == first.headers["content-type"]
    assert 100 <= next(row[1] for row in first.json()["classes"] if row[0] == "cg:Claim")
    again = server.get("/terms.json", headers={"if-none-match": first.headers["etag"]})
    assert 304 == again.status_code


def test_the_counts_are_those_that_queries_give(server):
    terms = server.get("/terms.json").json()
    for name, count, *_ in (*terms["classes"][:5], terms["classes"][-1]):
        asked = {"query": f"SELECT (COUNT(*) AS ?n) {{ ?s a {name} }}"}
        answer = server.get("/sparql", "text/csv", params=asked).text
        assert f"n\r\n{count}\r\n" == answer, name
    for name, count, *_ in (*terms["properties"][:5], terms["properties"][-1]):
        asked = {"query": f"SELECT (COUNT(*) AS ?n) {{ ?s {name} ?o }}"}
        assert f"n\r\n{count}\r\n" == server.get("/sparql", "text/csv", params=asked).text, name
