"""JSON-LD documents: what they look like, and that nothing is lost, whatever the data says."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse
from rdflib import Graph

from kg.dataset.description import describe
from kg.errors import NotRepresentable
from kg.rdf.formats import JSON_LD, JSON_LD_GRAPHS, TURTLE
from kg.views.jsonld import context_document
from kg.views.representation import represent
from tests.conftest import with_context

EX = "http://example.org/"
ONTOLOGY = """
    ex:Person a owl:Class . ex:knows a owl:ObjectProperty . ex:age a owl:DatatypeProperty .
    ex:part a owl:ObjectProperty . ex:json a owl:DatatypeProperty . ex:note a owl:DatatypeProperty .
"""
SHAPES = """
    @prefix dash: <http://datashapes.org/dash#> .
    ex:age-shape sh:path ex:age ; sh:datatype xsd:integer .
    ex:part-shape sh:path ex:part ; dash:composite true .
    ex:label-shape sh:path rdfs:label ; sh:uniqueLang true .
    ex:alt-shape sh:path skos:altLabel ;
        sh:datatype <http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .
    ex:json-shape sh:path ex:json ;
        sh:datatype <http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .
"""
TERMS = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "


@pytest.fixture
def project_of(snapshot_of):
    """A function that builds the snapshot of some data beside a vocabulary."""

    def make(turtle: str, ontology: str = ONTOLOGY, shapes: str = SHAPES):
        files = {"data/ttl/f.ttl": TERMS + turtle, "ontology/o.ttl": ontology}
        return snapshot_of({"kg.toml": f'base = "{EX}"', "shapes/s.ttl": shapes, **files})

    return make


@pytest.fixture
def document_of(project_of):
    """A function that returns the JSON of the document about ex:a, or another."""

    def make(turtle: str, name: str = "a") -> dict:
        snapshot = project_of(turtle)
        return json.loads(represent(snapshot, describe(snapshot, EX + name), JSON_LD).body)

    return make


@pytest.fixture
def node_of(document_of):
    """A function that returns the node of ex:a without its id."""

    def make(turtle: str) -> dict:
        node = document_of(turtle)["@graph"][0]
        assert "ex:a" == node.pop("id")
        return node

    return make


def canonical(quads) -> set[str]:
    dataset = Dataset(Quad(*quad.triple) for quad in quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def by_the_engine(text: bytes) -> set[str]:
    return canonical(parse(text, RdfFormat.JSON_LD))


def by_pyld(text: bytes) -> set[str]:
    lines = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    return canonical(parse(lines, RdfFormat.N_QUADS))


def by_rdflib(text: bytes) -> set[str]:
    graph = Graph().parse(data=text, format="json-ld")
    return canonical(parse(graph.serialize(format="nt"), RdfFormat.N_TRIPLES))


READERS = [by_the_engine, by_pyld, by_rdflib]

ODD = {
    "literals of a property of things": "ex:a ex:knows 'text', 'ex:b', 'http://example.org/b', 1 .",
    "things of a property of numbers": "ex:a ex:age ex:b, [ ex:age 1 ], 'ex:b' .",
    "other datatypes": "ex:a ex:age 5, 5.50, true, '5', '5'^^xsd:int, 'x'^^ex:Person .",
    "texts of one language": "ex:a rdfs:label 'one'@en, 'two'@en, 'drei'@de-CH, 'x'@EN-us .",
    "a text without a language": "ex:a rdfs:label 'one'@en, 'two', '' .",
    "numbers and things as labels": "ex:a rdfs:label 'one'@en, 1, ex:b ; skos:altLabel 1, 'x' .",
    "several alternative labels": "ex:a skos:altLabel 'one'@en, 'two'@en, 'un'@fr .",
    "texts like keywords": "ex:a ex:p '@id', '@type', 'id', '_:b', '' ; ex:knows <@id> .",
    "types of every kind": "ex:a a ex:Person, ex:Other, 'text', [ ex:p 1 ], 1 . [] a ex:a .",
    "the names of namespaces": f"ex:a ex:knows <{EX}> ; <{EX}> <{EX}>, rdfs: ; a <{EX}> .",
    "a scheme like a prefix": "ex:a ex:knows <ex:b>, <skos:x> ; <ex:p> 1, 'x'^^<xsd:d> ; a <ex:T>.",
    "a scheme like a term": "ex:a ex:knows <knows:b>, <age:b> ; <knows:p> 1 . <age:x> ex:p ex:a .",
    "a scheme like an alias": "ex:a ex:knows <id:b>, <type:b> ; <type:p> 1 .",
    "other schemes": "ex:a ex:knows <urn:x>, <mailto:a@b.example>, <tag:x//y>, <file:///a> .",
    "awkward local names": f"ex:a <{EX}p/q> 1 ; <{EX}a#b> 1 ; <{EX}//p> <{EX}//> ; <{EX}@id> 1 .",
    "JSON": """ex:a ex:json '{"b": 1.0}'^^rdf:JSON, 'broken'^^rdf:JSON ; ex:p '[]'^^rdf:JSON .""",
    "lists": "ex:a ex:p (), (1 'x' ex:b), ((1) () (())), ([ ex:p 1 ] [ ex:p 2 ]) .",
    "lists of typed properties": "ex:a ex:age (1 2 'x') ; ex:knows (ex:b ex:c 1), () .",
    "lists of labels": "ex:a rdfs:label ('x'@en 'y'@en), 'z'@en, () ; skos:altLabel ('x'@en 1) .",
    "one list of two": "ex:a ex:p _:l ; ex:q _:l . _:l rdf:first 1 ; rdf:rest () .",
    "a list with a title": "ex:a ex:p _:l . _:l rdf:first 1 ; rdf:rest () ; rdfs:label 'L' .",
    "a list with two ends": "ex:a ex:p _:l . _:l rdf:first 1, 2 ; rdf:rest (), (3) .",
    "a list without an end": "ex:a ex:p _:l . _:l rdf:first 1 ; rdf:rest [ rdf:first 2 ] .",
    "a list that ends in a text": "ex:a ex:p _:l . _:l rdf:first 1 ; rdf:rest 'x' .",
    "a list in a ring": "ex:a ex:p _:l . _:l rdf:first 1 ; rdf:rest [ rdf:rest _:l ] .",
    "a list with names": "ex:a ex:p ex:l . ex:l rdf:first 1 ; rdf:rest ex:m . ex:m rdf:rest () .",
    "a list that says of itself": "ex:a ex:p _:l . _:l rdf:first _:l ; rdf:rest () .",
    "what is said of nil": "ex:a ex:part rdf:nil . rdf:nil ex:p (1) .",
    "blank nodes": "ex:a ex:p [], [ ex:q [] ], _:x ; ex:q _:x . _:x ex:p 1 . [] ex:p ex:a .",
    "a ring of blank nodes": "ex:a ex:p 1 . _:x ex:p _:y . _:y ex:p _:x, ex:a .",
    "a blank node of itself": "ex:a ex:p _:x . _:x ex:p _:x, 1 .",
    "a part of itself": "ex:a ex:part ex:a .",
    "a ring of parts": "ex:a ex:part ex:b . ex:b ex:part ex:c . ex:c ex:part ex:a ; ex:p 1 .",
    "a part of two": "ex:a ex:part ex:b, ex:c . ex:b ex:part ex:d . ex:c ex:part ex:d . ex:d a 1 .",
    "a part that is a class": "ex:a ex:part ex:b ; a ex:b . ex:b ex:p 1 .",
    "a part in a list": "ex:a ex:part (ex:b) , ex:c . ex:b ex:p 1 . ex:c ex:p 1 .",
    "very deep": "ex:a ex:p " + "[ ex:p " * 40 + "1" + "]" * 40 + " .",
    "very deep lists": "ex:a ex:p " + "(" * 40 + "1" + ")" * 40 + " .",
    "a long list": "ex:a ex:p (" + " 1" * 60 + ") .",
    "any script": "ex:a ex:é <http://é.example/東> ; "
    "ex:p 'حلب \N{GRINNING FACE} \\u0001\\r\\n\\t \"'@ar-Latn .",
}  # fmt: skip


# rdflib's parser uses a class of rdflib's that is deprecated
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("reader", READERS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("turtle", ODD.values(), ids=ODD)
def test_nothing_is_lost_whatever_the_data_says(project_of, turtle, reader):
    snapshot = project_of(turtle)
    description = describe(snapshot, f"{EX}a")
    expected = canonical((*description.quads, *description.incoming))
    body = represent(snapshot, description, JSON_LD).body
    assert expected == reader(with_context(body, context_document(snapshot)))


def test_the_resource_comes_first_and_says_what_it_is(document_of):
    document = document_of("ex:A a ex:Person ; ex:knows ex:a . ex:a ex:p 1 ; a ex:Person .")
    assert "/context.jsonld" == document["@context"]
    assert ["ex:a", "ex:A"] == [node["id"] for node in document["@graph"]]
    assert ["id", "type", "ex:p"] == list(document["@graph"][0])


def test_names_of_the_vocabulary_are_short_and_values_plain(node_of):
    assert {
        "type": "Person", "age": "042", "knows": ["ex:b", "ex:c"],
        "label": {"de": "Ä", "en": "A"}, "altLabel": {"en": ["B", "C"], "fr": ["D"]},
    } == node_of("""
        ex:a a ex:Person ; ex:age 042 ; ex:knows ex:b, ex:c ; rdfs:label 'A'@en, 'Ä'@de ;
            skos:altLabel 'B'@en, 'C'@en, 'D'@fr .
    """)  # fmt: skip


def test_a_value_of_another_type_is_under_the_prefixed_name_with_its_type(node_of):
    node = node_of("ex:a ex:age 1, 5.50 ; ex:knows ex:b, 'a text' .")
    assert {
        "age": "1", "ex:age": {"type": "xsd:decimal", "@value": "5.50"},
        "knows": "ex:b", "ex:knows": "a text",
    } == node  # fmt: skip


def test_no_number_is_a_number_of_json(document_of):
    text = json.dumps(document_of("ex:a ex:p 1, 5.50, 1.0E1, true ; ex:age 1 ."))
    assert {"1", "5.50", "1.0E1", "true"} <= set(re.findall(r'"([^"]*)"', text))
    assert not re.search(r": (?:[0-9]|true)", text)


@pytest.mark.parametrize("literal", ["1e0", "1.0E1", "005", "'1'^^xsd:boolean"])
def test_lexical_forms_are_kept(project_of, literal):
    """Read by the engine alone: the two other readers give literals their canonical forms."""
    snapshot = project_of(f"ex:a ex:age {literal} ; ex:p {literal} .")
    description = describe(snapshot, f"{EX}a")
    body = represent(snapshot, description, JSON_LD).body
    found = by_the_engine(with_context(body, context_document(snapshot)))
    assert canonical(description.quads) == found


def test_parts_and_blank_nodes_are_where_they_are_referred_to(node_of):
    node = node_of("ex:a ex:part ex:b . ex:b ex:p [ ex:q 'x' ] ; ex:part ex:c . ex:c ex:q 'y' .")
    inner = {"id": "ex:b", "ex:p": {"ex:q": "x"}, "part": {"id": "ex:c", "ex:q": "y"}}
    assert {"part": inner} == node


def test_what_is_part_of_two_stands_beside_them(document_of):
    document = document_of("ex:a ex:part ex:b, ex:c . ex:b ex:part ex:d . ex:c ex:part ex:d ."
                           "ex:d ex:q 'x' .")  # fmt: skip
    first, second = document["@graph"]
    assert [{"id": "ex:b", "part": "ex:d"}, {"id": "ex:c", "part": "ex:d"}] == first["part"]
    assert {"id": "ex:d", "ex:q": "x"} == second


def test_what_is_no_part_is_not_put_inside(document_of):
    nodes = document_of("ex:a ex:p 1 . ex:b ex:knows ex:a ; ex:p 2 .")["@graph"]
    assert [{"id": "ex:b", "knows": "ex:a"}] == nodes[1:]


def test_a_list_is_an_array(node_of):
    assert {"ex:p": {"@list": ["x", "y"]}} == node_of("ex:a ex:p ('x' 'y') .")


def test_the_bytes_are_indented_readable_and_the_same_again(project_of):
    snapshot = project_of(
        "ex:a ex:é <http://é.example/東> ; ex:p 'حلب', [ ex:q _:x ], [ ex:q _:x ] ."
    )
    bodies = {represent(snapshot, describe(snapshot, f"{EX}a"), JSON_LD).body for _ in range(3)}
    (body,) = bodies
    assert body.startswith(b'{\n "@context": "/context.jsonld",\n "@graph": [')
    assert "حلب" in body.decode()
    assert body.endswith(b"}\n")


def test_documents_can_be_written_by_many_threads_at_once(project_of):
    snapshot = project_of(
        "".join(f"ex:a{n} ex:knows ex:a ; rdfs:label '{n}'@en ." for n in range(9))
    )
    descriptions = [describe(snapshot, f"{EX}a{n % 9}") for n in range(90)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda one: represent(snapshot, one, JSON_LD).body, descriptions))
    assert found[:9] * 10 == found
    assert 9 == len(set(found))


def test_what_json_ld_cannot_write_is_refused_and_turtle_can(project_of):
    snapshot = project_of("ex:a ex:p <<( ex:b ex:p ex:c )>> .")
    description = describe(snapshot, f"{EX}a")
    with pytest.raises(NotRepresentable, match="JSON-LD cannot write"):
        represent(snapshot, description, JSON_LD)
    assert b"<<(" in represent(snapshot, description, TURTLE).body


def test_named_graphs_and_the_nodes_that_they_share_are_kept_where_they_are_asked_for(snapshot_of):
    trig = """
    @prefix ex: <http://example.org/> .
    ex:g1 { ex:a ex:p _:x ; ex:q [ ex:r 1 ] . } ex:g2 { _:x ex:p ex:a . ex:a ex:p _:x . }
    """
    snapshot = snapshot_of({"a.trig": trig})
    description = describe(snapshot, "http://example.org/a")
    named = {*description.quads, *description.incoming}
    quads = named | {Quad(*quad.triple) for quad in named}
    body = represent(snapshot, description, JSON_LD_GRAPHS).body
    found = with_context(body, context_document(snapshot))
    canonical_quads = Dataset(quads)
    canonical_quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    read = Dataset(parse(found, RdfFormat.JSON_LD))
    read.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert canonical_quads == read
    assert 1 == len({quad.subject for quad in read if str(quad.object) == "<http://example.org/a>"})
