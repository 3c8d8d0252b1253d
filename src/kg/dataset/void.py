"""The data set in VoID (storey 2): what it holds, counted, and where it is found.

Source: https://www.w3.org/TR/void/
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from pyoxigraph import Literal, NamedNode, Triple

from kg.dataset.counting import Counts
from kg.dataset.dumps import Dump
from kg.dataset.frame import Frame
from kg.rdf.formats import FORMATS
from kg.rdf.namespaces import DCTERMS, FOAF, RDF, RDFS, VOID
from kg.rdf.terms import about, integer

# how many resources are examples where the data names none
EXAMPLES = 3


def void(frame: Frame, counts: Counts, dumps: Sequence[Dump]) -> Iterator[Triple]:
    """Yield the description of the data set, with a part for each class, property and linkset."""
    yield from _document(frame)
    yield from about(
        frame.dataset,
        (f"{RDF}type", f"{VOID}Dataset"),
        (f"{VOID}triples", integer(counts.triples)),
        (f"{VOID}entities", integer(counts.entities)),
        (f"{VOID}distinctSubjects", integer(counts.subjects)),
        (f"{VOID}distinctObjects", integer(counts.objects)),
        (f"{VOID}classes", integer(len(counts.classes))),
        (f"{VOID}properties", integer(len(counts.properties))),
        (f"{VOID}uriSpace", Literal(frame.base)),
        (f"{VOID}sparqlEndpoint", f"{frame.base}sparql"),
        *((f"{VOID}dataDump", f"{frame.base}{dump.name}") for dump in dumps),
        *((f"{VOID}feature", format_.iri) for format_ in FORMATS),
        *((f"{VOID}vocabulary", iri) for iri in _vocabularies(frame, counts)),
        *((f"{VOID}exampleResource", iri) for iri in _examples(frame)),
    )
    for format_ in FORMATS:
        name = Literal(format_.name)
        yield from about(
            format_.iri, (f"{RDF}type", f"{VOID}TechnicalFeature"), (f"{RDFS}label", name)
        )
    yield from _classes(frame, counts)
    yield from _properties(frame, counts)
    yield from _linksets(frame, counts)


def _document(frame: Frame) -> Iterator[Triple]:
    title = f"Description of the data under {frame.base}, computed from it"
    return about(
        frame.graph,
        (f"{RDF}type", f"{VOID}DatasetDescription"),
        (f"{DCTERMS}title", Literal(title, language="en")),
        (f"{FOAF}primaryTopic", frame.dataset),
        (f"{FOAF}topic", f"{frame.base}catalog"),
    )


def _classes(frame: Frame, counts: Counts) -> Iterator[Triple]:
    for iri, number in counts.classes.items():
        part = frame.named("class", iri)
        yield from about(frame.dataset, (f"{VOID}classPartition", part))
        yield from about(part, (f"{VOID}class", iri), (f"{VOID}entities", integer(number)))


def _properties(frame: Frame, counts: Counts) -> Iterator[Triple]:
    for iri, number in counts.properties.items():
        part = frame.named("property", iri)
        yield from about(frame.dataset, (f"{VOID}propertyPartition", part))
        yield from about(
            part,
            (f"{VOID}property", iri),
            (f"{VOID}triples", integer(number.triples)),
            (f"{VOID}distinctSubjects", integer(number.subjects)),
            (f"{VOID}distinctObjects", integer(number.objects)),
        )


def _linksets(frame: Frame, counts: Counts) -> Iterator[Triple]:
    """Yield a linkset for each link property and site that it leads to."""
    for (predicate, site), number in counts.links.items():
        host = site.replace("://", ":").rstrip("/")
        target = frame.part("target", host)
        short = frame.snapshot.prefixes.shrink(predicate) or f"<{predicate}>"
        part = frame.part("links", f"{short}:{host}")
        yield from about(frame.dataset, (f"{VOID}subset", part))
        yield from about(
            part,
            (f"{RDF}type", f"{VOID}Linkset"),
            (f"{VOID}linkPredicate", predicate),
            (f"{VOID}subjectsTarget", frame.dataset),
            (f"{VOID}objectsTarget", target),
            (f"{VOID}triples", integer(number)),
        )
        yield from about(
            target, (f"{RDF}type", f"{VOID}Dataset"), (f"{VOID}uriSpace", Literal(site))
        )


def _vocabularies(frame: Frame, counts: Counts) -> list[str]:
    """Return the namespaces of the classes and properties, ours by their document."""
    names = {_namespace(iri) for iri in (*counts.classes, *counts.properties)}
    ours = frame.snapshot.documents
    return sorted(name[:-1] if name[:-1] in ours else name for name in names if name)


def _namespace(iri: str) -> str:
    """Return the IRI up to its last `#` or `/`, or "" where neither is in it."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _examples(frame: Frame) -> list[str]:
    """Return the examples that the data names, or some of its resources."""
    snapshot = frame.snapshot
    named = snapshot.objects(NamedNode(frame.dataset), f"{VOID}exampleResource")
    if named:
        return [term.value for term in named if isinstance(term, NamedNode)]
    own = (
        subject[1:-1]
        for subject, quads in snapshot.by_subject.items()
        if subject.startswith(f"<{frame.base}") and snapshot.in_union(quads[0])
    )
    return list(islice((iri for iri in own if iri != frame.dataset), EXAMPLES))
