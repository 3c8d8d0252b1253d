"""The page of the terms that a data set uses (storey 3), made from its ontology and its data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset.addresses import format_path
from kg.dataset.description import label
from kg.dataset.frame import fragment
from kg.dataset.snapshot import Snapshot
from kg.dataset.tombstones import replacements
from kg.dataset.uses import Uses
from kg.rdf.formats import FORMATS
from kg.rdf.namespaces import DCTERMS, LABELS, OWL, RDF, RDFS, SKOS
from kg.versions.keeping import is_deprecated
from kg.views.class_diagram import class_diagram
from kg.views.compose import groups_of
from kg.views.pages import FormatLink, Group, SitePart, Value
from kg.views.pictures.picture import Picture
from kg.views.rules import PropertyRule, rules_of, shapes_of
from kg.views.values import value_of

CLASSES = frozenset({f"{OWL}Class", f"{RDFS}Class"})
PROPERTIES = frozenset(
    {f"{RDF}Property", f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty", f"{OWL}AnnotationProperty"}
)
DEFINITIONS = (f"{SKOS}definition", f"{RDFS}comment", f"{DCTERMS}description")

# what is not said of a term below its definition, because the page says it in its place
SAID = frozenset({*DEFINITIONS, *LABELS, f"{RDF}type", f"{RDFS}isDefinedBy"})

DEPRECATION = frozenset({f"{OWL}deprecated", f"{DCTERMS}isReplacedBy"})

# terms of other vocabularies that are listed
FOREIGN = 200


@dataclass(frozen=True, slots=True)
class Example:
    """A triple that shows the use of a term: of a class only its `subject`."""

    subject: Value
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One term: `anchor` is its id on the page, `count` how often the data uses it.

    `names` are its labels besides the heading, `facts` what else the ontology says; `shapes` and
    `rules` are those of a class; `replaced_by` is what to use where it is `deprecated`.
    """

    anchor: str
    heading: Value
    definitions: tuple[Value, ...]
    count: int
    example: Example | None
    names: tuple[Value, ...] = ()
    facts: tuple[Group, ...] = ()
    shapes: tuple[Value, ...] = ()
    rules: tuple[PropertyRule, ...] = ()
    deprecated: bool = False
    replaced_by: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class OntologyPage:
    """`/ontology`: the terms of this data set, each with its use.

    `iri` is that of the ontology, "" where the data has none of its own; `classes` and
    `properties` are declared in the data set, `foreign_classes` and `foreign_properties` only used;
    `others` are the rest of the ontology's document; `schemes` are concept schemes with the
    number of their concepts; `diagram` shows how classes hang together, None where none do.
    """

    site: SitePart
    heading: Value
    iri: str
    lead: tuple[Value, ...]
    classes: tuple[TermEntry, ...]
    properties: tuple[TermEntry, ...]
    others: tuple[TermEntry, ...]
    foreign_classes: tuple[TermEntry, ...]
    foreign_properties: tuple[TermEntry, ...]
    schemes: tuple[tuple[Value, int], ...]
    formats: tuple[FormatLink, ...]
    diagram: Picture | None = None


def ontology_page(snapshot: Snapshot, site: SitePart, ontology: str = "") -> OntologyPage:
    """Return the page; `ontology` is the IRI of the ontology's document, "" for all terms."""
    used, node = snapshot.uses, NamedNode(ontology) if ontology else None
    classes, properties = _declared(snapshot, CLASSES), _declared(snapshot, PROPERTIES)
    rest = set(snapshot.documents.get(ontology, ())) - {*classes, *properties}
    named = label(snapshot, node) if node else None

    def entries(iris: Iterable[str]) -> tuple[TermEntry, ...]:
        return tuple(_entry(snapshot, used, iri, ontology) for iri in iris)

    page = OntologyPage(
        site=site,
        heading=Value(named.value, named.language or "") if named else Value(""),
        iri=ontology,
        lead=_definitions(snapshot, node) if node else (),
        classes=entries(classes),
        properties=entries(properties),
        others=entries(sorted(rest)),
        foreign_classes=entries(_foreign(used.classes, classes)),
        foreign_properties=entries(_foreign(used.properties, properties)),
        schemes=_schemes(snapshot),
        formats=tuple(
            FormatLink(one.name, format_path(snapshot, ontology, one), one.media_type)
            for one in FORMATS
            if ontology
        ),
    )
    anchors = {
        one.heading.iri: one.anchor
        for one in (
            *page.classes,
            *page.properties,
            *page.foreign_classes,
            *page.foreign_properties,
        )
    }
    return replace(page, diagram=class_diagram(snapshot, classes, properties, anchors))


def ontology_of(snapshot: Snapshot) -> str:
    """Return the IRI of the document of the data set's own ontology, or ""."""
    own = (
        quad.subject.value
        for quad in snapshot.by_object.get(f"<{OWL}Ontology>", ())
        if isinstance(quad.subject, NamedNode) and snapshot.in_union(quad)
    )
    return next((iri for iri in sorted(own) if iri in snapshot.documents), "")


def _declared(snapshot: Snapshot, kinds: Iterable[str]) -> list[str]:
    """Return the IRIs that are declared to be of these kinds, by their labels."""
    found = {
        quad.subject.value
        for kind in kinds
        for quad in snapshot.by_object.get(f"<{kind}>", ())
        if quad.predicate.value == f"{RDF}type"
        and isinstance(quad.subject, NamedNode)
        and snapshot.in_union(quad)
    }
    return sorted(found, key=lambda iri: (value_of(snapshot, NamedNode(iri)).text.lower(), iri))


def _foreign(counts: Mapping[str, int], declared: Iterable[str]) -> list[str]:
    """Return the terms that are used and not declared here, the most used first."""
    found = counts.keys() - set(declared)
    return sorted(found, key=lambda iri: (-counts[iri], iri))[:FOREIGN]


def _entry(snapshot: Snapshot, used: Uses, iri: str, ontology: str) -> TermEntry:
    node = NamedNode(iri)
    inside = iri.startswith(f"{ontology}#")
    anchor = iri if inside else fragment("", "term", snapshot.prefixes.shrink(iri) or iri)
    heading = value_of(snapshot, node)
    deprecated = is_deprecated(snapshot, iri)
    others = replacements(snapshot, iri) if deprecated else ()
    said = SAID | DEPRECATION if deprecated else SAID
    return TermEntry(
        anchor=anchor.partition("#")[2],
        heading=heading,
        definitions=_definitions(snapshot, node),
        count=used.classes.get(iri, 0) or used.properties.get(iri, 0),
        example=_example(snapshot, used, iri),
        names=tuple(one for one in _labels(snapshot, node) if one.text != heading.text),
        facts=tuple(one for one in groups_of(snapshot, node) if one.name.iri not in said),
        shapes=shapes_of(snapshot, iri),
        rules=rules_of(snapshot, iri),
        deprecated=deprecated,
        replaced_by=tuple(value_of(snapshot, NamedNode(one)) for one in others),
    )


def _example(snapshot: Snapshot, used: Uses, iri: str) -> Example | None:
    """Return a use of a term in the default graph: an instance of a class, else a triple."""
    for quad in snapshot.by_object.get(f"<{iri}>", ()):
        typed = quad.predicate.value == f"{RDF}type" and isinstance(quad.subject, NamedNode)
        if typed and snapshot.in_union(quad):
            return Example(value_of(snapshot, quad.subject))
    triple = used.first.get(iri)
    if triple is None:
        return None
    return Example(value_of(snapshot, triple.subject), value_of(snapshot, triple.object))


def _labels(snapshot: Snapshot, node: NamedNode) -> tuple[Value, ...]:
    found = (term for name in LABELS for term in snapshot.objects(node, name))
    return tuple(
        dict.fromkeys(value_of(snapshot, one) for one in found if isinstance(one, Literal))
    )


def _definitions(snapshot: Snapshot, node: NamedNode) -> tuple[Value, ...]:
    """Return what the term means, in the language of its label where it is said in that."""
    found = [
        term
        for name in DEFINITIONS
        for term in snapshot.objects(node, name)
        if isinstance(term, Literal)
    ]
    named = label(snapshot, node)
    same = [term for term in found if named and term.language == named.language]
    return tuple(value_of(snapshot, term) for term in same or found)


def _schemes(snapshot: Snapshot) -> tuple[tuple[Value, int], ...]:
    schemes = _declared(snapshot, (f"{SKOS}ConceptScheme",))
    return tuple(
        (value_of(snapshot, NamedNode(iri)), sum(map(_in_scheme, snapshot.by_object[f"<{iri}>"])))
        for iri in schemes
        if f"<{iri}>" in snapshot.by_object
    )


def _in_scheme(quad: Quad) -> bool:
    return quad.predicate.value == f"{SKOS}inScheme"
