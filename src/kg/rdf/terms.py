"""Terms and the order in which people read triples (storey 0)."""

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.rdf.namespaces import RDF, RDFS, SKOS

Term = NamedNode | BlankNode | Literal | Triple
Node = NamedNode | BlankNode | Triple

FIRST = (f"{RDF}type", f"{SKOS}prefLabel", f"{RDFS}label")


def text_of(term: Term) -> str:
    """Return an IRI, a blank node's label or a lexical form; a triple term as N-Triples has it."""
    return str(term) if isinstance(term, Triple) else term.value


def graph_of(quad: Quad) -> str:
    """Return the IRI or label of the graph that the quad is in, "" for the default graph."""
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value


def reading_order(quad: Quad) -> tuple[str, int, str, str]:
    """Return a sort key: by subject, its type first, then its labels, then the rest."""
    predicate = quad.predicate.value
    place = FIRST.index(predicate) if predicate in FIRST else len(FIRST)
    return str(quad.subject), place, predicate, f"{quad.object} {quad.graph_name}"
