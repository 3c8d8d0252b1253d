"""The JSON-LD context of a data set (storey 2): short names for what its vocabulary declares.

It is made of prefixes, ontology and shapes and never of data, so that it is the same for every
document and stays as it is when a record is edited.
Source: https://www.w3.org/TR/json-ld11/#the-context
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import NamedNode, Quad

from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import JSON_LD
from kg.rdf.namespaces import LOCAL_NAME, OWL, RDF, RDFS, SH, XSD, Prefixes
from kg.rdf.terms import Node, graph_of, text_of

# where the context is published; documents name it by this root-relative URL
CONTEXT_PATH = f"/context.{JSON_LD.extension}"

ALIASES = MappingProxyType({"id": "@id", "type": "@type"})

DECLARED = frozenset(
    {
        f"{OWL}Class",
        f"{RDFS}Class",
        f"{RDF}Property",
        f"{OWL}ObjectProperty",
        f"{OWL}DatatypeProperty",
        f"{OWL}AnnotationProperty",
    }
)
LANG_STRING = f"{RDF}langString"

# what a property's type or its sh:nodeKind says where no value is a literal
THINGS = frozenset({f"{OWL}ObjectProperty", f"{SH}IRI", f"{SH}BlankNodeOrIRI"})


def context(snapshot: Snapshot) -> dict[str, object]:
    """Return the value of `@context`: aliases, then prefixes, then terms, each sorted.

    A class or property has its local name as term, unless a prefix, an alias or another has it;
    what the ontology declares comes before what shapes merely use. Whatever has no term, and
    every value that is not of its term's type, is written with a prefix.
    """
    prefixes = {p: space for p, space in snapshot.prefixes.pairs if p not in ALIASES}
    declared = _declared(snapshot.in_role("ontology"))
    shapes = _shapes_by_path(snapshot.in_role("shapes"))
    taken = {*ALIASES, *prefixes}
    terms = _terms(declared, taken)
    # @type stands for rdf:type
    used = {*shapes} - declared - {f"{RDF}type"}
    terms |= _terms(used, taken | {_local_name(iri) for iri in declared})
    short = Prefixes(tuple(prefixes.items())).shrink
    return {
        "@version": 1.1,
        **ALIASES,
        **{prefix: _prefix(space) for prefix, space in sorted(prefixes.items())},
        **{
            term: _definition(snapshot, iri, shapes.get(iri, ()), short)
            for term, iri in sorted(terms.items())
        },
    }


def _declared(ontology: Iterable[Quad]) -> frozenset[str]:
    """Return the IRIs of the classes and properties that the ontology declares."""
    return frozenset(
        quad.subject.value
        for quad in ontology
        if quad.predicate.value == f"{RDF}type"
        and text_of(quad.object) in DECLARED
        and isinstance(quad.subject, NamedNode)
    )


def _shapes_by_path(shapes: Iterable[Quad]) -> Mapping[str, Collection[Node]]:
    """Return the property shapes of each property that is a path by itself, by its IRI."""
    found: dict[str, list[Node]] = defaultdict(list)
    for quad in shapes:
        if quad.predicate.value == f"{SH}path" and isinstance(quad.object, NamedNode):
            found[quad.object.value].append(quad.subject)
    return found


def _terms(iris: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """Return the IRI that each local name stands for, where it is only one's and not taken."""
    named: dict[str, list[str]] = defaultdict(list)
    for iri in iris:
        named[_local_name(iri)].append(iri)
    return {
        name: found[0]
        for name, found in named.items()
        if len(found) == 1 and name not in taken and LOCAL_NAME.fullmatch(name)
    }


def _local_name(iri: str) -> str:
    return re.split("[/#:]", iri)[-1]


def _prefix(namespace: str) -> str | dict[str, object]:
    """Return a prefix's definition; only a namespace that ends in a gen-delim is one by itself.

    Source: https://www.w3.org/TR/json-ld11/#compact-iris
    """
    plain = namespace.endswith((":", "/", "?", "#", "[", "]", "@"))
    return namespace if plain else {"@id": namespace, "@prefix": True}


def _definition(
    snapshot: Snapshot, iri: str, shapes: Collection[Node], short: Callable[[str], str | None]
) -> str | dict[str, object]:
    """Return a term's definition, with a type or container where ontology and shapes agree."""
    kinds = {*_kinds(snapshot, NamedNode(iri), "ontology")}
    kinds.update(kind for shape in shapes for kind in _kinds(snapshot, shape, "shapes"))
    name = short(iri) or iri
    unique = any(_has_unique_languages(snapshot, shape) for shape in shapes)
    if kinds == {LANG_STRING} or (unique and not kinds):
        return {"@id": name, "@container": "@language" if unique else ["@language", "@set"]}
    kind = kinds.pop() if len(kinds) == 1 else f"{XSD}string"
    return name if kind == f"{XSD}string" else {"@id": name, "@type": short(kind) or kind}


def _kinds(snapshot: Snapshot, term: Node, role: str) -> Iterator[str]:
    """Yield what is said of a property's values in graphs of the role: "@id" or a datatype."""
    for quad in snapshot.about(term):
        predicate, value = quad.predicate.value, text_of(quad.object)
        if snapshot.roles.get(graph_of(quad)) != role:
            continue
        ranges = predicate == f"{RDFS}range" and value.startswith((XSD, LANG_STRING))
        if ranges or predicate == f"{SH}datatype":
            yield value
        elif predicate == f"{SH}class" or value in THINGS:
            yield "@id"


def _has_unique_languages(snapshot: Snapshot, shape: Node) -> bool:
    return "true" in map(text_of, snapshot.objects(shape, f"{SH}uniqueLang"))
