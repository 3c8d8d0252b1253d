"""How pages say that something is to be cited."""

import json

import pytest
from pybtex.database import parse_string

from kg.views.citation import citation_of
from tests.views.conftest import EX

DATASET = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
ex:set a dcat:Dataset ; dct:title "Trees & shrubs"@en ; dct:creator ex:anna, "B_en" ;
  dcat:version "1.2" ; dct:license <http://l.example/> ; dct:modified "2026-11-23"^^xsd:date .
ex:anna rdfs:label "Anna {A}" .
ex:oak a ex:Tree ; rdfs:label "Oak: 100% ~ #1"@en .
ex:elm a ex:Tree ; dct:modified "2025-01-02"^^xsd:date .
"""


@pytest.fixture
def cited(snapshot_of):
    """A function that returns how to cite a resource of a small data set."""
    snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": DATASET})
    return lambda name: citation_of(snapshot, EX + name)


def test_a_resource_is_cited_as_part_of_the_data_set(cited):
    found = cited("oak")
    assert ("Oak: 100% ~ #1", "Trees & shrubs") == (found.title.text, found.whole.text)
    assert {"Anna {A}", "B_en"} == {one.text for one in found.creators}
    assert ("1.2", "2026-11-23", "http://l.example/") == (
        found.version,
        found.date,
        found.licence,
    )


def test_the_date_is_that_of_the_resource_where_it_has_one(cited):
    assert "2025-01-02" == cited("elm").date


def test_the_data_set_is_no_part_of_itself(cited):
    assert cited("set").whole is None


def test_csl_json_is_what_reference_managers_import(cited):
    (item,) = json.loads(cited("oak").csl)
    assert ("dataset", f"{EX}oak", "1.2") == (item["type"], item["URL"], item["version"])
    assert {"date-parts": [[2026, 11, 23]]} == item["issued"]
    assert "Trees & shrubs" == item["container-title"]
    assert {"literal": "B_en"} in item["author"]


def test_bibtex_is_read_by_a_reader_of_bibtex(cited):
    database = parse_string(cited("oak").bibtex, "bibtex")
    (entry,) = database.entries.values()
    assert "oak" == entry.key
    assert r"{Oak: 100\% \textasciitilde{} \#1}" == entry.fields["title"]
    assert r"In: Trees \& shrubs" == entry.fields["howpublished"]
    assert ("2026", "11", f"{EX}oak") == tuple(
        entry.fields[name] for name in ("year", "month", "url")
    )
    assert {r"{Anna \{A\}}", r"{B\_en}"} == {str(one) for one in entry.persons["author"]}


def test_without_a_description_of_the_data_set_nothing_is_said(snapshot_of):
    snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": "ex:a ex:p 1 ."})
    assert citation_of(snapshot, f"{EX}a") is None
