"""The reconciliation service over HTTP, each answer by the official schemas of the API."""

import json

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from tests.conftest import REPO, serving

SCHEMAS = REPO.parent / "shared" / "standards" / "recon-0.2"

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"


@pytest.fixture(scope="module")
def valid():
    """A function that checks an answer by a schema of version 0.2, and returns it."""
    if not SCHEMAS.is_dir():
        pytest.skip("the schemas of the API are not beside the repository, in shared/standards")
    every = {path.name: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")}
    base = "https://reconciliation-api.github.io/specs/0.2/schemas/"
    pairs = [(base + name, Resource(one, DRAFT7)) for name, one in every.items()]
    registry = Registry().with_resources(pairs)

    def check(name: str, answer):
        assert [] == [
            e.message for e in Draft7Validator(every[name], registry=registry).iter_errors(answer)
        ]
        return answer

    return check


# as many values as one query may name
MANY = {"properties": [{"pid": LABEL, "v": ["a"] * 20}] * 20}


def ask(server, queries, method="GET"):
    encoded = {"queries": queries if isinstance(queries, str) else json.dumps(queries)}
    if method == "GET":
        return server.get("/reconcile", params=encoded)
    return server.request("POST", "/reconcile", data=encoded)


def iri_of(server, name: str) -> str:
    return ask(server, {"q": {"query": name}}).json()["q"]["result"][0]["id"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_names_as_people_write_them_are_matched(server, valid, method):
    names = {
        "ISIL": "islamic-state",
        "Daesh": "islamic-state",
        "داعش": "islamic-state",
        "Syrian Democratic Forces (QSD)": "syrian-democratic-forces",
        "Rakka": "raqqa",
        "Kobanê": "kobani",
    }
    queries = {name: {"query": name, "limit": 3} for name in names}
    valid("reconciliation-query-batch.json", queries)
    response = ask(server, queries, method)
    answer = valid("reconciliation-result-batch.json", response.json())
    assert names == {key: one["result"][0]["id"].rpartition("/")[2] for key, one in answer.items()}
    assert "*" == response.headers["access-control-allow-origin"]


def test_the_manifest_leads_to_all_parts_of_the_service(server, valid):
    found = valid("manifest.json", server.get("/reconcile").json())
    assert ["0.2"] == found["versions"]
    raqqa = iri_of(server, "Raqqa")
    for kind, service in found["suggest"].items():
        url = service["service_url"] + service["service_path"]
        answer = server.client.get(url, params={"prefix": "a"}).json()
        valid(
            {"entity": "suggest-entities-response.json", "type": "suggest-types-response.json"}.get(
                kind, "suggest-properties-response.json"
            ),
            answer,
        )
        assert answer["result"]
        shown = service["flyout_service_url"] + service["flyout_service_path"].replace(
            "${id}", raqqa
        )
        assert "Raqqa" in server.client.get(shown).json()["html"]
    preview = server.client.get(found["preview"]["url"].replace("{{id}}", raqqa))
    assert "Raqqa" in preview.text
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert (
        200
        == server.client.get(
            found["view"]["url"].replace("{{id}}", raqqa), follow_redirects=True
        ).status_code
    )


def test_an_iri_means_itself(server):
    raqqa = iri_of(server, "Raqqa")
    first = ask(server, {"q": {"query": raqqa}}).json()["q"]["result"][0]
    assert (raqqa, 100, True) == (first["id"], first["score"], first["match"])


def test_types_choose_or_cost_points(server):
    raqqa = ask(server, {"q": {"query": "Raqqa"}}).json()["q"]["result"][0]
    kind = raqqa["type"][0]["id"]

    def score(**constraint):
        results = ask(server, {"q": {"query": "Raqqa", **constraint}}).json()["q"]["result"]
        return {one["id"]: one["score"] for one in results}.get(raqqa["id"])

    assert raqqa["score"] == score(type=kind) == score(type=[kind], type_strict="all")
    assert score(type=f"{RDFS}Class") is None
    assert score(type=[kind, f"{RDFS}Class"], type_strict="any") == raqqa["score"]
    assert score(type=[kind, f"{RDFS}Class"], type_strict="all") is None
    assert score(type=f"{RDFS}Class", type_strict="should") == raqqa["score"] - 30


def test_a_property_without_the_value_costs_points(server):
    def score(value):
        query = {"query": "Raqqa", "properties": [{"pid": LABEL, "v": value}]}
        return ask(server, {"q": query}).json()["q"]["result"][0]["score"]

    assert 10 == score("RAQQA") - score("Paris")


def test_rows_are_extended_by_what_is_proposed(server, valid):
    first = ask(server, {"q": {"query": "Raqqa"}}).json()["q"]["result"][0]
    kind = first["type"][0]["id"]
    proposed = server.get("/reconcile/propose", params={"type": kind, "limit": 3}).json()
    valid("data-extension-property-proposal.json", proposed)
    asked = {"ids": [first["id"]], "properties": [{"id": LABEL, "settings": {"limit": 1}}]}
    valid("data-extension-query.json", asked)
    response = server.request("POST", "/reconcile", data={"extend": json.dumps(asked)})
    rows = valid("data-extension-response.json", response.json())["rows"]
    assert 1 == len(rows[first["id"]][LABEL])
    assert 3 == len(proposed["properties"])


@pytest.mark.parametrize(
    ("parameters", "status", "word"),
    [
        ({"queries": "{"}, 400, "not JSON"),
        ({"queries": "[" * 100_000}, 400, "not JSON"),
        ({"queries": "[]"}, 400, "object"),
        ({"queries": '{"q": 3}'}, 400, "queries.q"),
        ({"queries": '{"q": {}}'}, 400, "send a query"),
        ({"queries": '{"q": {"query": 3}}'}, 400, "send a text"),
        ({"queries": '{"q": {"query": "a", "limit": -1}}'}, 400, "limit"),
        ({"queries": '{"\\ud800": {"query": "a"}}'}, 400, "not JSON"),
        ({"queries": '{"q": {"query": "\\udc00 a"}}'}, 400, "not JSON"),
        ({"queries": json.dumps(dict.fromkeys("abc", MANY))}, 413, "1,000 values"),
        ({"queries": '{"q": {"query": "a", "limit": NaN}}'}, 400, "limit"),
        ({"queries": '{"q": {"query": "a", "type": {}}}'}, 400, "type"),
        ({"queries": '{"q": {"query": "a", "type_strict": "no"}}'}, 400, "type_strict"),
        ({"queries": '{"q": {"query": "a", "more": 1}}'}, 400, "more"),
        ({"queries": '{"q": {"query": "a", "properties": [{"pid": "x:y", "v": 1}]}}'}, 400, "x:y"),
        ({"queries": json.dumps({str(n): {"query": "a"} for n in range(51)})}, 413, "50"),
        ({"extend": '{"ids": ["http://no.example/"], "properties": []}'}, 400, "no.example"),
        ({"extend": '{"ids": ["a> <b"], "properties": []}'}, 400, "nothing here"),
        ({"extend": '{"ids": [], "properties": [{"id": "x:y"}]}'}, 400, "x:y"),
        ({"extend": '{"ids": [1], "properties": []}'}, 400, "text"),
        ({"queries": "{}", "extend": "{}"}, 400, "not both"),
        ({"wrong": "1"}, 400, "wrong"),
    ],
)
def test_what_is_asked_wrongly_is_refused_with_words(server, parameters, status, word):
    response = server.request("POST", "/reconcile", data=parameters)
    assert status == response.status_code
    assert "application/problem+json" == response.headers["content-type"]
    assert word in response.json()["detail"]
    assert "*" == response.headers["access-control-allow-origin"]


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/reconcile/suggest/entity", 400, "prefix"),
        ("/reconcile/suggest/entity?prefix=a&cursor=-1", 400, "cursor"),
        ("/reconcile/suggest/entity?prefix=a&cursor=x", 400, "cursor"),
        ("/reconcile/suggest/entity?prefix=a&more=1", 400, "more"),
        ("/reconcile/suggest/entity?prefix=a&prefix=b", 400, "prefix"),
        ("/reconcile/suggest/nothing?prefix=a", 404, "nothing"),
        ("/reconcile/flyout/entity", 400, "nothing here"),
        ("/reconcile/flyout/type?id=http://no.example/", 400, "no.example"),
        ("/reconcile/preview?id=%22%3E%3Cscript%3E", 400, "nothing here"),
        ("/reconcile/preview?id=a&id=b", 400, "id"),
        ("/reconcile/propose?limit=0", 400, "limit"),
        ("/reconcile/propose?limit=many", 400, "limit"),
        ("/reconcile/propose?typ=x", 400, "typ"),
        ("/reconcile?queries=%7B%7D&queries=%7B%7D", 400, "queries"),
        ("/reconcile?callback=evil", 400, "callback"),
    ],
)
def test_parts_that_are_asked_wrongly_say_what_is_wrong(server, path, status, word):
    response = server.get(path, "application/json")
    assert status == response.status_code
    assert "application/problem+json" == response.headers["content-type"]
    assert word in response.text


def test_other_bodies_and_bodies_that_are_too_long_are_refused(server):
    def sent(body: bytes, type_: str) -> int:
        headers = {"content-type": type_}
        return server.request("POST", "/reconcile", content=body, headers=headers).status_code

    form = "application/x-www-form-urlencoded"
    assert 415 == sent(b"{}", "application/json")
    assert 413 == sent(b"queries=" + b"a" * 20_000_000, form)
    assert 400 == sent(b"queries=\xff\xfe", form)
    many = {"ids": ["http://a.example/"] * 501, "properties": []}
    response = server.request("POST", "/reconcile", data={"extend": json.dumps(many)})
    assert (413, "500") == (
        response.status_code,
        "".join(filter(str.isdigit, response.json()["detail"])),
    )


EVIL = '</script><script>alert(1)</script>" onload=x {{7*7}} ${id} \u202e'


def test_names_that_try_to_be_code_stay_text(tmp_path):
    label = EVIL.replace('"', '\\"')
    (tmp_path / "a.ttl").write_text(
        f'<http://e.example/a> <http://www.w3.org/2000/01/rdf-schema#label> "{label}" .', "utf-8"
    )
    with serving(str(tmp_path)) as running:
        (found,) = ask(running, {EVIL: {"query": EVIL}}).json()[EVIL]["result"]
        assert (EVIL, 100) == (found["name"], found["score"])
        preview = running.get("/reconcile/preview?id=http://e.example/a")
        flyout = running.get("/reconcile/flyout/entity?id=http://e.example/a").json()["html"]
        for shown in (preview.text, flyout):
            assert "<script" not in shown
            assert "&lt;/script&gt;" in shown
        assert "default-src 'none'" in preview.headers["content-security-policy"]


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE x --", '" } SELECT * { ?s ?p ?o } #', "\\", "%00", "\x00", "*", "a" * 3_000],
)
def test_queries_that_try_to_be_code_are_only_names(server, text):
    response = ask(server, {"q": {"query": text}}, "POST")
    assert 200 == response.status_code
    assert all(one["score"] < 92 for one in response.json()["q"]["result"])
