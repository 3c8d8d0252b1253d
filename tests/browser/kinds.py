"""Every kind of page, each by one that shows all that it can."""

from types import MappingProxyType
from urllib.parse import quote

SELECT = "SELECT * { ?s a cg:Claim ; ?p ?o } LIMIT 50"

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
        "checks": "/checks",
        "data": "/data",
        "about": "/about",
        "query": "/sparql",
        "answer": f"/sparql?query={quote(SELECT)}",
        "boolean": f"/sparql?query={quote('ASK {}')}",
        "graph": f"/sparql?query={quote('DESCRIBE cg:Claim')}",
        "broken query": f"/sparql?query={quote('SELECT')}",
        "validation": "/validate",
        "not found": "/nothing-here",
    }
)
