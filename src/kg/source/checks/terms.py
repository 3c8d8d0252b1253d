"""Classes and properties of the project's own ontology (storey 1): undeclared, unused."""

import difflib
from collections.abc import Iterator

from kg.rdf.namespaces import OWL, RDFS, SH
from kg.rdf.terms import text_of
from kg.source.checks.check import Check, Fault
from kg.source.checks.facts import TYPE, Facts, namespace
from kg.source.locating import Mention
from kg.source.places import PREDICATE
from kg.source.report import Severity

# properties whose values are classes or properties
NAMING = frozenset(
    {TYPE}
    | {f"{RDFS}{name}" for name in ("subClassOf", "subPropertyOf", "domain", "range")}
    | {f"{OWL}{name}" for name in ("equivalentClass", "equivalentProperty", "inverseOf")}
    | {f"{SH}{name}" for name in ("path", "class", "targetClass", "property", "equals", "disjoint")}
    | {f"{SH}{name}" for name in ("targetSubjectsOf", "targetObjectsOf", "lessThan")}
)
ABOVE = frozenset({f"{RDFS}subClassOf", f"{RDFS}subPropertyOf"})


def _undeclared(facts: Facts) -> Iterator[Fault]:
    for term, mentions in (*facts.predicates.items(), *facts.objects.items()):
        name = namespace(term)
        if name not in facts.own_namespaces or _is_described(facts, term):
            continue
        for at in mentions:
            if _names_a_term(facts, at, name):
                yield _finding(facts, term, at)


def _is_described(facts: Facts, term: str) -> bool:
    return term in facts.declared or any(
        facts.quad(at)[1].value == TYPE for at in facts.subjects.get(term, ())
    )


def _names_a_term(facts: Facts, at: Mention, name: str) -> bool:
    """Whether a class or property is meant: in a hash namespace there is nothing else."""
    return at.term == PREDICATE or name.endswith("#") or facts.quad(at)[1].value in NAMING


def _finding(facts: Facts, term: str, at: Mention) -> Fault:
    subject, predicate, _, _ = facts.quad(at)
    # a name that is itself used only where it is misspelt is no help
    near = [one for one in facts.declared if namespace(one) == namespace(term)]
    close = difflib.get_close_matches(term, near, n=1, cutoff=0.8)
    hint = f"Did you mean {_short(close[0])}?" if close else "Declare it, or correct the name."
    return Fault(
        f"{_short(term)} is not defined in the ontology of its namespace. {hint}",
        at,
        text_of(subject),
        predicate.value,
        f"<{term}>",
    )


def _short(term: str) -> str:
    return term.removeprefix(namespace(term))


def _unused(facts: Facts) -> Iterator[Fault]:
    for term, at in facts.declared.items():
        if namespace(term) in facts.own_namespaces and not _is_used(facts, term):
            message = f"No data uses {_short(term)}. Use it, or take it out of the ontology."
            yield Fault(message, at, term)


def _is_used(facts: Facts, term: str) -> bool:
    """Whether data uses it, or a class or property below it stands for it."""
    mentions = (*facts.predicates.get(term, ()), *facts.objects.get(term, ()))
    return any(
        facts.role_of[at.file] == "data" or facts.quad(at)[1].value in ABOVE for at in mentions
    )


UNDECLARED = Check(
    "undeclared-term",
    Severity.VIOLATION,
    "A class or property that its ontology does not define",
    "A name in the namespace of the project's own ontology that the ontology does not define is "
    "nearly always a misspelling. Nothing else notices: a query for the right name finds nothing, "
    "and shapes for the right class do not look at the node.",
    _undeclared,
)
UNUSED = Check(
    "unused-term",
    Severity.INFO,
    "A class or property that no data uses",
    "A term that is defined and never used may be a leftover, or the one that was meant where "
    "another is misspelt. A term above others is used where they are.",
    _unused,
)
CHECKS = (UNDECLARED, UNUSED)
