"""Who comes to a server of the claim graph, and what each asks for.

A visitor's requests never end. Most visitors think for a second between two of them.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from random import Random

BASE = "https://w3id.org/claimgraph/"
CLAIMS = [f"c-{number:04}" for number in range(1, 120)]
TYPES = ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples")
NAMES = ("Assad", "Raqqa", "Kobani", "SDF", "Trump", "Palmyra", "Deir ez-Zor", "Obama", "Manbij")
PAGES = ("/", "/claims", "/actors", "/events", "/places", "/documents", "/ontology", "/data")
TURTLE = f"<{BASE}id/nobody> a <http://xmlns.com/foaf/0.1/Person> ."

ANALYTIC = (
    "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) # %d",
    "SELECT ?p (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o } GROUP BY ?p # %d",
    'SELECT ?s ?t { ?s ?p ?t FILTER(CONTAINS(LCASE(STR(?t)), "raqqa")) } LIMIT 50 # %d',
    "SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b . ?b ?q ?c } GROUP BY ?a ORDER BY ?n LIMIT 9 # %d",
)
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } # %d",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f # %d",
    "ASK { ?a (!<x:>)+/(!<y:>)+ ?b . ?c ?d ?e FILTER(?b = ?e && ?a = %d) }",
    "ASK " + "{" * 3_000 + " # %d",
    "SELECT nonsense %d",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; its answer is an error where its status is none of `good`."""

    path: str
    accept: str = "*/*"
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    good: tuple[int, ...] = (200,)


def crawler(random: Random) -> Iterator[Asked]:
    """IRIs in every format, one after the other."""
    for number in count(random.randrange(1_000)):
        name = CLAIMS[number % len(CLAIMS)]
        yield Asked(f"/id/claim/{name}", TYPES[number % len(TYPES)])


def page_reader(random: Random) -> Iterator[Asked]:
    """Pages, as a browser asks for them: most are remembered."""
    while True:
        yield Asked(random.choice(PAGES), "text/html")
        yield Asked(f"/doc/claim/{random.choice(CLAIMS)}", "text/html")


def looker_up(random: Random) -> Iterator[Asked]:
    """Small queries that nobody has asked before."""
    for number in count(random.randrange(1_000_000_000)):
        query = f"SELECT ?p ?o {{ <{BASE}id/claim/{random.choice(CLAIMS)}> ?p ?o }} # {number}"
        yield Asked("/sparql", "application/sparql-results+json", {"query": query})


def analyst(random: Random) -> Iterator[Asked]:
    """Queries over all that there is."""
    for number in count(random.randrange(1_000_000_000)):
        query = random.choice(ANALYTIC) % number
        yield Asked("/sparql", "text/csv", {"query": query})


def reconciler(random: Random) -> Iterator[Asked]:
    """Columns of a table, ten names at a time."""
    while True:
        batch = {f"q{n}": {"query": random.choice(NAMES)} for n in range(10)}
        yield Asked("/reconcile", query={"queries": json.dumps(batch)})


def validator(random: Random) -> Iterator[Asked]:
    """A file of somebody else, to be looked at with our shapes."""
    while True:
        text = f"{TURTLE} # {random.random()}"
        yield Asked("/validate", "application/json", body=text.encode(), good=(200, 422))


def hostile(random: Random) -> Iterator[Asked]:
    """What would end other servers; it may be refused, stopped or answered."""
    for number in count(random.randrange(1_000_000_000)):
        query = random.choice(HOSTILE) % number
        yield Asked("/sparql", query={"query": query}, good=(200, 400, 429, 503))


Visitor = Callable[[Random], Iterator[Asked]]

# of 64 that come, how many are of each kind; the last do not think
CROWD: Mapping[str, tuple[Visitor, int]] = {
    "crawler": (crawler, 12),
    "page reader": (page_reader, 24),
    "look-up": (looker_up, 14),
    "analyst": (analyst, 4),
    "reconciler": (reconciler, 6),
    "validator": (validator, 2),
    "hostile": (hostile, 2),
}
