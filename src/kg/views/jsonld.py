"""JSON-LD as people read it (storey 3): compact, parts inside their wholes, the context by URL.

Source: https://www.w3.org/TR/json-ld11-api/#compaction
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple, serialize

from kg.dataset.context import CONTEXT_PATH, context
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import JSON_LD
from kg.rdf.namespaces import RDF
from kg.rdf.terms import Term, graph_of
from kg.rdf.writing import is_nested

# a node or value object of expanded JSON-LD
Object = dict[str, Any]

# the value of @context
Names = dict[str, object]

TYPE, FIRST, REST, NIL = (f"{RDF}{name}" for name in ("type", "first", "rest", "nil"))

# keys that say what an object is come first, the others by the alphabet
LEADING = ("@context", "id", "type")

# further inside, nodes are referred to: readers of JSON are recursive
DEEPEST = 20

# the library keeps contexts in caches that are not made for threads
ONE_AT_A_TIME = Lock()


def context_document(snapshot: Snapshot) -> bytes:
    """Return the document that is published at CONTEXT_PATH."""
    return _written({"@context": context(snapshot)})


def can_hold_in_json(triples: Iterable[Triple]) -> bool:
    """Whether JSON-LD 1.1 can write the triples: it has no triples as terms."""
    return not any(map(is_nested, triples))


def compacted(
    snapshot: Snapshot, iri: str, triples: Collection[Triple], names: Names | None = None
) -> bytes:
    """Return the triples as one JSON-LD document; the node of the IRI is the first in `@graph`.

    `names` is the snapshot's context, where it is at hand.
    A part is inside its whole, and a blank node where it is referred to, if that is one place.
    """
    nodes = tree(_nodes(triples), snapshot.parts).grown(iri)
    terms = {term for triple in triples for term in triple}
    return _document(snapshot, nodes, terms, names or context(snapshot))


def compacted_graphs(
    snapshot: Snapshot, iri: str, quads: Collection[Quad], names: Names | None = None
) -> bytes:
    """Return the quads as one JSON-LD document, in `@graph` an object for each named graph.

    Nodes of the default graph stand beside them; a blank node of several graphs keeps its name.
    """
    graphs: dict[str, dict[Triple, None]] = defaultdict(dict)
    for quad in quads:
        graphs[graph_of(quad)][quad.triple] = None
    blank = Counter(node for triples in graphs.values() for node in _blank_nodes(triples))
    shared = [f"_:{node.value}" for node, count in blank.items() if count > 1]
    contents = {
        graph: tree(_nodes(triples), snapshot.parts, shared).grown(iri)
        for graph, triples in sorted(graphs.items())
    }
    named = [{"@id": graph, "@graph": nodes} for graph, nodes in contents.items() if graph]
    terms = {term for quad in quads for term in quad if not isinstance(term, DefaultGraph)}
    nodes = [*named, *contents.get("", ())]
    return _document(snapshot, nodes, terms, names or context(snapshot))


def _blank_nodes(triples: Iterable[Triple]) -> set[BlankNode]:
    return {term for triple in triples for term in triple if isinstance(term, BlankNode)}


def _document(
    snapshot: Snapshot, nodes: list[Object], terms: Iterable[Term], names: Names
) -> bytes:
    from pyld import jsonld

    unmapped = dict.fromkeys(sorted(_misread(snapshot, terms) & names.keys()))
    options = {
        "skipExpansion": True,
        "graph": True,
        "compactToRelative": False,
        "documentLoader": _refuse,
    }
    with ONE_AT_A_TIME:
        document = jsonld.compact(nodes, [names, unmapped], options)
    path = snapshot.root + CONTEXT_PATH
    document["@context"] = [path, unmapped] if unmapped else path
    return _written(_ordered(document))


def _refuse(url: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
    raise AssertionError(f"{url}: a context is at hand, and nothing is loaded")


def _misread(snapshot: Snapshot, terms: Iterable[Term]) -> set[str]:
    """Return names that must mean nothing in the document, for some IRI would be misread.

    A scheme would be taken for a prefix; and a prefix before // for a scheme.
    Source: https://www.w3.org/TR/json-ld11-api/#iri-expansion
    """
    iris = {iri for term in terms if (iri := _iri(term))}
    parted = (iri.partition(":") for iri in iris)
    schemes = {scheme for scheme, _, rest in parted if not rest.startswith("//")}
    doubled = tuple(iri for iri in iris if iri.count("//") > 1)
    prefixes = {
        prefix
        for prefix, namespace in snapshot.prefixes.pairs
        if any(iri.startswith(f"{namespace}//") for iri in doubled)
    }
    return schemes | prefixes


def _iri(term: Term) -> str:
    """Return a term's IRI or its datatype's, "" for a blank node."""
    if isinstance(term, Literal):
        return term.datatype.value
    return term.value if isinstance(term, NamedNode) else ""


def _nodes(triples: Iterable[Triple]) -> dict[str, Object]:
    """Return a node object for each subject, expanded, by its `@id`, in the triples' order."""
    body = serialize((Quad(*triple) for triple in triples), format=JSON_LD.engine)
    assert body is not None
    nodes: dict[str, Object] = {}
    for found in json.loads(body):
        node = nodes.setdefault(found.pop("@id"), {})
        for key, values in found.items():
            node.setdefault(key, []).extend(values)
    return nodes


def _ordered(value: Any) -> Any:
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=_place)}
    return value


def _place(key: str) -> tuple[int, str]:
    return (LEADING.index(key) if key in LEADING else len(LEADING)), key


def _written(document: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(document, indent=1, ensure_ascii=False)}\n".encode()


@dataclass(frozen=True, slots=True)
class Tree:
    """Node objects without their `@id` that wait for their place, by it; growing uses them up.

    `references` counts how often each blank node is referred to, and each other node as a part.
    """

    waiting: dict[str, Object]
    references: Counter[str]
    parts: Collection[str]

    def grown(self, first: str) -> list[Object]:
        """Return all nodes, that one first; what has its one place inside another is there."""
        outside = [name for name in self.waiting if self.references[name] != 1]
        # the rest is what those did not lead to: rings, and what would be too deep
        order = [first, *outside, *self.waiting]
        return [self.node(name, 0) for name in order if name in self.waiting]

    def node(self, name: str, depth: int) -> Object:
        """Return the node with what is inside it; blank nodes that nobody names are unnamed."""
        node = self.waiting.pop(name)
        inside: Object = {
            key: [self.value(key, value, depth) for value in values] for key, values in node.items()
        }
        unnamed = name.startswith("_:") and self.references[name] == (1 if depth else 0)
        return _typed(inside if unnamed else {"@id": name, **inside})

    def value(self, key: str, value: Object, depth: int) -> Object:
        """Return the value of a property, or what it refers to where that is its place."""
        name = value.get("@id", "")
        if depth == DEEPEST or not self.is_place(key, name):
            return value
        cells = self.cells(name)
        if not cells:
            return self.node(name, depth + 1)
        items = [self.waiting.pop(cell)[FIRST][0] for cell in cells]
        return {"@list": [self.value(FIRST, item, depth + 1) for item in items]}

    def is_place(self, key: str, name: str) -> bool:
        """Whether that reference is the only one to a node that waits."""
        once = name in self.waiting and self.references[name] == 1
        return once and is_inside(key, name, self.parts)

    def cells(self, name: str) -> list[str]:
        """Return the cells of a list of which nothing is said but that, or none."""
        found = []
        while name.startswith("_:") and self.is_place(REST, name) and _is_cell(self.waiting[name]):
            found.append(name)
            name = self.waiting[name][REST][0].get("@id", "")
        return found if name == NIL else []


def _typed(node: Object) -> Object:
    """Return the node with its classes as `@type`; other values of rdf:type stay where they are."""
    values = node.pop(TYPE, [])
    classes = [value["@id"] for value in values if _is_iri(value)]
    others = [value for value in values if not _is_iri(value)]
    return node | ({"@type": classes} if classes else {}) | ({TYPE: others} if others else {})


def _is_iri(value: Object) -> bool:
    return {*value} == {"@id"} and not value["@id"].startswith("_:")


def _is_cell(node: Object) -> bool:
    return {*node} == {FIRST, REST} and len(node[FIRST]) == len(node[REST]) == 1


def is_inside(key: str, name: str, parts: Collection[str]) -> bool:
    """Whether a node may be inside one that refers to it so: a blank node or a part."""
    return name.startswith("_:") or key in parts


def tree(nodes: dict[str, Object], parts: Collection[str], named: Iterable[str] = ()) -> Tree:
    """Return the node objects, ready to be grown; those of `named` are to keep their names."""
    references = Counter(
        value["@id"]
        for node in nodes.values()
        for key, values in node.items()
        for value in values
        if "@id" in value and is_inside(key, value["@id"], parts)
    )
    # as if referred to from elsewhere, which they are
    references.update(dict.fromkeys(named, 2))
    return Tree(nodes, references, parts)
