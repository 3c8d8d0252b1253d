"""Stored queries in RDF (storey 2), in the words of SHACL, as SIB's collection has its examples.

Source: https://github.com/sib-swiss/sparql-examples
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.dataset.queries import StoredQuery
from kg.rdf.namespaces import RDF, RDFS, SCHEMAS, SH, XSD, iri_path
from kg.rdf.sparql_text import declared_prefixes, query_form
from kg.rdf.terms import about


def query_iri(query: StoredQuery, base: str) -> str:
    """Return the IRI of a stored query: that of its page, its answers and its description."""
    return f"{base}queries/{iri_path(query.name)}"


def described(queries: Sequence[StoredQuery], base: str) -> tuple[Quad, ...]:
    """Return the descriptions of the queries, each in a graph of its own, and their prefixes."""
    found = [quad for query in queries for quad in executable(query, base)]
    graph = NamedNode(f"{base}graph/queries")
    prefixes = _prefixes(queries, base)
    found.extend(Quad(t.subject, t.predicate, t.object, graph) for t in prefixes)
    return tuple(found)


def executable(query: StoredQuery, base: str) -> tuple[Quad, ...]:
    """Return the description of one query, which runs as it is: defaults are in their places."""
    graph = NamedNode(f"{base}graph/queries/{iri_path(query.name)}")
    form = query_form(query.text)
    kind = form.capitalize() if form != "DESCRIBE" else "Construct"
    comment = (query.description,) if query.description else ()
    said = about(
        query_iri(query, base),
        (RDF + "type", SH + "SPARQLExecutable"),
        (RDF + "type", f"{SH}SPARQL{kind}Executable"),
        (RDFS + "label", Literal(query.summary, language="en")),
        *((RDFS + "comment", Literal(one, language="en")) for one in comment),
        (SH + kind.lower(), Literal(query.example)),
        (SCHEMAS + "target", f"{base}sparql"),
        *((SCHEMAS + "keywords", Literal(tag)) for tag in query.tags),
        *(((SH + "prefixes", _set(base)),) if declared_prefixes(query.text) else ()),
    )
    return tuple(Quad(t.subject, t.predicate, t.object, graph) for t in said)


def _set(base: str) -> str:
    # an IRI, so that every file and every graph means the same set by it
    return f"{base}graph/queries#prefixes"


def _prefixes(queries: Sequence[StoredQuery], base: str) -> Iterator[Triple]:
    """Yield the declarations of the prefixes that mean the same in all queries that have them."""
    meant: dict[str, set[str]] = defaultdict(set)
    for query in queries:
        for prefix, namespace in declared_prefixes(query.text).items():
            meant[prefix].add(namespace)
    for prefix, namespaces in sorted(meant.items()):
        if len(namespaces) > 1:
            continue
        one = f"{base}graph/queries#prefix-{iri_path(prefix)}"
        iri = Literal(*namespaces, datatype=NamedNode(f"{XSD}anyURI"))
        yield from about(_set(base), (SH + "declare", one))
        yield from about(one, (SH + "prefix", Literal(prefix)), (SH + "namespace", iri))
