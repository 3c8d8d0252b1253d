"""rdflib, which most Python programs that read linked data use: documents, and the endpoint."""

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.conftest import canonical, triples_of

# rdflib warns of what rdflib itself still calls
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")


def triples(graph: rdflib.Graph):
    """The triples of rdflib's graph, as pyoxigraph compares them."""
    return triples_of(graph.serialize(format="nt"), RdfFormat.N_TRIPLES)


@pytest.fixture
def store(own):
    """The endpoint as a graph of rdflib."""
    graph = rdflib.Graph(SPARQLStore(f"{own.url}/sparql"))
    yield graph
    graph.close()


def test_parse_alone_reads_what_an_iri_leads_to(iri, truth):
    assert truth(iri) == triples(rdflib.Graph().parse(iri))


@pytest.mark.parametrize("format_", ["turtle", "n3", "nt", "xml", "json-ld"])
def test_parse_reads_every_format_that_it_asks_for(iri, truth, format_):
    assert truth(iri) == triples(rdflib.Graph().parse(iri, format=format_))


@pytest.mark.parametrize("format_", ["trig", "json-ld"])
def test_a_dataset_reads_the_formats_that_name_graphs(iri, truth, format_):
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(iri, format=format_)
    assert truth(iri) == triples(dataset)


# rdflib has no Accept header for N-Quads: they are read where they have an address of their own
@pytest.mark.parametrize(
    ("address", "format_"), [("id/claim/c-0045", "trig"), ("doc/claim/c-0045.nq", "nquads")]
)
def test_a_dataset_knows_the_graphs_of_the_triples(own, truth, address, format_):
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(f"{own.url}/{address}", format=format_)
    assert truth(f"{own.url}/id/claim/c-0045") == triples(dataset)
    assert len(dataset.graph(rdflib.URIRef(f"{own.url}/graph/claims/0045"))) > 50


def test_links_can_be_followed_from_a_claim_to_the_ontology(walk):
    walk(lambda iri: triples(rdflib.Graph().parse(iri)))


def test_the_endpoint_is_a_graph(own, store, truth):
    subject = f"{own.url}/id/actor/russia"
    expected = truth(subject).quads_for_subject(NamedNode(subject))
    found = rdflib.Graph()
    for triple in store.triples((rdflib.URIRef(subject), None, None)):
        found.add(triple)
    assert canonical(expected) == triples(found)


def test_the_endpoint_answers_each_form_of_query(own, store, truth):
    subject = f"{own.url}/id/actor/russia"
    selected = store.query(f"SELECT ?p ?o {{ <{subject}> ?p ?o }}")
    expected = canonical(truth(subject).quads_for_subject(NamedNode(subject)))
    assert len(expected) == len(selected)
    assert store.query(f"ASK {{ <{subject}> ?p ?o }}").askAnswer
    constructed = store.query(f"CONSTRUCT WHERE {{ <{subject}> ?p ?o }}").graph
    assert expected == triples(constructed)


def test_the_endpoint_takes_bindings_and_counts_its_triples(own, store):
    subject = rdflib.URIRef(f"{own.url}/id/actor/russia")
    rows = store.query(
        "SELECT ?o { ?s ?p ?o }", initBindings={"s": subject, "p": rdflib.RDFS.label}
    )
    labels = {str(row.o.language) for row in rows}
    assert labels <= {"en", "ar", "fr"}
    assert len(store) > 10_000
