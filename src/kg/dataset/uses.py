"""What classes and properties are used for (storey 2), gone through once when a snapshot is made.

Nothing that is asked of a server goes through all of the data for it again.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from kg.rdf.namespaces import RDF, RDFS
from kg.rdf.terms import text_of


@dataclass(frozen=True, slots=True)
class Uses:
    """What the default graph uses its terms for, by their IRIs.

    `properties` has the number of triples of each property, `classes` that of instances,
    `of_class` how many instances of a class have a property, by both; `first` has one triple of
    each property that is about a thing with an IRI. `below` has what is declared a subclass of a
    class, in any graph, and `members` the IRIs of its instances, sorted, with those of its
    subclasses at any depth.
    """

    properties: Mapping[str, int]
    classes: Mapping[str, int]
    of_class: Mapping[str, Mapping[str, int]]
    first: Mapping[str, Triple]
    below: Mapping[str, tuple[str, ...]]
    members: Mapping[str, Sequence[str]]


def uses_of(rows: Iterable[Sequence[Quad]], inside: Callable[[Quad], bool]) -> Uses:
    """Return the uses of terms; each row has all quads of one subject.

    `inside` says of a quad whether it is in the default graph.
    """
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    of_class: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Triple] = {}
    below: defaultdict[str, dict[str, None]] = defaultdict(dict)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for quads in rows:
        for quad in quads:
            if quad.predicate.value == f"{RDFS}subClassOf":
                below[text_of(quad.object)][text_of(quad.subject)] = None
        triples = dict.fromkeys(quad.triple for quad in quads if inside(quad))
        predicates = [triple.predicate.value for triple in triples]
        properties.update(predicates)
        for triple, predicate in zip(triples, predicates, strict=True):
            subject = triple.subject
            if isinstance(subject, NamedNode):
                first.setdefault(predicate, triple)
            if predicate == f"{RDF}type" and isinstance(triple.object, NamedNode):
                classes[triple.object.value] += 1
                of_class[triple.object.value].update(set(predicates))
                if isinstance(subject, NamedNode):
                    members[triple.object.value].append(subject.value)
    found = {class_: tuple(others) for class_, others in below.items()}
    return Uses(properties, classes, of_class, first, found, _with_subclasses(members, found))


def closed(below: Mapping[str, Iterable[str]], class_: str) -> frozenset[str]:
    """Return the class and everything below it, at any depth."""
    found, waiting = {class_}, [class_]
    while waiting:
        more = [one for one in below.get(waiting.pop(), ()) if one not in found]
        found.update(more)
        waiting.extend(more)
    return frozenset(found)


def _with_subclasses(
    members: Mapping[str, Sequence[str]], below: Mapping[str, Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    found = {}
    for class_ in sorted({*members, *below}):
        rows = [members[one] for one in closed(below, class_) if one in members]
        if rows:
            found[class_] = tuple(sorted(set().union(*rows)))
    return found
