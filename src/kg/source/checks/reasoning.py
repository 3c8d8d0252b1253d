"""Whether ontology and data are consistent in OWL (storey 1): two reasoners, both optional.

owlrl computes the closure of OWL 2 RL without Java and names contradictions; HermiT, which
owlready2 brings, decides the whole of OWL 2 DL about the classes. Literals are left out: HermiT
does not know the dates of XML Schema.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import NamedNode, Triple, serialize

from kg.errors import ProjectError
from kg.rdf.formats import N_TRIPLES
from kg.rdf.namespaces import OWL
from kg.source.checks.check import Check, Fault
from kg.source.checks.facts import Facts
from kg.source.report import Place, Severity

MISSING = "--owl: {} is not installed. Run: pip install 'kg-publisher[owl]'."
NOTHING = f"{OWL}Nothing"


def contradictions(triples: Iterable[Triple]) -> list[str]:
    """Return what OWL 2 RL finds wrong in triples between IRIs, in words, sorted.

    Raises: ProjectError where owlrl is not installed.
    """
    try:
        import owlrl
        import rdflib
    except ImportError as error:
        raise ProjectError(MISSING.format("owlrl")) from error
    graph = rdflib.Graph()
    for triple in triples:
        subject, predicate, value = (rdflib.URIRef(term.value) for term in triple)
        graph.add((subject, predicate, value))
    closure = owlrl.OWLRL.OWLRL_Semantics(graph, axioms=False, daxioms=False)
    closure.closure()
    impossible = graph.subjects(rdflib.RDF.type, rdflib.URIRef(NOTHING))
    messages = {str(message) for message in closure.error_messages}
    return sorted(messages | {f"{one} is an instance of owl:Nothing" for one in impossible})


def unsatisfiable(triples: Iterable[Triple]) -> list[str] | None:
    """Return the classes that nothing can be an instance of, by HermiT; None where all is false.

    Raises: ProjectError where owlready2 is not installed, or there is no Java.
    """
    try:
        import owlready2
    except ImportError as error:
        raise ProjectError(MISSING.format("owlready2")) from error
    if not shutil.which("java"):
        raise ProjectError("--owl dl: HermiT runs on Java, and there is no java on the PATH.")
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder) / f"all.{N_TRIPLES.extension}"
        serialize(triples, str(path), N_TRIPLES.engine)
        world = owlready2.World()
        world.get_ontology(path.as_uri()).load()
        try:
            owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return None
        return sorted(one.iri for one in world.inconsistent_classes() if one.iri != NOTHING)


def _contradicted(facts: Facts) -> Iterator[Fault]:
    for message in contradictions(_between_iris(facts)):
        yield _finding(facts, f"OWL 2 RL: {message}. Mend the data or the axiom.", message)


def _impossible(facts: Facts) -> Iterator[Fault]:
    found = unsatisfiable(_between_iris(facts))
    if found is None:
        message = "OWL 2 DL: ontology and data contradict each other. --owl rl may say where."
        yield _finding(facts, message, "")
    for iri in found or ():
        message = f"OWL 2 DL: nothing can be an instance of {iri}. Mend its axioms."
        yield _finding(facts, message, iri)


def _between_iris(facts: Facts) -> Iterator[Triple]:
    for file in facts.source.files:
        if file.role != "shapes":
            for quad in file.quads:
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                    yield quad.triple


def _finding(facts: Facts, message: str, words: str) -> Fault:
    """Return a fault at the node of the data that a reasoner's message names first."""
    named = [word.strip("<>.,;()") for word in words.split()]
    known = [word for word in named if word in facts.subjects]
    # an individual is at fault rather than its classes
    known.sort(key=lambda word: (word in facts.declared, not word.startswith(facts.source.base)))
    focus = next(iter(known), facts.source.base)
    return Fault(message, facts.subjects[focus][0] if known else Place(), focus)


RL = Check(
    "owl-rl",
    Severity.VIOLATION,
    "A contradiction by the rules of OWL 2 RL",
    "Axioms say what excludes what: disjoint classes, functional properties, what is nothing. Data "
    "that contradicts them means something else than its authors think. Runs with `--owl rl`, "
    "which needs no Java.",
    _contradicted,
)
DL = Check(
    "owl-dl",
    Severity.VIOLATION,
    "A class that can have no instances, or a contradiction, in OWL 2 DL",
    "HermiT knows all of OWL 2 DL: it finds classes whose axioms exclude every instance, which no "
    "data shows. Runs with `--owl dl`, which needs Java.",
    _impossible,
)
# by the name that the command line has for them
CHECKS: Mapping[str, Check] = MappingProxyType({"rl": RL, "dl": DL})
