"""What a check is, and what it finds (storey 1)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.rdf.terms import text_of
from kg.source.checks.facts import Facts
from kg.source.locating import Mention
from kg.source.report import Place, Severity, ValidationResult

# what the ids of checks begin with, where they stand beside SHACL's components
PREFIX = "kg:"
# where each check has its section, under its id
PAGE = "docs/checks.md"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a check has found.

    `at` is the offending term, `beside` another that it is held against. `focus` and `path` are
    IRIs or labels of blank nodes, `value` a term as N-Triples writes it.
    """

    message: str
    at: Mention | Place
    focus: str
    path: str = ""
    value: str = ""
    beside: Mention | Place | None = None


def nothing(_: Facts) -> Iterable[Fault]:
    """Return what checks find that are made elsewhere, and are named and described here."""
    return ()


@dataclass(frozen=True, slots=True)
class Check:
    """A rule about the data that no shape can say.

    `id` names it in reports and settings, and is the anchor of its section in the documentation;
    `why` is one paragraph for people.
    """

    id: str
    severity: Severity
    title: str
    why: str
    find: Callable[[Facts], Iterable[Fault]]

    @property
    def component(self) -> str:
        """What stands in the `component` of its results."""
        return PREFIX + self.id

    @property
    def help(self) -> str:
        """Where it is described, relative to the repository of `kg`."""
        return f"{PAGE}#{self.id}"


def fault_in(facts: Facts, at: Mention, message: str) -> Fault:
    """Return a fault of the value that is mentioned: with its subject, property and itself."""
    subject, predicate, value, _ = facts.quad(at)
    return Fault(message, at, text_of(subject), predicate.value, str(value))


def result_of(check: Check, fault: Fault, at: Place, beside: Place) -> ValidationResult:
    """Return what a check has found as a validation result; `at` and `beside` are where."""
    return ValidationResult(
        severity=check.severity,
        file=at.file,
        focus_node=fault.focus,
        source_shape="",
        path=fault.path,
        value=fault.value,
        message=fault.message,
        component=check.component,
        line=at.line,
        column=at.column,
        excerpt=at.excerpt,
        related=beside,
    )
