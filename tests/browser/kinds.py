"""Every kind of page, each by one that shows all that it can."""

from types import MappingProxyType
from urllib.parse import quote

RELATED = "SELECT DISTINCT ?event ?agent { ?p cg:event ?event ; cg:agent ?agent } LIMIT 30"
SELECT = "SELECT * { ?s a cg:Claim ; ?p ?o } LIMIT 50"
PLACES = (
    "PREFIX geo: <http://www.opengis.net/ont/geosparql#> SELECT ?place ?point "
    "{ ?place a cg:Place ; geo:hasDefaultGeometry/geo:asWKT ?point }"
)
EVENTS = (
    "PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> SELECT ?event ?start "
    "{ ?p cg:event ?event ; cg:time/sem:hasEarliestBeginTimeStamp ?start }"
)
COUNTS = "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n) LIMIT 9"
AUTHOR = "https://w3id.org/claimgraph/id/actor/russia"
AGENT = "https://w3id.org/claimgraph/ontology#agent"

# XML has no character for it
CONTROL = "SELECT ('\\u0001' AS ?x) {}"

LISTS = ("claims", "actors", "events", "places", "documents", "narratives")

KINDS = MappingProxyType(
    {
        "overview": "/",
        "claim": "/doc/claim/c-0045.html",
        "claim of an argument": "/doc/claim/c-0020.html",
        "actor": "/doc/actor/russia.html",
        "event": "/doc/event/russian-military-campaign-in-syria.html",
        "place": "/doc/place/aleppo.html",
        "document": "/doc/doc/csis-report-2020.html",
        "scheme": "/doc/scheme/voice.html",
        "ontology": "/ontology.html",
        "shapes": "/shapes.html",
        **{name: f"/{name}" for name in LISTS},
        "chosen": "/claims?voice=scheme/voice/indirect",
        "links": f"/list?to={quote(AUTHOR, safe='')}&by={quote(AGENT, safe='')}",
        "search": "/search?q=Rakka",
        "nothing found": "/search?q=zzzzzzzz",
        "questions": "/queries",
        "question": "/queries/2-who-says-it/dated-documents",
        "question with a form": "/queries/1-first-steps/claims-of-one-source",
        "versions": "/version",
        "checks": "/checks",
        "data": "/data",
        "about": "/about",
        "query": "/sparql",
        "answer": f"/sparql?query={quote(SELECT)}",
        "map": f"/sparql?query={quote(PLACES)}&view=map",
        "timeline": f"/sparql?query={quote(EVENTS)}&view=timeline",
        "chart": f"/sparql?query={quote(COUNTS)}&view=chart",
        "answer as a graph": f"/sparql?query={quote(RELATED)}&view=graph",
        "graph as a tree": f"/sparql?query={quote('DESCRIBE cg:Claim')}&view=tree",
        "boolean": f"/sparql?query={quote('ASK {}')}",
        "graph": f"/sparql?query={quote('DESCRIBE cg:Claim')}",
        "broken query": f"/sparql?query={quote('SELECT')}",
        "preview": f"/reconcile/preview?id={quote(AUTHOR, safe='')}",
        "validation": "/validate",
        "not found": "/id/actor/rusia",
        "not acceptable": f"/sparql?query={quote(CONTROL)}&format=xml",
    }
)

# a browser notes in its console that a page came with a 4xx status: once
NOTED = ("broken query", "not found", "not acceptable")
