"""The terms that the editor completes: those of the default graph, as often as it uses them."""

import json

from kg.views.terms import terms_document

DATA = """
ex:a a ex:City ; rdfs:label "A" ; ex:near ex:b , ex:c .
ex:b a ex:City ; rdfs:label "B" .
ex:c a ex:Town ; <http://elsewhere.example/x?y> 1 .
ex:City rdfs:label "city"@en , "ville"@fr .
"""


def document(snapshot_of, files=None):
    return json.loads(terms_document(snapshot_of(files or {"data/d.ttl": DATA})))


def test_classes_come_with_counts_labels_and_the_properties_of_their_instances(snapshot_of):
    terms = document(snapshot_of)
    names = [row[0] for row in terms["properties"]]
    first, second = terms["classes"]
    assert ["ex:City", 2, "city"] == first[:3]
    assert {"rdf:type", "rdfs:label", "ex:near"} == {names[index] for index in first[3]}
    assert ["ex:Town", 1, ""] == second[:3]


def test_properties_come_most_used_first_under_names_that_sparql_takes(snapshot_of):
    rows = document(snapshot_of)["properties"]
    assert ["rdfs:label", 4, ""] == rows[0]
    assert ["<http://elsewhere.example/x?y>", 1, ""] in rows
    assert sorted((row[1] for row in rows), reverse=True) == [row[1] for row in rows]


def test_shapes_are_no_data_and_a_triple_in_two_files_counts_once(snapshot_of):
    once = document(snapshot_of, {"kg.toml": '[folders]\ndata = "data"', "data/d.ttl": DATA})
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:City ."
    files = {
        "kg.toml": '[folders]\ndata = "data"',
        "data/d.ttl": DATA,
        "data/again.ttl": DATA,
        "shapes/s.ttl": shapes,
    }
    assert once == document(snapshot_of, files)


def test_the_prefixes_are_those_of_the_data_set(snapshot_of):
    assert "http://example.org/" == document(snapshot_of)["prefixes"]["ex"]
