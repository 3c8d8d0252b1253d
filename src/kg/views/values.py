"""Terms as pages show them (storey 3): labelled, and linked where that is safe."""

from pyoxigraph import BlankNode, Literal, Triple

from kg.dataset.addresses import document_path
from kg.dataset.description import label, readable
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import XSD
from kg.rdf.terms import Term
from kg.views.language import say
from kg.views.pages import Value

# datatypes that a reader sees from the lexical form
EVIDENT = frozenset(
    {
        *(f"{XSD}{name}" for name in ("string", "integer", "decimal", "boolean", "date", "gYear")),
        # dates as librarians write them
        "http://id.loc.gov/datatypes/edtf/EDTF",
    }
)


def value_of(snapshot: Snapshot, term: Term) -> Value:
    """Return a term as a page shows it: labelled, linked where the link is safe."""
    if isinstance(term, Literal):
        return _literal(snapshot, term)
    if isinstance(term, Triple):
        return Value(str(term))
    named = label(snapshot, term)
    if isinstance(term, BlankNode):
        text, iri, link = say(snapshot, "(no name)"), "", ""
    else:
        iri = term.value
        text, link = readable(snapshot, iri), href(snapshot, iri)
    if named:
        return Value(named.value, named.language or "", link, iri)
    return Value(text, href=link, iri=iri, labelled=False)


def href(snapshot: Snapshot, iri: str) -> str:
    """Return where a link to the IRI leads: to our document, out to the web, or nowhere.

    Only http and https are followed, so that `javascript:` in data stays text; what is ours
    and not described leads nowhere.
    """
    if snapshot.describes(iri) or iri in snapshot.documents:
        return document_path(snapshot, iri)
    outside = iri.startswith(("http://", "https://")) and not iri.startswith(snapshot.base)
    return iri if outside else ""


def _literal(snapshot: Snapshot, literal: Literal) -> Value:
    if literal.language:
        return Value(literal.value, literal.language)
    datatype = literal.datatype.value
    if datatype in EVIDENT:
        return Value(literal.value)
    if datatype == f"{XSD}anyURI":
        return Value(literal.value, href=href(snapshot, literal.value))
    return Value(literal.value, datatype=readable(snapshot, datatype))
