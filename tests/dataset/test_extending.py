"""Values as cells of tables."""

import pytest
from pyoxigraph import Literal, NamedNode

from kg.dataset.description import in_languages
from kg.dataset.extending import cell, known_properties, properties_of, values
from kg.rdf.namespaces import XSD

EX = "http://example.org/"
FILE = 'ex:a a ex:T ; rdfs:label "A" ; ex:to ex:b , ex:c . ex:b a ex:T ; rdfs:label "B" .'


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("5", "integer", {"int": 5}),
        ("5.50", "decimal", {"float": 5.5}),
        ("INF", "double", {"str": "INF"}),
        ("x", "integer", {"str": "x"}),
        ("2020-01-02T03:04:05Z", "dateTime", {"date": "2020-01-02T03:04:05Z"}),
        ("2020-01", "gYearMonth", {"str": "2020-01"}),
    ],
)
def test_numbers_and_moments_are_cells_of_their_kind(snapshot_of, text, kind, expected):
    snapshot = snapshot_of({"a.ttl": FILE})
    assert expected == cell(snapshot, Literal(text, datatype=NamedNode(f"{XSD}{kind}")))


def test_a_resource_is_a_cell_with_its_name_and_a_limit_holds(snapshot_of):
    snapshot = snapshot_of({"a.ttl": FILE})
    assert [{"id": f"{EX}b", "name": "B"}] == values(snapshot, f"{EX}a", f"{EX}to", 1)
    assert 2 == len(values(snapshot, f"{EX}a", f"{EX}to", 0))


def test_properties_that_most_instances_have_come_first(snapshot_of):
    snapshot = snapshot_of({"a.ttl": FILE})
    assert f"{EX}to" == properties_of(snapshot, f"{EX}T")[-1]
    assert set(properties_of(snapshot, f"{EX}T")) == set(known_properties(snapshot))


def test_texts_come_in_the_order_of_the_reader_s_languages(snapshot_of):
    snapshot = snapshot_of({"a.ttl": 'ex:a rdfs:label "Alep"@fr , "Aleppo"@en , "حلب"@ar .'})
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    assert [{"str": "Aleppo"}] == values(snapshot, f"{EX}a", label, 1)
    assert [{"str": "حلب"}] == values(in_languages(snapshot, ("ar",)), f"{EX}a", label, 1)
