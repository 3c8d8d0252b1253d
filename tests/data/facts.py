"""What would state as a fact what a source only says: the fifth promise of the claim graph."""

import re
from collections.abc import Iterator

import kg
from tests.data.reading import CG, SCHEMA, B, short

SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"

# Namespaces and properties that state a participant, a place, a time or a number of an event.
FACTS = (
    f"{SEM}has(Actor|Place|Time|Sub|Begin|End)",
    f"{SEM}(roleType|accordingTo|eventProperty)",
    "http://linkedevents.org/ontology/",
    "http://www.cidoc-crm.org/cidoc-crm/P",
    "http://www.cidoc-crm.org/extensions/crminf/J",
    "http://purl.org/NET/c4dm/event.owl#",
    "http://dbpedia.org/(ontology|property)/",
    "http://www.wikidata.org/prop/",
    "http://www.w3.org/ns/org#",
    "http://xmlns.com/foaf/0.1/(member|made|knows|based_near)",
    "http://purl.org/spar/cito/",
    f"{SCHEMA}(agent|participant|actor|attendee|organizer|performer|instrument|result|object)$",
    f"{SCHEMA}(location|startDate|endDate|startTime|endTime|about|subjectOf|text|funder)$",
    f"{SCHEMA}(member|memberOf|affiliation|worksFor|parentOrganization|knows|sponsor)$",
    "http://www.w3.org/ns/prov#(wasStartedBy|wasEndedBy|atLocation|actedOnBehalfOf|startedAtTime)",
    "http://www.w3.org/2002/07/owl#sameAs$",
)
PATTERN = "^(" + "|".join(FACTS) + ")"

# What may relate a thing that is talked about to another: names, points on a map, parts of events.
IDENTITY = {
    "http://www.w3.org/2008/05/skos-xl#altLabel",
    "http://www.opengis.net/ont/geosparql#hasDefaultGeometry",
    f"{SEM}subEventOf",
}
TALKED_ABOUT = tuple(f"{B}id/{kind}/" for kind in ("actor", "event", "place"))
ROLES = (
    *("agent", "target", "counterparty", "population", "theme", "content"),
    *("place", "time", "quantity", "event", "role"),
)


def facts_outside_claims(source: kg.Source) -> list[str]:
    return sorted(set(_facts(source)))


def _facts(source: kg.Source) -> Iterator[str]:
    roles = {CG + role for role in ROLES}
    for file in source.files:
        for quad in file.quads if file.role == "data" else ():
            subject, predicate = quad.subject.value, quad.predicate.value
            name = predicate.rpartition("#")[2].rpartition("/")[2]
            about = f"{file.path}: {short(subject)} {name} {short(quad.object.value)}"
            if re.match(PATTERN, predicate):
                yield f"{about}: states as a fact what a source says"
            if predicate in roles and not subject.startswith(f"{B}id/proposition/"):
                yield f"{about}: a role, but not of a proposition"
            story = quad.object.value.startswith(f"{B}id/") and predicate not in IDENTITY
            if story and subject.startswith(TALKED_ABOUT):
                yield f"{about}: tells a story about what should only be told apart"
