"""The page of the terms: made from any folder's ontology, shapes and data."""

from kg.views.ontology_page import ontology_of, ontology_page
from kg.views.site import site_part

ONTOLOGY = """
<http://example.org/v> a owl:Ontology ; rdfs:label "Vocabulary"@en ; rdfs:comment "Of towns."@en .
<http://example.org/v#City> a owl:Class ; rdfs:label "city"@en , "ville"@fr ;
  skos:definition "A large town."@en , "Une grande ville."@fr ; rdfs:subClassOf ex:Place .
<http://example.org/v#near> a owl:ObjectProperty ; rdfs:label "near"@en .
<http://example.org/v#unused> a owl:ObjectProperty .
<http://example.org/v#thing> rdfs:label "a thing of the ontology"@en .
"""
SHAPES = """
ex:CityShape a sh:NodeShape ; sh:targetClass <http://example.org/v#City> ;
  sh:property ex:CityNear , [ sh:path rdfs:label ; sh:minCount 1 ; sh:order 1 ] ,
    [ sh:path <http://example.org/v#near> ; sh:minCount 1 ; sh:order 3 ] ,
    [ sh:path <http://example.org/v#size> ; sh:in ( "s" "m" "l" ) ; sh:order 4 ] ,
    [ sh:path ( ex:a ex:b ) ; sh:minCount 1 ] .
ex:CityNear sh:path <http://example.org/v#near> ; sh:order 2 ; sh:maxCount 5 ; sh:class ex:Place .
"""
DATA = """
ex:a a <http://example.org/v#City> ; rdfs:label "A" ; <http://example.org/v#near> ex:b .
ex:b a <http://example.org/v#City> ; rdfs:label "B" .
"""
FILES = {
    "kg.toml": 'base = "http://example.org/"\n[folders]\ndata = "data"\n',
    "data/d.ttl": DATA,
    "ontology/o.ttl": ONTOLOGY,
    "shapes/s.ttl": SHAPES,
}


def page_of(snapshot_of, files=FILES):
    snapshot = snapshot_of(files)
    return ontology_page(snapshot, site_part(snapshot), ontology_of(snapshot))


def test_a_term_has_its_definition_its_use_and_an_example(snapshot_of):
    page = page_of(snapshot_of)
    assert "Vocabulary" == page.heading.text
    assert ["Of towns."] == [text.text for text in page.lead]
    [city] = page.classes
    assert ("City", "city", 2) == (city.anchor, city.heading.text, city.count)
    assert ["A large town."] == [text.text for text in city.definitions]
    assert ["ville"] == [name.text for name in city.names]
    assert "A" == city.example.subject.text
    assert ["ex:Place"] == [value.text for group in city.facts for value in group.values]


def test_properties_show_a_triple_and_unused_ones_say_so(snapshot_of):
    near, unused = sorted(page_of(snapshot_of).properties, key=lambda one: -one.count)
    assert (1, "A", "B") == (near.count, near.example.subject.text, near.example.value.text)
    assert (0, None) == (unused.count, unused.example)


def test_what_the_shapes_of_a_class_ask_is_one_row_for_each_property(snapshot_of):
    [city] = page_of(snapshot_of).classes
    assert [
        ("rdfs:label", "1", "∞", []),
        ("near", "1", "5", ["ex:Place"]),
        ("size", "0", "∞", ["s", "m", "l"]),
    ] == [
        (rule.name.text, rule.least, rule.most, [kind.text for kind in rule.kinds])
        for rule in city.rules
    ]
    assert ["ex:CityShape"] == [shape.text for shape in city.shapes]


def test_all_that_the_document_holds_is_on_the_page_under_its_fragment(snapshot_of):
    page = page_of(snapshot_of)
    entries = (*page.classes, *page.properties, *page.others)
    assert {"City", "near", "unused", "thing"} == {one.anchor for one in entries}


def test_terms_that_are_only_used_are_listed_apart(snapshot_of):
    page = page_of(snapshot_of)
    assert {"rdf:type", "rdfs:label"} <= {one.heading.text for one in page.foreign_properties}
    assert "city" not in {one.heading.text for one in page.foreign_classes}


def test_a_folder_without_an_ontology_has_the_terms_that_it_uses(snapshot_of):
    page = page_of(snapshot_of, {"data.ttl": DATA})
    assert ("", (), ()) == (page.iri, page.classes, page.properties)
    assert [2] == [one.count for one in page.foreign_classes]
