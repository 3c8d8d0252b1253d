"""Subjects that are defined in two files (storey 1)."""

from collections import defaultdict
from collections.abc import Iterator

from kg.rdf.namespaces import RDFS, SKOS
from kg.source.checks.check import Check, Fault
from kg.source.checks.facts import TYPE, Facts
from kg.source.locating import Mention
from kg.source.places import SUBJECT
from kg.source.report import Severity

LABELS = (f"{RDFS}label", f"{SKOS}prefLabel")


def _twice(facts: Facts) -> Iterator[Fault]:
    for kinds, what in (((TYPE,), "type"), (LABELS, "label")):
        for subject, places in _definitions(facts, kinds).items():
            first, *others = places.values()
            for at in others:
                message = f"{first.file} gives this a {what} too. Define it in one file."
                yield Fault(message, at, subject[0], beside=first)


def _definitions(facts: Facts, kinds: tuple[str, ...]) -> dict[tuple[str, str], dict[str, Mention]]:
    """Return, by subject and role, the first definition in each file, in the order of files."""
    found: defaultdict[tuple[str, str], dict[str, Mention]] = defaultdict(dict)
    for kind in kinds:
        for at in facts.predicates.get(kind, ()):
            subject = facts.quad(at)[0]
            name = str(getattr(subject, "value", ""))
            # a blank node is its file's own
            if ":" in name:
                mention = at._replace(term=SUBJECT)
                found[name, facts.role_of[at.file]].setdefault(at.file, mention)
    return {key: places for key, places in found.items() if len(places) > 1}


TWICE = Check(
    "duplicate-definition",
    Severity.WARNING,
    "A subject that two files define",
    "Where two files of one folder both say what something is or what it is called, one is changed "
    "and the other forgotten. More may be said of it anywhere; its type and its labels belong in "
    "one file.",
    _twice,
)
CHECKS = (TWICE,)
