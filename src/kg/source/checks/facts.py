"""What the checks look at (storey 1), gathered once for all of them."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.rdf.namespaces import OWL, RDF, RDFS
from kg.source.checks.written import Written, written
from kg.source.loading import Source
from kg.source.locating import Mention
from kg.source.places import OBJECT, PREDICATE, SUBJECT

TYPE = f"{RDF}type"
CLASSES = frozenset({f"{OWL}Class", f"{RDFS}Class", f"{RDFS}Datatype"})
PROPERTIES = frozenset(
    {f"{RDF}Property"}
    | {f"{OWL}{kind}Property" for kind in ("Object", "Datatype", "Annotation", "Ontology")}
)

# where each term stands, in the order of the files
Mentions = Mapping[str, list[Mention]]


class Facts:
    """A source, by its terms; every part is made when it is first asked for.

    Terms are IRIs, or blank nodes as N-Triples writes them.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.role_of = {file.path: file.role for file in source.files}
        self.graph_of = {file.path: file.graph.value for file in source.files}
        self.prefixes_of = {file.path: file.prefixes for file in source.files}
        self.quads = {file.path: file.quads for file in source.files}

    @cached_property
    def mentions(self) -> tuple[Mentions, Mentions, Mentions]:
        """The IRIs and blank nodes that are subjects, predicates and objects."""
        found: tuple[defaultdict[str, list[Mention]], ...] = tuple(
            defaultdict(list) for _ in range(3)
        )
        subjects, predicates, objects = found
        for file in self.source.files:
            path = file.path
            for number, (subject, predicate, value, _) in enumerate(file.quads):
                subjects[_name(subject)].append(Mention(path, number, SUBJECT))
                predicates[predicate.value].append(Mention(path, number, PREDICATE))
                if not isinstance(value, Literal):
                    objects[_name(value)].append(Mention(path, number, OBJECT))
        return subjects, predicates, objects

    @property
    def subjects(self) -> Mentions:
        """What is said something of."""
        return self.mentions[SUBJECT]

    @property
    def predicates(self) -> Mentions:
        """The properties that are used."""
        return self.mentions[PREDICATE]

    @property
    def objects(self) -> Mentions:
        """What is named, literals excepted."""
        return self.mentions[OBJECT]

    @cached_property
    def literals(self) -> Mapping[Literal, list[Mention]]:
        """The literals, and where they stand."""
        found: defaultdict[Literal, list[Mention]] = defaultdict(list)
        for file in self.source.files:
            for number, quad in enumerate(file.quads):
                value = quad.object
                if isinstance(value, Literal):
                    found[value].append(Mention(file.path, number, OBJECT))
        return found

    def quad(self, mention: Mention) -> Quad:
        """Return the quad that a term is mentioned in."""
        return self.quads[mention.file][mention.number]

    @cached_property
    def declared(self) -> Mapping[str, Mention]:
        """The classes and properties that some file declares, each where it first does."""
        found: dict[str, Mention] = {}
        for at in self.predicates.get(TYPE, ()):
            subject, _, kind, _ = self.quad(at)
            known = isinstance(kind, NamedNode) and kind.value in CLASSES | PROPERTIES
            if known and isinstance(subject, NamedNode):
                found.setdefault(subject.value, at._replace(term=SUBJECT))
        return found

    @cached_property
    def own_namespaces(self) -> frozenset[str]:
        """The namespaces of classes and properties that the project itself defines.

        They are under its base in an ontology folder, or named by an owl:Ontology.
        """
        headers = {
            self.quad(at)[0].value
            for at in self.objects.get(f"{OWL}Ontology", ())
            if self.quad(at)[1].value == TYPE
        }
        found = set()
        for term, at in self.declared.items():
            name = namespace(term)
            under = term.startswith(self.source.base) and self.role_of[at.file] == "ontology"
            if under or name in headers or name.rstrip("#/") in headers:
                found.add(name)
        return frozenset(found)

    @cached_property
    def written(self) -> Mapping[str, Written]:
        """What only the text says, of each file in Turtle or TriG."""
        return {
            file.path: text for file in self.source.files if (text := written(self.source, file))
        }


def namespace(iri: str) -> str:
    """Return an IRI up to its last hash, or else its last slash.

    >>> namespace("http://example.org/terms#a/b")
    'http://example.org/terms#'
    """
    head, hash_, _ = iri.rpartition("#")
    return head + hash_ if hash_ else iri.rpartition("/")[0] + "/"


def _name(term: NamedNode | BlankNode | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
