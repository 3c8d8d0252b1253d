"""The diagram of a vocabulary: by domains and ranges, by shapes, by the data; for any folder."""

from xml.etree import ElementTree

from kg.views.html import render
from kg.views.ontology_page import ontology_of, ontology_page
from kg.views.site import site_part
from tests.views.pictures.conftest import Drawn

SETTINGS = 'base = "http://example.org/"\n[folders]\ndata = "data"\n'
ONTOLOGY = """
<http://example.org/v> a owl:Ontology .
<http://example.org/v#City> a owl:Class ; rdfs:label "city"@en , "مدينة"@ar ;
  rdfs:subClassOf <http://example.org/v#Place> , ex:Town , owl:Thing ,
    <http://example.org/v#City> , [ a owl:Restriction ] .
<http://example.org/v#Place> a owl:Class ; rdfs:label "place"@en .
<http://example.org/v#River> a owl:Class ; rdfs:label "river"@en .
<http://example.org/v#on> a owl:ObjectProperty ; rdfs:label "lies on"@en ;
  rdfs:domain [ owl:unionOf ( <http://example.org/v#City> <http://example.org/v#Place> ) ] ;
  rdfs:range <http://example.org/v#River> .
<http://example.org/v#twin> a owl:ObjectProperty ; rdfs:label "twin"@en ;
  rdfs:domain <http://example.org/v#City> ; rdfs:range <http://example.org/v#City> .
<http://example.org/v#size> a owl:DatatypeProperty ; rdfs:domain <http://example.org/v#City> ;
  rdfs:range xsd:integer .
"""


def diagram_of(snapshot_of, **files: str):
    named = {"kg.toml": SETTINGS, "data/a.ttl": ""} | {
        f"{name}/f.ttl": text for name, text in files.items()
    }
    snapshot = snapshot_of(named)
    return ontology_page(snapshot, site_part(snapshot), ontology_of(snapshot)).diagram


def said(diagram) -> set[tuple[str, ...]]:
    return {(one.name.text, *(note.text for note in one.notes)) for one in diagram.entries}


def test_domains_and_ranges_relate_classes_and_what_is_above_is_a_line_of_its_own(snapshot_of):
    diagram = diagram_of(snapshot_of, ontology=ONTOLOGY)
    assert said(diagram) == {
        ("city", "place"),
        ("city", "ex:Town"),
        ("city", "lies on", "river"),
        ("place", "lies on", "river"),
        ("city", "twin", "city"),
    }
    drawing = Drawn(ElementTree.fromstring(diagram.svg))
    assert set(drawing.hrefs) == {"#City", "#Place", "#River"}
    assert len(drawing.of_class("sub")) == 2
    assert drawing.texts.count("lies on") == 2
    # what is above in another vocabulary, and what relates a class to itself, is in its box
    (note,) = [text for text in drawing.texts if text and "twin" in text]
    assert note.startswith("\N{SUBSET OF}")


def test_shapes_relate_classes_where_they_ask_for_one(snapshot_of):
    shapes = """
    ex:S a sh:NodeShape ; sh:targetClass <http://example.org/v#River> ;
      sh:property [ sh:path <http://example.org/v#on> ; sh:class <http://example.org/v#Place> ] .
    """
    assert ("river", "lies on", "place") in said(
        diagram_of(snapshot_of, ontology=ONTOLOGY, shapes=shapes)
    )


def test_data_without_an_ontology_say_themselves_what_relates_what(snapshot_of):
    data = """
    ex:a a ex:Person ; ex:knows ex:b ; ex:age 7 . ex:c a ex:Town .
    ex:b a ex:Person ; ex:lives ex:c .
    """
    found = said(diagram_of(snapshot_of, data=data))
    assert found == {
        ("ex:Person", "ex:knows", "ex:Person"),
        ("ex:Person", "ex:lives", "ex:Town"),
    }


def test_without_any_relation_there_is_no_diagram(snapshot_of):
    assert diagram_of(snapshot_of, data="ex:a ex:p 1 .") is None


def test_the_page_has_the_diagram_and_its_list(snapshot_of):
    snapshot = snapshot_of({"kg.toml": SETTINGS, "data/a.ttl": "", "ontology/f.ttl": ONTOLOGY})
    page = ontology_page(snapshot, site_part(snapshot), ontology_of(snapshot))
    text = render(page).body.decode()
    assert '<figure class="picture graph">' in text
    assert text.count("lies on") >= 4


def test_of_much_data_some_of_each_class_is_looked_at_and_all_of_a_rare_one(snapshot_of):
    many = "\n".join(f"ex:a{n} a ex:Letter ; ex:by ex:p ." for n in range(3_000))
    data = f"ex:p a ex:Person .\n{many}\nex:z a ex:Map ; ex:shows ex:p .\nex:y a ex:Map ."
    assert {("Letter", "by", "Person"), ("Map", "shows", "Person")} == {
        tuple(text.removeprefix("ex:") for text in one)
        for one in said(diagram_of(snapshot_of, data=data))
    }
