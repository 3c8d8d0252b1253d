"""What schemathesis puts where JSON Schema has no word for what is meant: SPARQL, RDF and IRIs."""

import json

import schemathesis
from hypothesis import strategies as st

from kg.rdf.formats import FORMATS, SPARQL_QUERY

QUERIES = st.sampled_from(
    ["ASK {}", "SELECT * { ?s ?p ?o } LIMIT 3", "CONSTRUCT WHERE { ?s a ?c }", "DESCRIBE <urn:x>"]
)
TURTLE = "<http://example.org/x> <http://example.org/n> <http://example.org/Thing> ."
RDF = {
    "JSON-LD": '{"@id": "http://example.org/x", "http://example.org/n": 1}',
    "RDF/XML": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
}

schemathesis.openapi.format("sparql-query", QUERIES)
schemathesis.openapi.format("iri", st.sampled_from(["http://example.org/a", "urn:x"]))
THING = "http://example.org/a"
EXTENSION = json.dumps({"ids": [THING], "properties": [{"id": "http://example.org/n"}]})
schemathesis.openapi.format("known-iri", st.just(THING))
schemathesis.openapi.format("name", st.sampled_from(["a", "Thing"]))
schemathesis.openapi.format("reconciliation-queries", st.just('{"q0": {"query": "a"}}'))
schemathesis.openapi.format("reconciliation-extension", st.just(EXTENSION))
schemathesis.openapi.format("seconds", st.sampled_from(["5", "2.5"]))
schemathesis.openapi.media_type(SPARQL_QUERY.media_type, QUERIES.map(str.encode))
for format_ in FORMATS:
    text = RDF.get(format_.name, TURTLE)
    body = st.just(text.encode())
    schemathesis.openapi.format(format_.extension, st.just(text))
    schemathesis.openapi.media_type(format_.media_type, body)
