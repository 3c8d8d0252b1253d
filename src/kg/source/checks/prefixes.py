"""Prefixes (storey 1): unused ones, and those that mean different things."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from kg.rdf.namespaces import WELL_KNOWN
from kg.source.checks.check import Check, Fault
from kg.source.checks.facts import Facts
from kg.source.report import Place, Severity


def _unused(facts: Facts) -> Iterator[Fault]:
    for path, written in facts.written.items():
        for prefix, _, offset in written.declared:
            if prefix not in written.used:
                message = f"No name in this file has the prefix {prefix}:. Take the line out."
                yield Fault(message, written.place(offset), facts.graph_of[path])


def _clashing(facts: Facts) -> Iterator[Fault]:
    # the empty prefix is everybody's own
    declared = [
        (prefix, iri, path)
        for path, prefixes in facts.prefixes_of.items()
        for prefix, iri in prefixes
        if prefix
    ]
    common = _common(declared)
    for prefix, iri, path in declared:
        usual, why = common[prefix]
        if iri != usual:
            message = f"The prefix {prefix}: is here <{iri}>, but {why} it is <{usual}>. Rename it."
            yield Fault(message, _place(facts, path, prefix), facts.graph_of[path])


def _common(declared: list[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    """Return what each prefix usually stands for, and where it does."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for prefix, iri, _ in declared:
        counted[prefix][iri] += 1
    most = {prefix: min(iris, key=lambda i: (-iris[i], i)) for prefix, iris in counted.items()}
    return {
        prefix: (WELL_KNOWN[prefix], "everywhere else")
        if prefix in WELL_KNOWN
        else (iri, "in other files")
        for prefix, iri in most.items()
    }


def _place(facts: Facts, path: str, prefix: str) -> Place:
    """Return where a file last declares a prefix, or the file where that is not known."""
    written = facts.written.get(path)
    offsets = [at for name, _, at in written.declared if name == prefix] if written else []
    return written.place(offsets[-1]) if written and offsets else Place(path)


UNUSED = Check(
    "unused-prefix",
    Severity.INFO,
    "A prefix that no name in its file uses",
    "A declaration that nothing needs makes readers look for what it is there for, and is often "
    "left over from names that were taken out. `kg fmt` takes it out.",
    _unused,
)
CLASH = Check(
    "prefix-clash",
    Severity.WARNING,
    "A prefix that stands for another namespace elsewhere",
    "People read prefixes, not namespaces. One that is well known, or that other files declare "
    "otherwise, is misread, and what is copied from file to file changes its meaning.",
    _clashing,
)
CHECKS = (UNUSED, CLASH)
