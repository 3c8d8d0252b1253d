"""Answers to the character: what other readers than the engine's find in them."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from kg.errors import ResultTooLarge, Unwritable
from kg.rdf.formats import CSV, JSON, RDF_XML, TSV, TURTLE, XML
from kg.store.base import SparqlRequest

NS = "{http://www.w3.org/2005/sparql-results#}"
HARD = 'a\r\nb\rc\n\t,;<&>"\\ é𝒳'
QUERY = (
    r'SELECT ?v ?w { VALUES (?v ?w) { ("a\r\nb\rc\n\t,;<&>\"\\ é𝒳" UNDEF) '
    '("x"@en 1.5) (UNDEF UNDEF) ("" <http://e.org/a,b>) } }'
)


def answer(store, query, format_, size=1_000_000) -> bytes:
    return store.answer(SparqlRequest(query, format_, seconds=30, bytes=size)).body


def test_json(store):
    document = json.loads(answer(store, QUERY, JSON))
    assert {"vars": ["v", "w"]} == document["head"]
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    assert [
        {"v": {"type": "literal", "value": HARD}},
        {
            "v": {"type": "literal", "value": "x", "xml:lang": "en"},
            "w": {"type": "literal", "value": "1.5", "datatype": decimal},
        },
        {},
        {
            "v": {"type": "literal", "value": ""},
            "w": {"type": "uri", "value": "http://e.org/a,b"},
        },
    ] == document["results"]["bindings"]


def test_xml(store):
    root = ElementTree.fromstring(answer(store, QUERY, XML))
    assert ["v", "w"] == [variable.get("name") for variable in root.iter(f"{NS}variable")]
    rows = [
        {binding.get("name"): binding[0].text or "" for binding in result}
        for result in root.iter(f"{NS}result")
    ]
    assert [{"v": HARD}, {"v": "x", "w": "1.5"}, {}, {"v": "", "w": "http://e.org/a,b"}] == rows


def test_csv(store):
    text = answer(store, QUERY, CSV).decode()
    assert text.startswith("v,w\r\n")
    assert text.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [["v", "w"], [HARD, ""], ["x", "1.5"], ["", ""], ["", "http://e.org/a,b"]] == rows


def test_tsv(store):
    lines = answer(store, QUERY, TSV).decode().split("\n")
    assert [
        "?v\t?w",
        r'"a\r\nb\rc\n\t,;<&>\"\\ é𝒳"' + "\t",
        '"x"@en\t1.5',
        "\t",
        '""\t<http://e.org/a,b>',
        "",
    ] == lines


@pytest.mark.parametrize(
    ("query", "word"), [("ASK {}", "true"), ("ASK { FILTER(false) }", "false")]
)
def test_a_boolean(store, query, word):
    assert {"head": {}, "boolean": word == "true"} == json.loads(answer(store, query, JSON))
    assert word == ElementTree.fromstring(answer(store, query, XML)).findtext(f"{NS}boolean")


def test_xml_never_holds_what_xml_forbids(store):
    query = r'SELECT ("a\u0001b" AS ?x) {}'
    with pytest.raises(Unwritable, match="XML cannot write"):
        answer(store, query, XML)
    assert r"a\u0001b" in answer(store, query, JSON).decode()
    with pytest.raises(Unwritable, match="RDF/XML cannot write"):
        answer(store, r'CONSTRUCT { ex:a ex:b "\u0001" } {}', RDF_XML)


@pytest.mark.parametrize("format_", [TURTLE, RDF_XML], ids=lambda f: f.name)
def test_a_graph_over_the_limit_is_refused(store, format_):
    with pytest.raises(ResultTooLarge, match="100 bytes"):
        answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", format_, size=100)
