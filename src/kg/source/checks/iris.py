"""IRIs (storey 1): those that lead nowhere, and those that are easily taken for others."""

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.rdf.namespaces import OWL
from kg.source.base import NO_BASE
from kg.source.checks.check import Check, Fault, fault_in
from kg.source.checks.facts import TYPE, Facts, namespace
from kg.source.locating import Mention
from kg.source.report import Severity

# properties whose values are names of versions, which need no description
VERSIONS = frozenset(
    f"{OWL}{name}"
    for name in ("versionIRI", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
)

# Source: https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2
FORMS = (
    (re.compile(r"%(?:2[dD]|2[eE]|3\d|4[1-9a-fA-F]|5[0-9aA]|5[fF]|6[1-9a-fA-F]|7[0-9aA]|7[eE])"),
     "encodes a character that needs no encoding"),
    (re.compile(r"%20|\+"), "holds a space in disguise"),
    (re.compile(r"%(?:[a-f]|.[a-f])"), "encodes with small letters"),
    (re.compile(r"(?<=/)\.{1,2}(?:/|$)"), "holds a step of a relative path"),
    (re.compile(r"(?<!:)//"), "holds two slashes in a row"),
    (re.compile(r"[.,;:]$"), "ends with a mark of punctuation"),
    (re.compile(r"^[^:]*[A-Z][^:]*:|^[^:]+://[^/?#]*[A-Z]"), "has capitals in its scheme or host"),
)  # fmt: skip
ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


def _dangling(facts: Facts) -> Iterator[Fault]:
    graphs = set(facts.graph_of.values())
    for iri, mentions in facts.objects.items():
        inside = iri.startswith(facts.source.base) and iri != facts.source.base
        if not inside or iri in facts.subjects or iri in graphs:
            continue
        named = [at for at in mentions if _promises(facts, at)]
        if named:
            times = f", which is named {len(named):,} times" if len(named) > 1 else ""
            message = f"Nothing is said of this IRI of the data set{times}. Describe or correct it."
            yield fault_in(facts, named[0], message)


def _promises(facts: Facts, at: Mention) -> bool:
    """Whether a mention promises a description: what a shape or a type names is for its check."""
    predicate = facts.quad(at)[1].value
    return facts.role_of[at.file] != "shapes" and predicate not in {*VERSIONS, TYPE}


def _first_mentions(facts: Facts) -> dict[str, Mention]:
    """Return every IRI with the first place where it stands, as subject where it is one."""
    found: dict[str, Mention] = {}
    for terms in facts.mentions:
        for iri, mentions in terms.items():
            if not iri.startswith(("_:", "<")):
                found.setdefault(iri, mentions[0])
    return found


def _forms(facts: Facts) -> Iterator[Fault]:
    base = facts.source.base
    for iri, at in _first_mentions(facts).items():
        if iri.startswith(base):
            path = iri.removeprefix(base)
            for pattern, words in FORMS:
                if pattern.search(path):
                    yield Fault(f"The IRI {words}. Write it plainly.", at, iri)
                    break


def _twins(facts: Facts) -> Iterator[Fault]:
    mentions = _first_mentions(facts)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for iri in mentions:
        groups[_key(facts, iri)].append(iri)
    for alike in groups.values():
        # the one that is described is right, else the one that is named most
        right, *others = sorted(alike, key=lambda iri: (*_weight(facts, iri), iri))
        for iri in others:
            message = f"The IRI differs only in form from <{right}>. Write one of them everywhere."
            yield Fault(message, mentions[iri], iri, beside=mentions[right])


def _key(facts: Facts, iri: str) -> str:
    """Return what IRIs that are easily taken for each other have in common.

    A class and a property often differ by case alone: terms of an ontology do not count.
    """
    scheme, mark, rest = iri.partition("://")
    if not mark or scheme.lower() not in ("http", "https"):
        return iri
    inside = rest.startswith(facts.source.base.partition("://")[2])
    if not inside or "#" in rest or namespace(iri) in facts.own_namespaces:
        return rest
    plain = ENCODED.sub(lambda code: chr(int(code[0][1:], 16)), rest) if "%" in rest else rest
    return plain.rstrip("/.").casefold()


def _weight(facts: Facts, iri: str) -> tuple[int, int]:
    return -len(facts.subjects.get(iri, ())), -len(facts.objects.get(iri, ()))


def _relative(facts: Facts) -> Iterator[Fault]:
    # where a base is set, relative IRIs are meant
    if facts.source.project.base or facts.source.base == NO_BASE:
        return
    for iri, at in _first_mentions(facts).items():
        if iri.startswith(NO_BASE):
            relative = iri.removeprefix(NO_BASE)
            message = (
                f"The IRI <{relative}> is relative, and nothing says to what. "
                "Add @base to the file or base to kg.toml."
            )
            yield Fault(message, at, iri)


DANGLING = Check(
    "dangling-iri",
    Severity.WARNING,
    "An IRI of the data set's own of which nothing is said",
    "An IRI under the base promises a description. One that is only named answers 404, and is "
    "often a misspelling of one that is described. Names of versions of an ontology need none.",
    _dangling,
)
FORM = Check(
    "iri-form",
    Severity.WARNING,
    "An IRI of the data set's own in an odd form",
    "Programs compare IRIs character by character, and people and browsers rewrite odd ones: "
    "needless percent-encoding, spaces in disguise, relative steps, double slashes, a full stop at "
    "the end that is lost in running text. Such an IRI is soon two.",
    _forms,
)
TWIN = Check(
    "iri-twin",
    Severity.WARNING,
    "Two IRIs that differ only in form",
    "Two IRIs that differ only by http or https, and under the base by case, a trailing slash or "
    "full stop or encoding, are meant to be one, and what is said of them falls apart.",
    _twins,
)
RELATIVE = Check(
    "relative-iri",
    Severity.WARNING,
    "A relative IRI without a base",
    "Where neither the file nor kg.toml says what relative IRIs are resolved by, they become IRIs "
    "of the machine that reads them.",
    _relative,
)
CHECKS = (DANGLING, FORM, TWIN, RELATIVE)
