"""Terms and the order in which people read triples (storey 0)."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.rdf.namespaces import RDF, RDFS, SKOS, XSD

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


def about(subject: NamedNode | BlankNode | str, *said: tuple[str, Term | str]) -> Iterator[Triple]:
    """Yield a triple about the subject for each pair of a property's IRI and a value.

    A subject or value that is a string is an IRI.
    """
    node = NamedNode(subject) if isinstance(subject, str) else subject
    for predicate, value in said:
        object_ = NamedNode(value) if isinstance(value, str) else value
        yield Triple(node, NamedNode(predicate), object_)


def integer(number: int, datatype: str = "integer") -> Literal:
    """Return a number as a literal of an integer type of XML Schema.

    >>> integer(2)
    <Literal value=2 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
    """
    return Literal(str(number), datatype=NamedNode(f"{XSD}{datatype}"))
