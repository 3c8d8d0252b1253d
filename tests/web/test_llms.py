"""`/llms.txt` says what there is to ask, and what it names is there."""

import re

from kg.dataset.dumps import DUMP_NAMES


def test_it_names_the_schema_and_every_stored_query(server, snapshot):
    answer = server.get("/llms.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[0].startswith("# ")
    assert lines[2].startswith("> ")
    assert "PREFIX cg: <https://w3id.org/claimgraph/ontology#>" in lines
    assert any(line.startswith("- `cg:Claim`: ") for line in lines)
    asked = [line for line in lines if f"({server.url}/queries/" in line]
    assert len(asked) == len(snapshot.queries)


def test_its_links_lead_somewhere(server):
    links = re.findall(rf"\]\({re.escape(server.url)}(/[^)]*)\)", server.get("/llms.txt").text)
    # the first of the stored queries stands for all, which tests of theirs ask
    asked = [link for link in links if not link.startswith("/queries/")]
    assert {f"/{name}" for name in DUMP_NAMES} & set(asked)
    for link in asked:
        assert server.request("HEAD", link).status_code < 400


def test_the_page_of_the_data_leads_to_it(server):
    assert '"/llms.txt"' in server.get("/data", "text/html").text
