"""The page of what validation found in the data that is served (storey 3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.dataset.description import label
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import RDFS, SH, SKOS
from kg.source.checks.table import check_of
from kg.source.report import Severity, ValidationResult, node_of
from kg.source.reports.text import cut
from kg.views.pages import SitePart, Value
from kg.views.values import value_of

# results of one rule that the page shows
SHOWN = 50

# what a shape says of itself for people, the first that is there
WORDS = (f"{SH}description", f"{RDFS}comment", f"{SKOS}definition")


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One result: `focus` and `value` as pages show terms, `place` is `file:line` or ""."""

    focus: Value
    value: Value | None
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The results of one rule: `rule` links to the shape where there is one.

    `severity` is SHACL's local name, `path` the property that it is about or None; `why` are
    sentences that the rule says of itself; `findings` are the first of `total`.
    """

    severity: str
    rule: Value
    path: Value | None
    why: tuple[str, ...]
    findings: tuple[ShownFinding, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ChecksPage:
    """`/checks`: whether the data keeps its rules.

    `conforms` is None where no shapes were applied and nothing was found; `counts` are pairs of a
    severity and its number of results, all three; `groups` are the rules with results, the worst
    first.
    """

    site: SitePart
    conforms: bool | None
    shapes: int
    triples: int
    files: int
    snapshot: str
    counts: tuple[tuple[str, int], ...]
    groups: tuple[RuleGroup, ...]


def checks_page(snapshot: Snapshot, site: SitePart) -> ChecksPage:
    """Return the page of the report that the snapshot was published with."""
    report = snapshot.report
    found = Counter(result.severity for result in report.results)
    unchecked = report.conforms and not report.shapes
    return ChecksPage(
        site=site,
        conforms=None if unchecked else report.conforms,
        shapes=report.shapes,
        triples=snapshot.triples,
        files=snapshot.files,
        snapshot=snapshot.id,
        counts=tuple((one.label, found[one]) for one in Severity),
        groups=tuple(_group(snapshot, results) for results in _by_rule(report.results)),
    )


def _by_rule(results: Iterable[ValidationResult]) -> list[list[ValidationResult]]:
    """Return the results of each rule, the worst first, then the most frequent."""
    groups: dict[tuple[Severity, str, str, str], list[ValidationResult]] = defaultdict(list)
    for one in results:
        groups[one.severity, one.source_shape, one.component, one.path].append(one)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1:]))
    return [group for _, group in ordered]


def _group(snapshot: Snapshot, results: Sequence[ValidationResult]) -> RuleGroup:
    first = results[0]
    check = check_of(first.component)
    shape = _node(snapshot, first.source_shape) if first.source_shape else None
    return RuleGroup(
        severity=first.severity.label,
        rule=Value(check.title) if check else shape or Value(first.component),
        path=_node(snapshot, first.path) if first.path else None,
        why=(check.why,) if check else _why(snapshot, first),
        findings=tuple(_finding(snapshot, one) for one in results[:SHOWN]),
        total=len(results),
    )


def _why(snapshot: Snapshot, result: ValidationResult) -> tuple[str, ...]:
    """Return what the shape says of itself, in the language of its label."""
    if ":" not in result.source_shape:
        return ()
    shape = NamedNode(result.source_shape)
    named = label(snapshot, shape)
    found = [
        term
        for name in WORDS
        for term in snapshot.objects(shape, name)
        if isinstance(term, Literal)
    ]
    same = [term for term in found if named and term.language == named.language]
    return tuple(term.value for term in (same or found)[:1])


def _finding(snapshot: Snapshot, result: ValidationResult) -> ShownFinding:
    place = f"{result.file}:{result.line}" if result.line else result.file
    focus = _node(snapshot, result.focus_node)
    value = _term(snapshot, result.value) if result.value else None
    # of a node that is wrong itself there is no other value
    return ShownFinding(focus, None if value == focus else value, cut(result.message), place)


def _node(snapshot: Snapshot, text: str) -> Value:
    """Return an IRI or a blank node's label, as results have them."""
    return _term(snapshot, node_of(text))


def _term(snapshot: Snapshot, text: str) -> Value:
    """Return a term that is written as N-Triples has it; only IRIs are links."""
    if text.startswith("<") and text.endswith(">"):
        return value_of(snapshot, NamedNode(text[1:-1]))
    return Value(cut(text), labelled=False)
