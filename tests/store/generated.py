"""Three hundred queries of twenty-odd kinds over a small generated graph; the same ones always."""

import random
import re
from collections.abc import Iterator

ITEMS = 120
SEED = 11

XSD = "http://www.w3.org/2001/XMLSchema#"


def files() -> dict[str, str]:
    """The data, in three files and so in three named graphs, and an ontology."""
    lines = [line for number in range(ITEMS) for line in _item(number)]
    parts = {f"data/ttl/part{n}.ttl": "\n".join(lines[n::3]) for n in range(3)}
    classes = " ".join(f"ex:C{n} a owl:Class ; rdfs:label 'class {n}'@en ." for n in range(5))
    return {"kg.toml": 'base = "http://example.org/"', **parts, "ontology/o.ttl": classes}


def _item(number: int) -> Iterator[str]:
    rng = random.Random(number)
    me = f"ex:i{number}"
    yield f"{me} a ex:C{number % 5} ."
    yield f"{me} rdfs:label 'item {number} {rng.choice(['red', 'blue', 'green'])}'@en ."
    yield f"{me} ex:size {rng.randrange(40)} ."
    yield f"{me} ex:ratio {rng.randrange(100) / 8 + 0.5} ."
    year, month, day = rng.randrange(1990, 2020), rng.randrange(1, 13), rng.randrange(1, 28)
    yield f"{me} ex:date '{year}-{month:02}-{day:02}'^^xsd:date ."
    yield f"{me} ex:by ex:a{rng.randrange(12)} ."
    yield f"{me} ex:part ex:i{number // 3} ."
    for _ in range(rng.randrange(3)):
        yield f"{me} ex:rel ex:i{rng.randrange(ITEMS)} ."
    if number % 4 == 0:
        yield f"{me} ex:note 'note {rng.randrange(9)}' ."
    if number % 6 == 0:
        yield f"{me} rdfs:label 'chose {number}'@fr ."
    if number % 9 == 0:
        yield f"{me} ex:weight {rng.randrange(1, 9)}.5e0 ."
        yield f"{me} ex:open {rng.choice(['true', 'false'])} ."
    if number % 10 == 0:
        yield f"{me} ex:any {rng.choice(['7', '7.5', 'ex:i7', 'true', '[ ex:size 3 ]'])} ."


# In each: N a number of an item, A of an agent, C of a class, Z a size, Y a year, and W a word.
KINDS = {
    "look-up": "SELECT ?p ?o { ex:iN ?p ?o }",
    "look-up of subjects": "SELECT ?s ?p { ?s ?p ex:iN }",
    "ask": "ASK { ex:iN ex:rel ?x . ?x ex:by ex:aA }",
    "star": "SELECT * { ?s ex:by ex:aA ; rdfs:label ?l ; ex:size ?z ; ex:date ?d }",
    "chain": "SELECT ?x ?z { ?x ex:part ?y . ?y ex:rel ?z . ?z a ex:CC }",
    "date": "SELECT ?s ?d { ?s ex:date ?d FILTER (?d >= 'Y-06-01'^^xsd:date) }",
    "year": "SELECT (YEAR(?d) AS ?y) (COUNT(*) AS ?n) { ?s a ex:CC ; ex:date ?d } GROUP BY ?d",
    "group": "SELECT ?c (COUNT(*) AS ?n) (SUM(?z) AS ?t) (AVG(?z) AS ?v) (MIN(?z) AS ?a)"
    " (MAX(?z) AS ?b) { ?s a ?c ; ex:size ?z FILTER (?z > Z) } GROUP BY ?c",
    "having": "SELECT ?b (COUNT(DISTINCT ?s) AS ?n) { ?s ex:by ?b ; ex:size ?z FILTER (?z < Z) }"
    " GROUP BY ?b HAVING (COUNT(*) > 2)",
    "concat": "SELECT (GROUP_CONCAT(?c; separator='|') AS ?x) { { SELECT ?c { ?s ex:by ex:aA ;"
    " rdfs:label ?c } ORDER BY ?c } }",
    "empty group": "SELECT (COUNT(*) AS ?n) (SUM(?z) AS ?t) (AVG(?z) AS ?v) (MIN(?z) AS ?m)"
    " { ex:iN ex:size ?z FILTER (?z > Z) }",
    "decimals": "SELECT (SUM(?r) AS ?t) (AVG(?r) AS ?v) { ?s a ex:CC ; ex:ratio ?r }",
    "doubles": "SELECT ?s (?w * ?z AS ?x) { ?s ex:weight ?w ; ex:size ?z FILTER (?z != Z) }",
    "arithmetic": "SELECT ?s ((?z + ?r) / 4 AS ?x) (?z - Z AS ?y) (ROUND(?r) AS ?q) { ?s a ex:CC ;"
    " ex:size ?z ; ex:ratio ?r }",
    "division": "SELECT ?s (Z / ?z AS ?x) { ?s ex:size ?z ; ex:by ex:aA }",
    "optional": "SELECT ?s ?n { ?s ex:by ex:aA OPTIONAL { ?s ex:note ?n } }",
    "optional in optional": "SELECT * { ?s a ex:CC OPTIONAL { ?s ex:rel ?r OPTIONAL { ?r ex:note"
    " ?n FILTER (?n != 'note 3') } } }",
    "optional and condition": "SELECT ?s ?t { ?s ex:size ?z OPTIONAL { ?s ex:rel ?t . ?t ex:size"
    " ?y FILTER (?y > ?z) } FILTER (?z < Z) }",
    "unbound": "SELECT ?s { ?s a ex:CC OPTIONAL { ?s ex:note ?n } FILTER (!BOUND(?n)) }",
    "not exists": "SELECT ?s { ?s a ex:CC FILTER NOT EXISTS { ?s ex:rel ?r . ?r ex:by ex:aA } }",
    "exists": "SELECT ?s { ?s ex:size ?z FILTER (?z > Z && EXISTS { ?s ex:note ?n }) }",
    "minus": "SELECT ?s { ?s ex:by ex:aA MINUS { ?s ex:note ?n } }",
    "minus without common": "SELECT ?s { ?s ex:by ex:aA MINUS { ?x ex:note ?n } }",
    "union": "SELECT ?s ?v { { ?s ex:by ex:aA } UNION { ?s a ex:CC ; ex:note ?v } }",
    "values": "SELECT ?s ?b { VALUES (?b ?z) { (ex:aA UNDEF) (UNDEF Z) } ?s ex:by ?b ;"
    " ex:size ?z }",
    "values behind": "SELECT ?s ?z { ?s ex:size ?z ; ex:by ?b } VALUES ?b { ex:aA ex:a1 }",
    "top": "SELECT ?s ?z { ?s a ex:CC ; ex:size ?z } ORDER BY DESC(?z) ?s LIMIT 7 OFFSET 2",
    "order of kinds": "SELECT ?o ?s { ?s ex:any ?o FILTER (!ISBLANK(?o) && ?s != ex:iN) }"
    " ORDER BY ISNUMERIC(?o) STR(?o) ?s",
    "distinct": "SELECT DISTINCT ?c ?b { ?s a ?c ; ex:by ?b ; ex:size ?z FILTER (?z > Z) }",
    "plus": "SELECT ?x { ex:iN ex:part+ ?x }",
    "star backwards": "SELECT ?x { ?x ex:part* ex:iN }",
    "both ends": "SELECT ?x ?y { ?x ex:part+ ?y . ?y ex:by ex:aA }",
    "paths": "SELECT ?x ?y { ?x ex:part/^ex:rel|ex:rel/ex:rel ?y . ?x a ex:CC }",
    "not in": "SELECT ?p ?o { ex:iN !(rdf:type|ex:by) ?o . ?s ?p ?o FILTER (?p NOT IN (ex:size)) }",
    "maybe": "SELECT ?x { ex:iN ex:rel? ?x }",
    "words": "SELECT ?s (UCASE(SUBSTR(?l, 6)) AS ?x) { ?s rdfs:label ?l FILTER (CONTAINS(?l, 'W')"
    " && LANGMATCHES(LANG(?l), 'en') && ?s != ex:iN) }",
    "regular expression": "SELECT ?l { ?s rdfs:label ?l FILTER (REGEX(STR(?l), '^ITEM N?. W',"
    " 'i')) }",
    "replaced": "SELECT (REPLACE(STR(?l), 'W', '<$0>') AS ?x) (STRLEN(?l) AS ?n)"
    " (CONCAT(STRBEFORE(?l, ' '), STRAFTER(?l, ' ')) AS ?y) { ?s rdfs:label ?l ; a ex:CC }",
    "if": "SELECT ?k (COUNT(*) AS ?n) { ?s ex:size ?z BIND (IF(?z < Z, 'low', 'high') AS ?k) }"
    " GROUP BY ?k",
    "coalesce": "SELECT ?s (COALESCE(?n, ?z, 0) AS ?x) { ?s ex:size ?z ; ex:by ex:aA OPTIONAL { ?s"
    " ex:note ?n } }",
    "types": "SELECT ?o (DATATYPE(?o) AS ?d) { ?s ex:any ?o FILTER (ISLITERAL(?o) &&"
    " ?s != ex:iN) }",
    "equal values": "SELECT ?s ?o { ?s ex:any ?o FILTER (?o = 7 || ?o > Z) }",
    "in subselect": "SELECT ?s ?n { { SELECT ?b (COUNT(*) AS ?n) { ?x ex:by ?b } GROUP BY ?b }"
    " ?s ex:by ?b ; a ex:CC }",
    "first of subselect": "SELECT ?l { { SELECT ?s { ?s ex:size ?z } ORDER BY ?z ?s LIMIT 5 OFFSET"
    " Z } ?s rdfs:label ?l }",
    "same": "SELECT ?x ?y { ?x ex:by ?b ; ex:size ?z . ?y ex:by ?b ; ex:size ?z FILTER (?x != ?y &&"
    " ?z > Z) }",
    "graph": "SELECT ?s ?z { GRAPH <http://example.org/graph/part1> { ?s ex:size ?z FILTER (?z > Z)"
    " } }",
    "any graph": "SELECT ?g ?p { GRAPH ?g { ex:iN ?p ?o } }",
    "between graphs": "SELECT ?g ?z { ?s ex:by ex:aA GRAPH ?g { ?s ex:size ?z } }",
    "from": "SELECT ?s ?o FROM <http://example.org/graph/part2> { ?s ex:rel ?o"
    " FILTER (?o != ex:iN) }",
    "unequal kinds": "SELECT ?s ?o { ?s ex:any ?o FILTER (?o != Z && ?s != ex:iN) }",
    "days between": "SELECT ?s (?e - ?d AS ?x) { ?s ex:by ex:aA ; ex:date ?d ; ex:part ?p ."
    " ?p ex:date ?e }",
    "not a subject": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER (ISIRI(?o) && ?o != ex:iN) }",
}  # fmt: skip


def queries(number: int = 300) -> list[tuple[str, str]]:
    """That many different queries, each with its kind, in turn."""
    rng = random.Random(SEED)
    found: dict[str, str] = {}
    while len(found) < number:
        for kind, text in KINDS.items():
            found.setdefault(HOLE.sub(lambda hole: _filling(hole[0], rng), text), kind)
    return [(kind, text) for text, kind in found.items()][:number]


HOLE = re.compile(r"\b[NACZYW]\b|(?<=ex:[iaC])[NAC]\b")


def _filling(hole: str, rng: random.Random) -> str:
    if hole == "W":
        return rng.choice(["red", "blue", "e"])
    limits = {"N": (0, ITEMS), "A": (0, 12), "C": (0, 5), "Z": (0, 30), "Y": (1995, 2020)}
    return str(rng.randrange(*limits[hole]))
