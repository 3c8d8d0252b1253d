"""Comunica and rdf-dereference, with which programs in JavaScript read linked data."""

import json
import shutil
import subprocess

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from tests.conftest import REPO, canonical, triples_of

PROGRAMS = REPO / "tests" / "clients" / "node_modules" / ".bin"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not (shutil.which("node") and (PROGRAMS / "comunica-sparql").exists()),
        reason="no clients in JavaScript: sh scripts/clients.sh",
    ),
]

EVERYTHING = "CONSTRUCT WHERE { ?s ?p ?o }"
EVERY_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


def run(program: str, *arguments: str) -> bytes:
    """What the program prints."""
    command = [str(PROGRAMS / program), *arguments]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert 0 == done.returncode, done.stderr.decode()
    return done.stdout


def comunica(source: str, query: str, *options: str):
    """The triples that Comunica constructs from a source."""
    answer = run("comunica-sparql", source, query, "-t", "application/n-triples", *options)
    return triples_of(answer, RdfFormat.N_TRIPLES)


def term(text: str) -> NamedNode | Literal:
    """A term as rdf-dereference prints it; the claim graph has no blank nodes outside lists."""
    if not text.startswith('"'):
        return NamedNode(text)
    value, _, kind = text[1:].rpartition('"')
    if kind.startswith("@"):
        return Literal(value, language=kind[1:])
    return Literal(value, datatype=NamedNode(kind[2:])) if kind else Literal(value)


def rdf_dereference(iri: str):
    """The triples that rdf-dereference finds at an IRI."""
    quads = json.loads(run("rdf-dereference", iri))
    return canonical(
        Quad(*(term(quad[part]) for part in ("subject", "predicate", "object"))) for quad in quads
    )


def test_rdf_dereference_reads_what_an_iri_leads_to(iri, truth):
    assert truth(iri) == rdf_dereference(iri)


def test_rdf_dereference_can_follow_links_from_a_claim_to_the_ontology(walk):
    walk(rdf_dereference)


def test_comunica_queries_what_an_iri_leads_to(iri, truth):
    assert truth(iri) == comunica(iri, EVERYTHING)


def test_comunica_can_follow_links_from_a_claim_to_the_ontology(walk):
    walk(lambda iri: comunica(iri, EVERYTHING, "--unionDefaultGraph"))


def test_comunica_finds_the_graphs_that_the_triples_of_a_document_are_from(own, truth):
    claim = f"{own.url}/id/claim/c-0045"
    named = {str(quad) for quad in comunica(claim, EVERY_GRAPH)}
    beside = {str(quad) for quad in truth(claim)} - named
    # only what the document says of itself is in no graph of the data's
    assert {f"<{own.url}/doc/claim/c-0045>"} == {quad.partition(" ")[0] for quad in beside}


def test_comunica_joins_the_documents_of_a_claim_and_its_source(own):
    claim, source = f"{own.url}/id/claim/c-0045", f"{own.url}/id/actor/sohr"
    path = f"<{own.url}/ontology#attribution>/<http://www.w3.org/ns/prov#agent>"
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    query = f"""SELECT ?name {{ <{claim}> {path}/{label} ?name . FILTER(LANG(?name) = 'en') }}"""
    table = ("-t", "application/sparql-results+json", "--unionDefaultGraph")
    found = json.loads(run("comunica-sparql", claim, source, "-q", query, *table))
    names = {row["name"]["value"] for row in found["results"]["bindings"]}
    assert {"Syrian Observatory for Human Rights"} == names


def test_comunica_queries_the_endpoint(own, iri, truth):
    expected = canonical(truth(iri).quads_for_subject(NamedNode(iri)))
    found = comunica(f"sparql@{own.url}/sparql", f"CONSTRUCT WHERE {{ <{iri}> ?p ?o }}")
    assert expected == found


def test_comunica_finds_out_that_the_endpoint_is_one(own):
    query = f"ASK {{ <{own.url}/id/claim/c-0045> a <{own.url}/ontology#Claim> }}"
    assert b"true" == run("comunica-sparql", f"{own.url}/sparql", query).strip()
