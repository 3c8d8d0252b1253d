"""What an IRI that is not there was meant for: by how it is spelled, else by names."""

import pytest

from kg.dataset import nearby as module
from kg.dataset.labels import label_index
from kg.dataset.nearby import last_part, nearby, spellings, words

EX = "http://example.org/"
DATA = """
ex:city\\/raqqa rdfs:label "Raqqa" ; skos:altLabel "Nikephorion" .
ex:note\\/raqqa rdfs:comment "About it." .
ex:city\\/mosul rdfs:label "Mosul" .
<http://example.org/terms#Battle> a owl:Class ; rdfs:label "battle" .
[] rdfs:label "nobody" .
"""


@pytest.fixture
def found(snapshot_of):
    snapshot = snapshot_of(
        {
            "kg.toml": f'base = "{EX}"',
            "data/ttl/a.ttl": DATA,
            "queries/first/find-cities.rq": "#+ summary: Cities\nSELECT * { ?s ?p ?o }",
        }
    )
    names = label_index(snapshot)

    def find(path: str) -> list[str]:
        near = nearby(spellings(snapshot), names, f"{EX}{path}", 6)
        return [iri.removeprefix(EX) for iri in near]

    return find


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("city/raqa", ["city/raqqa", "note/raqqa"]),
        ("city/Mosul.", ["city/mosul"]),
        ("mosul.html", ["city/mosul"]),
        ("terms%23Batle", ["terms#Battle"]),
        ("terms#Batle", ["terms#Battle"]),
        ("id/nikephorion", ["city/raqqa"]),
        ("queries/find-cites", ["queries/first/find-cities"]),
        ("x", []),
        ("", []),
    ],
)
def test_what_is_spelled_or_called_alike_is_found_the_nearest_first(found, asked, expected):
    assert expected == found(asked)


def test_with_more_iris_than_are_compared_names_alone_are_looked_at(snapshot_of, monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": DATA})
    assert not spellings(snapshot).iris
    near = nearby(spellings(snapshot), label_index(snapshot), f"{EX}id/Nikephorion", 6)
    assert (f"{EX}city/raqqa",) == near


def test_the_words_of_an_iri_are_those_of_its_last_part():
    assert "Siege Of Raqqa" == words(f"{EX}id/SiegeOf-Raqqa.ttl")
    assert "Raqqa City" == last_part(f"{EX}id/Raqqa%20City.html")
