"""The context: what it names, and that data has no say in it."""

import json

import pytest
from pyld import jsonld

from kg.dataset.context import context
from kg.rdf.namespaces import SKOS
from kg.views.jsonld import context_document

EX = "http://example.org/"
PROPERTY = "ex:T a owl:DatatypeProperty ; rdfs:range"
PATH = "sh:path ex:p ;"
LANG_STRING = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"


@pytest.fixture
def context_of(snapshot_of):
    """A function that returns the context of an ontology and shapes beside some data."""

    def make(ontology: str = "", shapes: str = "", data: str = "ex:a ex:p 1 .") -> dict:
        files = {"ontology/o.ttl": ontology, "shapes/s.ttl": shapes, "data/ttl/f.ttl": data}
        return context(snapshot_of({"kg.toml": f'base = "{EX}"', **files}))

    return make


def test_prefixes_of_the_files_and_aliases_are_in_it(context_of):
    found = context_of()
    assert (EX, SKOS) == (found["ex"], found["skos"])
    assert ("@id", "@type", 1.1) == (found["id"], found["type"], found["@version"])


def test_a_namespace_that_ends_in_a_letter_is_said_to_be_a_prefix(context_of):
    found = context_of(data="@prefix q: <http://example.org/q_> . q:a q:p 1 .")
    assert {"@id": f"{EX}q_", "@prefix": True} == found["q"]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("ex:T a owl:Class .", "ex:T"),
        ("ex:T a rdfs:Class .", "ex:T"),
        ("ex:T a owl:DatatypeProperty .", "ex:T"),
        ("ex:T a owl:AnnotationProperty .", "ex:T"),
        ("ex:T a owl:ObjectProperty .", {"@id": "ex:T", "@type": "@id"}),
        (f"{PROPERTY} xsd:date .", {"@id": "ex:T", "@type": "xsd:date"}),
        (f"{PROPERTY} xsd:string .", "ex:T"),
        (
            f"{PROPERTY} {LANG_STRING} .",
            {"@id": "ex:T", "@container": ["@language", "@set"]},
        ),
        ("<urn:x:T> a owl:Class .", "urn:x:T"),
    ],
)  # fmt: skip
def test_what_the_ontology_declares_is_a_term(context_of, declared, expected):
    assert expected == context_of(declared)["T"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ex:s sh:path ex:p .", "ex:p"),
        ("ex:s sh:path ex:p ; sh:datatype xsd:date .", {"@id": "ex:p", "@type": "xsd:date"}),
        ("ex:s sh:path ex:p ; sh:datatype <urn:d> .", {"@id": "ex:p", "@type": "urn:d"}),
        ("ex:s sh:path ex:p ; sh:datatype xsd:string .", "ex:p"),
        ("ex:s sh:path ex:p ; sh:nodeKind sh:IRI .", {"@id": "ex:p", "@type": "@id"}),
        ("ex:s sh:path ex:p ; sh:class ex:C .", {"@id": "ex:p", "@type": "@id"}),
        ("ex:s sh:path ex:p ; sh:nodeKind sh:Literal .", "ex:p"),
        (
            f"ex:s {PATH} sh:datatype xsd:date . ex:t {PATH} sh:datatype xsd:gYear .",
            "ex:p",
        ),
        (
            f"ex:s {PATH} sh:uniqueLang true . ex:t {PATH} sh:datatype {LANG_STRING} .",
            {"@id": "ex:p", "@container": "@language"},
        ),
        ("ex:s sh:path ex:p ; sh:uniqueLang true . ex:t sh:path ex:p ; sh:class ex:C .",
         {"@id": "ex:p", "@type": "@id"}),
    ],
)  # fmt: skip
def test_what_shapes_agree_on_is_how_values_are_written(context_of, said, expected):
    assert expected == context_of(shapes=said)["p"]


def test_rdf_type_has_the_alias_only(context_of):
    shapes = "ex:s sh:path <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ."
    assert "@type" == context_of(shapes=shapes)["type"]


def test_a_path_of_several_steps_is_no_term(context_of):
    assert "p" not in context_of(shapes="ex:s sh:path ( ex:p ex:q ), [ sh:inversePath ex:p ] .")


def test_a_name_of_two_is_a_term_of_neither_but_the_ontology_comes_first(context_of):
    both = "ex:s sh:path ex:note . ex:t sh:path skos:note ."
    assert "note" not in context_of(shapes=both)
    assert "ex:note" == context_of("ex:note a owl:AnnotationProperty .", both)["note"]


@pytest.mark.parametrize("name", ["id", "type", "ex", "skos"])
def test_a_term_takes_no_name_of_an_alias_or_prefix(context_of, name):
    assert context_of()[name] == context_of(f"ex:{name} a owl:ObjectProperty .")[name]


def test_a_prefix_takes_no_name_of_an_alias(context_of):
    data = "@prefix id: <http://example.org/id/> . id:a id:p 1 ."
    assert "@id" == context_of(data=data)["id"]


def test_a_folder_without_a_vocabulary_has_prefixes_only(snapshot_of):
    found = context(snapshot_of({"a.ttl": "ex:a a owl:Class . ex:p a owl:ObjectProperty ."}))
    assert {"a", "p"}.isdisjoint(found)
    assert EX == found["ex"]


def test_an_edited_record_does_not_change_the_bytes(snapshot_of):
    ontology = {"kg.toml": f'base = "{EX}"', "ontology/o.ttl": "ex:p a owl:DatatypeProperty ."}
    data = [
        "ex:a ex:p 1 .",
        "ex:a ex:p 'x'@en ; a ex:T . ex:p a owl:ObjectProperty .",
        "ex:b a ex:T .",
    ]
    assert 1 == len(
        {context_document(snapshot_of({**ontology, "data/ttl/f.ttl": d})) for d in data}
    )


def test_the_context_of_the_claim_graph_is_read_by_the_reference_implementation(snapshot):
    document = json.loads(context_document(snapshot))
    claim = {**document, "id": "ex:a", "type": "Claim", "label": {"en": "x"}}
    (node,) = jsonld.expand(claim)
    assert ["https://w3id.org/claimgraph/ontology#Claim"] == node["@type"]
    assert [{"@language": "en", "@value": "x"}] == node[
        "http://www.w3.org/2000/01/rdf-schema#label"
    ]
