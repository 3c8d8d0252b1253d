"""The kinds of queries that the suite `sparql` asks, about the data of `bench.data`."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from bench.data import BASE, CLASSES, WORDS, resources

if TYPE_CHECKING:
    from collections.abc import Callable

PREFIXES = f"""\
PREFIX id: <{BASE}id/>
PREFIX ex: <{BASE}ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

JSON, CSV, TURTLE = "application/sparql-results+json", "text/csv", "text/turtle"
ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of query: `pattern` is given a resource's number `n` and others derived from it."""

    name: str
    pattern: str
    accept: str = JSON
    # asked with the same text each time, so that an answer may be remembered
    again: bool = False
    # with the setting of kg that answers such requests from bytes
    from_bytes: bool = False

    def text(self, number: int, triples: int) -> str:
        """Return the query of that number; no two numbers make the same text."""
        number = 0 if self.again else number
        count = resources(triples)
        one = (number * 7919 + 11) % count
        values = {
            "n": f"id:r{one}",
            "year": 1900 + number % 119,
            "next_year": 1901 + number % 119,
            "word": WORDS[number % len(WORDS)],
            "kind": f"ex:{CLASSES[number % len(CLASSES)]}",
            "even": number * 2 % min(count, 1000),
            "rows": ROWS,
        }
        pattern = self.pattern
        for key, value in values.items():
            pattern = pattern.replace(f"${key}$", str(value))
        return f"{PREFIXES}{pattern}\n#{number}"


LOOKUP = "SELECT ?p ?o { $n$ ?p ?o }"
EVERYTHING = "SELECT ?s ?p ?o { ?s ex:size ?size ; ?p ?o } LIMIT $rows$"

KINDS = (
    Kind("look-up", LOOKUP),
    Kind("look-up, asked before", LOOKUP, again=True),
    Kind("the same, from bytes", LOOKUP, again=True, from_bytes=True),
    Kind(
        "star",
        "SELECT ?label ?size ?created { $n$ ex:related ?o . ?o rdfs:label ?label ; ex:size ?size ;"
        ' dcterms:created ?created FILTER(lang(?label) = "en") }',
    ),
    Kind("ASK", "ASK { $n$ ex:related ?o . ?o ex:kept true }"),
    Kind(
        "OPTIONAL",
        "SELECT ?o ?title ?none { $n$ ex:related ?o OPTIONAL { ?o dcterms:title ?title }"
        " OPTIONAL { ?o ex:missing ?none } }",
    ),
    Kind(
        "CONSTRUCT",
        "CONSTRUCT { ?s dcterms:relation ?o } WHERE { $n$ ex:related ?s . ?s ex:related ?o }",
        TURTLE,
    ),
    Kind("NOT EXISTS", "SELECT ?s { ?s ex:size $even$ FILTER NOT EXISTS { ?s ex:kept true } }"),
    Kind(
        "date filter",
        'SELECT ?s ?d { ?s dcterms:created ?d FILTER(?d >= "$year$-01-01"^^xsd:date'
        ' && ?d < "$next_year$-01-01"^^xsd:date) }',
    ),
    Kind("property path", "SELECT (COUNT(DISTINCT ?o) AS ?n) { $n$ ex:partOf+ ?o }"),
    Kind(
        "text filter",
        "SELECT (COUNT(?s) AS ?n) { ?s dcterms:title ?t"
        ' FILTER(CONTAINS(LCASE(STR(?t)), "$word$")) }',
    ),
    Kind("count", "SELECT (COUNT(?s) AS ?n) { ?s a $kind$ }"),
    Kind("DISTINCT", "SELECT DISTINCT ?d { ?s dcterms:modified ?d }"),
    Kind(
        "top-k",
        "SELECT ?s ?size { ?s ex:size ?size ; ex:weight ?w }"
        " ORDER BY DESC(?size) DESC(?s) LIMIT 10",
    ),
    Kind(
        "group by",
        "SELECT ?class (COUNT(?s) AS ?n) (AVG(?size) AS ?mean) { ?s a ?class ; ex:size ?size }"
        " GROUP BY ?class",
    ),
    Kind(
        "aggregate join",
        "SELECT ?class ?other (COUNT(?s) AS ?n) (SUM(?size) AS ?sum)"
        " { ?s a ?class ; ex:partOf ?o ; ex:size ?size . ?o a ?other } GROUP BY ?class ?other",
    ),
    Kind("export, JSON", EVERYTHING),
    Kind("export, CSV", EVERYTHING, CSV),
)

# what many clients ask at once: what is in a page, and what somebody who analyses adds to it
MIXES = {
    "selective": ("look-up", "star", "ASK", "OPTIONAL", "CONSTRUCT"),
    "and analytic": (
        "look-up", "star", "ASK", "OPTIONAL", "CONSTRUCT",
        "NOT EXISTS", "date filter", "property path", "text filter", "count", "top-k",
    ),
}  # fmt: skip


def contained(body: bytes, accept: str) -> int:
    """Return the number of solutions or triples in an answer, for ASK 1 or 0."""
    reader: Callable[[bytes], int] = {JSON: _json, CSV: _csv, TURTLE: _turtle}[accept]
    return reader(body)


def _json(body: bytes) -> int:
    answer = json.loads(body)
    return int(answer["boolean"]) if "boolean" in answer else len(answer["results"]["bindings"])


def _csv(body: bytes) -> int:
    # no value of the data has a line break in it
    return len(body.splitlines()) - 1


def _turtle(body: bytes) -> int:
    return len({str(quad) for quad in parse(body, RdfFormat.TURTLE)})
