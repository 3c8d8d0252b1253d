"""Generated data: as many triples as asked for, always the same, in documents of twenty triples."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

BASE = "https://example.org/bench/"
TRIPLES_OF_ONE = 20

PREFIXES = f"""\
@prefix id: <{BASE}id/> .
@prefix ex: <{BASE}ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
CLASSES = ("Book", "Letter", "Map", "Person", "Place")
WORDS = (
    "amber",
    "basin",
    "cedar",
    "delta",
    "ember",
    "field",
    "grove",
    "harbour",
    "island",
    "jetty",
    "knoll",
    "lagoon",
    "meadow",
    "north",
    "orchard",
    "prairie",
    "quarry",
    "river",
    "summit",
    "thicket",
    "upland",
    "valley",
    "willow",
    "yard",
)


def turtle(triples: int) -> Iterator[str]:
    """Yield a Turtle document of that many triples, less what does not fill a resource."""
    yield PREFIXES
    count = resources(triples)
    for number in range(count):
        yield _resource(number, count)


def resources(triples: int) -> int:
    """Return how many resources that many triples describe."""
    return max(1, triples // TRIPLES_OF_ONE)


def path_of(number: int) -> str:
    """Return the path of a resource's document on a server."""
    return f"/doc/r{number}"


def iri_of(number: int) -> str:
    """Return the IRI of a resource."""
    return urljoin(BASE, f"id/r{number}")


def write(path: Path, triples: int) -> None:
    """Write the document to a file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(turtle(triples))


def _resource(number: int, count: int) -> str:
    name = _words(number, 3)
    # links lead everywhere, the same ones in every run, and about as many to each resource
    others = ", ".join(
        f"id:r{(number * 7919 + step * 104_729 + 1) % count}" for step in range(1, 6)
    )
    day = f"{1900 + number % 120}-{1 + number % 12:02}-{1 + number % 28:02}"
    return f"""\
id:r{number} a ex:{CLASSES[number % len(CLASSES)]} ;
    rdfs:label "{name} {number}"@en, "{name} n\u00b0 {number}"@fr ;
    dcterms:title "{name}" ;
    dcterms:description "{_words(number * 31, 12)}."@en ;
    dcterms:identifier "R-{number:07}" ;
    dcterms:created "{day}"^^xsd:date ;
    dcterms:modified "2024-{1 + number % 12:02}-{1 + number % 28:02}"^^xsd:date ;
    dcterms:subject id:r{(number * 3 + 1) % count}, id:r{(number * 9 + 2) % count} ;
    ex:size {number % 1000} ;
    ex:weight {number % 100}.5 ;
    ex:kept {"true" if number % 2 else "false"} ;
    ex:partOf id:r{(number * 7 + 3) % count} ;
    ex:next id:r{(number + 1) % count} ;
    ex:related {others} .

"""


def _words(seed: int, count: int) -> str:
    return " ".join(
        WORDS[(seed * 17 + step * step * 5 + step) % len(WORDS)] for step in range(count)
    )
