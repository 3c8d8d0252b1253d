"""Names that a query has and the data do not."""

import pytest

from kg.dataset.catalogue import with_description
from kg.dataset.unknown import unknown_names

EX = "http://example.org/"
FILES = {
    "kg.toml": f'base = "{EX}"',
    "data/ttl/a.ttl": "ex:a a ex:Person ; ex:birthDate 1 ; rdfs:label 'A' ; ex:knows ex:b .",
    "ontology/o.ttl": "ex:Place a owl:Class .",
}


@pytest.fixture
def small(snapshot_of):
    return with_description(snapshot_of(FILES))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?s a ex:Persom }", ["ex:Persom", "ex:Person"]),
        ("SELECT * { ?s ex:birthdate ?o }", ["ex:birthdate", "ex:birthDate"]),
        ("SELECT * { ?s ex:birth-date ?o }", ["ex:birth-date", "ex:birthDate"]),
        ("ASK { ?s ex:knows/ex:know ?o }", ["ex:know", "ex:knows"]),
        ("SELECT * { ?s a ex:Plaice . }", ["ex:Plaice", "ex:Place"]),
        ("SELECT * { ?s rdfs:lable ?o }", ["rdfs:lable", "rdfs:label"]),
        (f"SELECT * {{ ?s a <{EX}Persom> }}", [f"<{EX}Persom>", "ex:Person"]),
        ("SELECT * { ?s a <Persom> }", ["<Persom>", "ex:Person"]),
        (f"PREFIX e: <{EX}> SELECT * {{ ?s a e:Persom }}", ["e:Persom", "ex:Person"]),
        ("SELECT * { ex:zzz ?p ?o }", ["ex:zzz", ""]),
    ],
)
def test_a_name_that_the_data_lack_is_told_with_the_nearest_term(small, query, expected):
    (found,) = unknown_names(small, query)
    assert expected == [found.name, found.near]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ex:a ex:birthDate 2 ; rdfs:label 'ex:Persom' ; a ex:Place } # ex:Persom",
        "SELECT * { ?s a <http://elsewhere.example/Person> . _:b ?p 'x'@en-GB, 2.5 }",
        "SELECT * { ?s nobody:Persom ?o FILTER(?o < 5 && ?o > 2) }",
        "SELECT * { ?s ?p ?o FILTER(DATATYPE(?o) = xsd:integer) }",
        "SELECT * { ex:b ?p ?o }",
    ],
)
def test_names_of_the_data_and_of_others_are_not_told(small, query):
    assert () == unknown_names(small, query)


def test_each_name_is_told_once_and_only_the_first_few(small):
    many = " ".join(f"ex:zz{n} ex:zz{n}," for n in range(50))
    found = unknown_names(small, f"SELECT * {{ ?s ?p {many} ex:a }}")
    assert [f"ex:zz{n}" for n in range(5)] == [one.name for one in found]


def test_what_is_told_is_a_sentence(small):
    assert ["ex:Persom is nowhere in the data. Did you mean ex:Person?"] == [
        str(one) for one in unknown_names(small, "ASK { ?s a ex:Persom }")
    ]
