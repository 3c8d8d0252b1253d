"""Numbers of small data sets; tests/web/test_descriptions.py counts real ones again by SPARQL."""

from kg.dataset.counting import PropertyCount, count
from kg.rdf.namespaces import OWL, RDF, RDFS, SKOS

EX = "http://example.org/"


def test_a_triple_of_two_files_counts_once(snapshot_of):
    counts = count(snapshot_of({"a.ttl": "ex:a ex:p 1 .", "b.ttl": "ex:a ex:p 1 ; ex:q ex:a ."}))
    assert (2, 1, 2) == (counts.triples, counts.subjects, counts.objects)
    assert {f"{EX}p": PropertyCount(1, 1, 1), f"{EX}q": PropertyCount(1, 1, 1)} == counts.properties


def test_subjects_and_objects_of_a_property_count_once_each(snapshot_of):
    turtle = "ex:a ex:p 1, 2, '1' . ex:b ex:p 1, 2 . [] ex:p 2 ."
    assert PropertyCount(6, 3, 3) == count(snapshot_of({"a.ttl": turtle})).properties[f"{EX}p"]


def test_entities_are_the_subjects_under_the_base(snapshot_of):
    turtle = "ex:a ex:p 1 . ex:b ex:p [ ex:p 1 ] . <http://other.example/x> ex:p 1 ."
    counts = count(snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": turtle}))
    assert (2, 4) == (counts.entities, counts.subjects)


def test_instances_count_by_their_own_class(snapshot_of):
    turtle = "ex:a a ex:C, ex:D . [] a ex:C . ex:D rdfs:subClassOf ex:C ."
    assert {f"{EX}C": 2, f"{EX}D": 1} == count(snapshot_of({"a.ttl": turtle})).classes


def test_links_count_by_property_and_site(snapshot_of):
    links = """
    ex:a owl:sameAs <http://one.example/x#1>, <http://one.example/y>, ex:b, <urn:x:1>, "text" ;
        skos:exactMatch <http://one.example/x> ; rdfs:seeAlso <https://one.example/x> ;
        ex:other <http://two.example/> .
    <http://two.example/x> owl:sameAs <http://one.example/z> .
    """
    counts = count(snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": links}))
    assert {
        (f"{OWL}sameAs", "http://one.example/"): 2,
        (f"{SKOS}exactMatch", "http://one.example/"): 1,
        (f"{RDFS}seeAlso", "https://one.example/"): 1,
    } == counts.links


def test_shapes_and_queries_are_not_counted(snapshot_of):
    files = {
        "kg.toml": "",
        "data/ttl/a.ttl": "ex:a a ex:C .",
        "shapes/s.ttl": "ex:a a sh:NodeShape ; ex:p 1 . ex:S a sh:NodeShape .",
        "queries/all.rq": "#+ summary: All\nASK {}",
    }
    counts = count(snapshot_of(files))
    assert (1, 1, 1) == (counts.triples, counts.subjects, counts.entities)
    assert {f"{RDF}type"} == set(counts.properties)
