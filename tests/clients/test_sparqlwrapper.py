"""SPARQLWrapper, with which most Python programs ask an endpoint: by GET and POST, every form."""

import warnings

import pytest
from pyoxigraph import NamedNode, RdfFormat
from SPARQLWrapper import GET, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from tests.conftest import canonical, triples_of

# SPARQLWrapper sends `format`, `output` and `results` beside Accept, and for these each twice:
# `format=rdf+xml&format=application/rdf+xml`


@pytest.fixture
def ask(own):
    """A function that sends a query and returns what SPARQLWrapper makes of the answer."""

    def send(query: str, format_: str, method: str = GET):
        client = SPARQLWrapper(f"{own.url}/sparql", returnFormat=format_)
        client.setQuery(query)
        client.setMethod(method)
        return client.query().convert()

    return send


@pytest.fixture
def about(truth):
    """A function that returns the triples that have an IRI for their subject."""
    return lambda iri: canonical(truth(iri).quads_for_subject(NamedNode(iri)))


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("format_", [TURTLE, N3])
def test_constructed_text_holds_the_triples_of_the_document(ask, about, iri, format_, method):
    found = ask(f"CONSTRUCT WHERE {{ <{iri}> ?p ?o }}", format_, method)
    assert about(iri) == triples_of(found, RdfFormat.TURTLE)


@pytest.mark.parametrize("format_", [RDFXML, JSONLD])
def test_constructed_graphs_of_rdflib_hold_them_too(ask, about, iri, format_):
    with warnings.catch_warnings():
        # SPARQLWrapper makes a kind of graph that rdflib would rather not have
        warnings.simplefilter("ignore", DeprecationWarning)
        found = ask(f"CONSTRUCT WHERE {{ <{iri}> ?p ?o }}", format_).serialize(format="nt")
    assert about(iri) == triples_of(found, RdfFormat.N_TRIPLES)


def test_rows_with_tabs_come_whole(ask, own):
    found = ask(f"SELECT * {{ <{own.url}/id/actor/russia> a ?type }}", TSV).decode()
    assert f"?type\n<{own.url}/ontology#Organization>\n" == found


def test_selected_iris_can_be_asked_about_in_turn(ask, about, own):
    query = """
        SELECT ?source {{ <{url}/id/claim/c-0045> <{url}/ontology#attribution> ?step .
          ?step <{url}/ontology#level> 1 ; <http://www.w3.org/ns/prov#agent> ?source }}"""
    rows = ask(query.format(url=own.url), JSON)["results"]["bindings"]
    (source,) = (row["source"]["value"] for row in rows)
    turtle = ask(f"CONSTRUCT WHERE {{ <{source}> ?p ?o }}", TURTLE)
    assert about(source) == triples_of(turtle, RdfFormat.TURTLE)


def test_questions_of_yes_and_no_are_answered(ask, iri):
    assert ask(f"ASK {{ <{iri}> ?p ?o }}", JSON)["boolean"]
    (answer,) = ask(f"ASK {{ <{iri}x> ?p ?o }}", XML).getElementsByTagName("boolean")
    assert "false" == answer.firstChild.data
