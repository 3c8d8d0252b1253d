"""Literals (storey 1): no value of their datatype, or not in its canonical form."""

from collections.abc import Iterator

from pyoxigraph import Literal

from kg.rdf.namespaces import XSD
from kg.source.checks.check import Check, Fault, fault_in
from kg.source.checks.datatypes import canonical, is_valid
from kg.source.checks.facts import Facts
from kg.source.report import Severity


def _invalid(facts: Facts) -> Iterator[Fault]:
    for literal, mentions in facts.literals.items():
        if not is_valid(literal.value, literal.datatype.value):
            name = _name(literal)
            for at in mentions:
                yield fault_in(facts, at, f"This is no value of {name}. Correct it.")


def _not_canonical(facts: Facts) -> Iterator[Fault]:
    for literal, mentions in facts.literals.items():
        datatype = literal.datatype.value
        if not is_valid(literal.value, datatype):
            continue
        form = canonical(literal.value, datatype)
        if form != literal.value:
            shown = form if len(form) < 40 else f"{form[:40]}…"
            for at in mentions:
                message = f'The canonical form of this {_name(literal)} is "{shown}". Write that.'
                yield fault_in(facts, at, message)


def _name(literal: Literal) -> str:
    datatype = literal.datatype.value
    return datatype.replace(XSD, "xsd:").rpartition("/")[2]


INVALID = Check(
    "invalid-literal",
    Severity.VIOLATION,
    "A literal that is no value of its datatype",
    "A date that does not exist or a number with a letter in it has no value: it cannot be "
    "compared or sorted, queries pass over it, and some programs drop the triple. Shapes find it "
    "only where they look at the property.",
    _invalid,
)
NOT_CANONICAL = Check(
    "non-canonical-literal",
    Severity.INFO,
    "A literal that is not in canonical form",
    "RDF keeps 1 and 01 apart, and stores that normalise make one of them the other, so that a "
    "page, a dump and an answer to SPARQL disagree. The canonical form is the same everywhere.",
    _not_canonical,
)
CHECKS = (INVALID, NOT_CANONICAL)
