"""What people say of their data set (storey 2), as DCAT wants it said.

Statements are copied from the data where DCAT has room for them, and whatever they refer to is
typed. Where the data says nothing, a title, a description, an identifier and that everybody may
read it are said for it: those are true of anything that is published here.
"""

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Triple

from kg.dataset.description import label, readable
from kg.dataset.frame import Frame
from kg.rdf.namespaces import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, VCARD, XSD
from kg.rdf.terms import Node, Term, about

TEXTS = (f"{DCTERMS}title", f"{DCTERMS}description", f"{DCTERMS}identifier", f"{DCAT}keyword")
DATES = (f"{DCTERMS}issued", f"{DCTERMS}modified")
DATE_TYPES = frozenset(f"{XSD}{name}" for name in ("date", "dateTime", "gYear", "gYearMonth"))

# properties whose values are things, with the class that DCAT-AP wants these to have
REFERENCES = MappingProxyType(
    {
        f"{DCTERMS}license": f"{DCTERMS}LicenseDocument",
        f"{DCTERMS}accessRights": f"{DCTERMS}RightsStatement",
        f"{DCTERMS}language": f"{DCTERMS}LinguisticSystem",
        f"{DCTERMS}conformsTo": f"{DCTERMS}Standard",
        f"{DCTERMS}spatial": f"{DCTERMS}Location",
        f"{DCTERMS}temporal": f"{DCTERMS}PeriodOfTime",
        f"{DCTERMS}accrualPeriodicity": f"{DCTERMS}Frequency",
        f"{DCTERMS}provenance": f"{DCTERMS}ProvenanceStatement",
        f"{DCAT}theme": f"{SKOS}Concept",
        f"{DCAT}contactPoint": f"{VCARD}Kind",
        f"{DCAT}landingPage": f"{FOAF}Document",
        f"{FOAF}page": f"{FOAF}Document",
        f"{PROV}wasGeneratedBy": f"{PROV}Activity",
    }
)
# of these a data set has one; the first is taken
SINGLE = frozenset(f"{DCTERMS}{name}" for name in ("license", "accessRights", "accrualPeriodicity"))

# DCAT's source is a data set: from whatever else the data was made, it is related to
RELATED = (f"{DCTERMS}relation", f"{DCTERMS}source")

# what is copied of the things that are referred to
NAMES = (f"{SKOS}prefLabel", f"{RDFS}label", f"{DCTERMS}title", f"{FOAF}name", f"{VCARD}fn")
ADDRESSES = (f"{VCARD}hasEmail", f"{VCARD}hasURL")
BOUNDS = (f"{DCAT}startDate", f"{DCAT}endDate")

# Source: https://www.w3.org/TR/vocab-dcat-3/#Property:resource_language
LANGUAGE = "http://id.loc.gov/vocabulary/iso639-"
CODE = re.compile("[a-z]{2,3}")
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"


def said_by_people(frame: Frame) -> Iterator[Triple]:
    """Yield what the data says of its data set, and the types of all that this refers to."""
    yield from about(frame.dataset, (f"{RDF}type", f"{DCAT}Dataset"), *_texts(frame))
    for predicate, class_ in REFERENCES.items():
        for _, iri in references(frame, predicate):
            yield from about(frame.dataset, (predicate, iri))
            yield from _typed(frame, iri, class_)
    for predicate, most in ((f"{DCTERMS}creator", None), (f"{DCTERMS}publisher", 1)):
        for iri, name in agents(frame, (predicate,))[:most]:
            yield from about(frame.dataset, (predicate, iri))
            yield from about(iri, (f"{RDF}type", f"{FOAF}Agent"), (f"{FOAF}name", name))
    for predicate in RELATED:
        related = (term for term in values(frame, predicate) if isinstance(term, NamedNode))
        yield from about(frame.dataset, *((f"{DCTERMS}relation", term) for term in related))


def values(frame: Frame, predicate: str) -> tuple[Term, ...]:
    """Return what the data gives as the data set's values of a property."""
    return frame.snapshot.objects(NamedNode(frame.dataset), predicate)


def english(text: str) -> Literal:
    """Return a text that `kg` says by itself."""
    return Literal(text, language="en")


def references(frame: Frame, predicate: str) -> list[tuple[str, NamedNode]]:
    """Return the IRIs that are the data set's values of a property, each with the property.

    Language tags stand for the IRIs of their languages. Access is public unless the data says
    otherwise.
    """
    found = [term for term in values(frame, predicate) if isinstance(term, NamedNode)]
    if predicate == f"{DCTERMS}language":
        found.extend(_languages(values(frame, predicate)))
    if predicate == f"{DCTERMS}accessRights" and not found:
        found.append(NamedNode(PUBLIC))
    most = 1 if predicate in SINGLE else None
    return [(predicate, iri) for iri in dict.fromkeys(found[:most])]


def agents(frame: Frame, predicates: Iterable[str]) -> list[tuple[NamedNode, Literal]]:
    """Return those who the properties name, each with a name; a bare name gets an IRI."""
    found = dict.fromkeys(term for predicate in predicates for term in values(frame, predicate))
    named = []
    for term in found:
        if isinstance(term, Literal):
            named.append((NamedNode(frame.part("agent", term.value)), term))
        elif isinstance(term, NamedNode):
            named.append((term, _name(frame, term)))
        elif name := label(frame.snapshot, term):
            named.append((NamedNode(frame.part("agent", name.value)), name))
    return named


def _texts(frame: Frame) -> Iterator[tuple[str, Term]]:
    """Yield the texts and dates of the data set, and those that are said for one without."""
    found = [
        (predicate, term)
        for predicate in TEXTS
        for term in values(frame, predicate)
        if isinstance(term, Literal)
    ]
    yield from found
    given = {predicate for predicate, _ in found}
    name = label(frame.snapshot, NamedNode(frame.dataset)) or english(f"Data of {frame.base}")
    described = english(f"The RDF data whose addresses begin with {frame.base}.")
    defaults = zip(TEXTS, (name, described, Literal(frame.dataset)), strict=False)
    yield from (pair for pair in defaults if pair[0] not in given)
    for predicate in DATES:
        yield from ((predicate, date) for date in _dates(values(frame, predicate)))
    versions = [term for term in values(frame, f"{DCAT}version") if isinstance(term, Literal)]
    yield from ((f"{DCAT}version", version) for version in versions[:1])


def _dates(terms: Iterable[Term]) -> list[Literal]:
    """Return the first of the terms that is a date as DCAT has it, if one is."""
    literals = (term for term in terms if isinstance(term, Literal))
    return [literal for literal in literals if literal.datatype.value in DATE_TYPES][:1]


def _languages(terms: Iterable[Term]) -> Iterator[NamedNode]:
    """Yield the IRIs of the languages whose tags are among the terms."""
    for term in terms:
        code = term.value.partition("-")[0].lower() if isinstance(term, Literal) else ""
        if CODE.fullmatch(code):
            yield NamedNode(f"{LANGUAGE}{len(code) - 1}/{code}")


def _typed(frame: Frame, iri: NamedNode, class_: str) -> Iterator[Triple]:
    """Yield the type of what is referred to, its details and a label."""
    objects = frame.snapshot.objects
    names = [(p, name) for p in NAMES for name in objects(iri, p) if isinstance(name, Literal)]
    places = [(p, o) for p in ADDRESSES for o in objects(iri, p) if isinstance(o, NamedNode)]
    bounds = [(p, date) for p in BOUNDS for date in _dates(objects(iri, p))]
    yield from about(iri, (f"{RDF}type", class_), *names, *places, *bounds)
    labelled = f"{SKOS}prefLabel" if class_ == f"{SKOS}Concept" else f"{RDFS}label"
    if not any(predicate == labelled for predicate, _ in names):
        yield from about(iri, (labelled, _name(frame, iri)))


def _name(frame: Frame, term: Node) -> Literal:
    """Return a name for an IRI: its label in the data, or how it is written in short."""
    found = label(frame.snapshot, term)
    if found or not isinstance(term, NamedNode):
        return found or Literal("")
    short = readable(frame.snapshot, term.value)
    return Literal(short.rstrip("/").rpartition("/")[2] or short)
