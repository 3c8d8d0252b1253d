"""What a validation result was judged by, in words (storey 1): the one source of reports' rules.

A rule of SHACL is a shape with one of its constraints; what it says of itself is read from the
shapes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.rdf.namespaces import RDF, RDFS, SH, SKOS, XSD, Prefixes, merge_prefixes
from kg.rdf.terms import Term
from kg.source.checks.table import check_of
from kg.source.loading import Source
from kg.source.paths import Alternative, Path, Repeated, Step, read_path
from kg.source.paths import Sequence as Steps
from kg.source.report import ValidationResult, node_of
from kg.source.statements import Statements

TITLES = (f"{SH}name", f"{RDFS}label", f"{SKOS}prefLabel")
DESCRIPTIONS = (f"{SH}description", f"{RDFS}comment", f"{SKOS}definition")

# parameters that belong to the one that a constraint component is named after
COMPANIONS = (
    ("pattern", "flags"),
    ("closed", "ignoredProperties"),
    ("qualifiedMinCount", "qualifiedValueShape"),
    ("qualifiedMaxCount", "qualifiedValueShape"),
)
# literals that Turtle writes without quotes
BARE = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "boolean"))

# how deep the nodes of a constraint are shown inside each other, and how much of a list
DEPTH, ITEMS = 3, 20


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as reports name it.

    `id` is short and the same in every run; `shape` is the IRI of the shape that it belongs to,
    or of the nearest one around that has an IRI, or ""; `title`, `description` and `constraint`,
    the broken constraint in Turtle, are "" where nothing says them; `help` is a URL or "".
    """

    id: str
    shape: str
    title: str = ""
    description: str = ""
    constraint: str = ""
    help: str = ""


class Rulebook:
    """The rules of a source, by what results say of them."""

    def __init__(self, source: Source) -> None:
        shapes = [file for file in source.files if file.role == "shapes"]
        # what shapes declare comes first, so that no file of data gives a rule another name
        self.prefixes = merge_prefixes(p for f in (*shapes, *source.files) for p in f.prefixes)
        self.shapes = Statements(shapes)
        self._rules: dict[tuple[str, str], Rule] = {}
        self._paths: dict[str, Path | None] = {"": None}

    def rule_of(self, result: ValidationResult) -> Rule:
        """Return the rule of a result, where every report gets it from."""
        key = (result.source_shape, result.component)
        if key not in self._rules:
            self._rules[key] = self._rule(*key)
        return self._rules[key]

    def path_of(self, result: ValidationResult) -> Path | None:
        """Return the path of a result, None where it has none."""
        if result.path not in self._paths:
            self._paths[result.path] = read_path(node_of(result.path), self.shapes)
        return self._paths[result.path]

    def _rule(self, shape: str, component: str) -> Rule:
        if check := check_of(component):
            return Rule(component, "", check.title, f"{check.why} ({check.help})")
        named = shape if ":" in shape else self._owner(node_of(shape)) if shape else ""
        kind = short(component.removesuffix("ConstraintComponent").replace(" ", "-"), self.prefixes)
        id_ = short(named, self.prefixes) if named else kind
        node = node_of(shape) if shape else ""
        return Rule(
            id=id_ if shape == named or not named else f"{id_}/{kind}",
            shape=named,
            title=self._said(node, TITLES),
            description=self._said(node, DESCRIPTIONS),
            constraint=self._constraint(node, component),
            help=named if named.startswith(("http://", "https://")) else "",
        )

    def _owner(self, node: str) -> str:
        """Return the IRI of the nearest subject that leads to a blank node, or ""."""
        seen = [node]
        for one in seen:
            for statement in self.shapes.naming(one):
                subject = statement.quad.subject
                if isinstance(subject, NamedNode):
                    return subject.value
                if str(subject) not in seen:
                    seen.append(str(subject))
        return ""

    def _said(self, node: str, properties: Sequence[str]) -> str:
        """Return what the first of the properties that is there says, in English if it can."""
        for property_ in properties:
            texts = [o for o in self._objects(node, property_) if isinstance(o, Literal)]
            if texts:
                best = min(texts, key=lambda o: (not (o.language or "").startswith("en"), str(o)))
                return best.value
        return ""

    def _objects(self, node: str, property_: str) -> list[Term]:
        about = self.shapes.about(node)
        return [one.quad.object for one in about if one.quad.predicate.value == property_]

    def _constraint(self, node: str, component: str) -> str:
        name = component.removesuffix("ConstraintComponent")
        parameter = name[:1].lower() + name[1:]
        names = (parameter, *(other for first, other in COMPANIONS if first == parameter))
        # a file may say a thing twice
        values = ((name, dict.fromkeys(self._objects(node, SH + name))) for name in names)
        shown = (
            f"sh:{name} {' , '.join(self._turtle(value) for value in found)}"
            for name, found in values
            if found
        )
        return " ; ".join(shown)

    def _turtle(self, term: Term, depth: int = DEPTH) -> str:
        """Return a term of the shapes as Turtle, with what it leads to if it has no name."""
        if not isinstance(term, BlankNode):
            return turtle(term, self.prefixes)
        if not depth:
            return "[ … ]"
        if self._objects(str(term), f"{RDF}first"):
            return f"( {' '.join(self._items(term, depth - 1))} )"
        quads = (one.quad for one in self.shapes.about(str(term)))
        said = (f"{self._turtle(q.predicate)} {self._turtle(q.object, depth - 1)}" for q in quads)
        return f"[ {' ; '.join(said)} ]"

    def _items(self, head: Term, depth: int) -> Iterator[str]:
        for _ in range(ITEMS):
            first = self._objects(str(head), f"{RDF}first")
            if not first:
                return
            yield self._turtle(first[0], depth)
            head = next(iter(self._objects(str(head), f"{RDF}rest")), head)
        if self._objects(str(head), f"{RDF}first"):
            yield "…"


def short(iri: str, prefixes: Prefixes) -> str:
    """Return an IRI as a prefixed name, or in angle brackets; a label as it is."""
    return prefixes.shrink(iri) or (f"<{iri}>" if ":" in iri else iri)


def turtle(term: Term, prefixes: Prefixes) -> str:
    """Return a term as Turtle writes it with these prefixes."""
    if isinstance(term, NamedNode):
        return "a" if term.value == f"{RDF}type" else short(term.value, prefixes)
    if not isinstance(term, Literal) or term.language or term.datatype.value == f"{XSD}string":
        return str(term)
    if term.datatype.value in BARE:
        return term.value
    return f"{Literal(term.value)}^^{short(term.datatype.value, prefixes)}"


def path_text(path: Path, prefixes: Prefixes) -> str:
    """Return a path in the syntax of SPARQL.

    Source: https://www.w3.org/TR/sparql11-query/#propertypaths
    """
    match path:
        case Step(predicate, inverse):
            name = short(predicate[1:-1], prefixes)
            return f"^{name}" if inverse else name
        case Steps(parts):
            return f"({'/'.join(path_text(part, prefixes) for part in parts)})"
        case Alternative(parts):
            return f"({'|'.join(path_text(part, prefixes) for part in parts)})"
        case Repeated(part, optional, again):
            sign = {(True, True): "*", (False, True): "+", (True, False): "?"}[optional, again]
            return f"{path_text(part, prefixes)}{sign}"
