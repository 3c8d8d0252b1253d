"""A report made ready for its writers (storey 1): results with rules, paths and fingerprints."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.rdf.namespaces import Prefixes
from kg.source.loading import Source
from kg.source.report import Place, Report, Severity, ValidationResult, focus_of
from kg.source.rules import Rule, Rulebook, path_text, short

# no prefixes: IRIs are written in full
PLAIN = Prefixes(())


@dataclass(frozen=True, slots=True)
class Finding:
    """One result, with its rule, its path in the syntax of SPARQL, or "", and its fingerprint.

    The fingerprint tells it from all others of its report. It is the same in every run until the
    focus node, the path, the value or the shape has another name: lines may move.
    """

    result: ValidationResult
    rule: Rule
    path: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What writers of reports get: the findings in the order of the report, and their rules.

    `shapes` counts the shapes that were applied; `root` is the folder that files are relative
    to; `notes` are sentences about the report as a whole.
    """

    items: tuple[Finding, ...]
    shapes: int
    book: Rulebook
    root: Path
    notes: tuple[str, ...] = ()

    @property
    def prefixes(self) -> Prefixes:
        """The prefixes of the source, those of its shapes first."""
        return self.book.prefixes

    @property
    def report(self) -> Report:
        """The report on what is found."""
        return Report(tuple(one.result for one in self.items), self.shapes)

    def focus(self, one: Finding) -> str:
        """Return a focus node as a prefixed name, as N-Triples has it, or as a bare label."""
        node = focus_of(one.result)
        return node if node.startswith('"') else short(one.result.focus_node, self.prefixes)

    def only(self, keep: Callable[[Finding], bool], *notes: str) -> "Findings":
        """Return those of the findings that are to be kept, with further notes."""
        kept = tuple(one for one in self.items if keep(one))
        return replace(self, items=kept, notes=(*self.notes, *notes))

    def seen_from(self, folder: Path) -> "Findings":
        """Return the findings with files relative to a folder, where they are inside of it."""

        @cache
        def where(file: str) -> str:
            path = (self.root / file).resolve()
            return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else file

        items = (replace(one, result=_moved(one.result, where)) for one in self.items)
        return replace(self, items=tuple(items))


def findings_of(source: Source, report: Report) -> Findings:
    """Return the report's results as findings; files are relative to the project's root."""
    book = Rulebook(source)
    paths = [book.path_of(result) for result in report.results]
    rules = [book.rule_of(result) for result in report.results]
    full = [path_text(path, PLAIN) if path else "" for path in paths]
    prints = _numbered(map(_print, report.results, rules, full))
    shown = (path_text(path, book.prefixes) if path else "" for path in paths)
    items = map(Finding, report.results, rules, shown, prints)
    return Findings(tuple(items), report.shapes, book, source.project.root)


def _print(result: ValidationResult, rule: Rule, path: str) -> str:
    """Return a digest of what makes a result the same one in another run.

    A blank node has only its place to be known by, and of that what does not move.
    """
    focus = focus_of(result)
    if focus.startswith("_:"):
        focus = f"{result.file} {result.excerpt.strip()}"
    value = "[]" if result.value.startswith("_:") else result.value
    parts = (rule.shape, result.component, focus, path, value)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _numbered(digests: Iterable[str]) -> Iterator[str]:
    """Yield each digest with how often it has been there, from 1."""
    seen: Counter[str] = Counter()
    for digest in digests:
        seen[digest] += 1
        yield f"{digest}:{seen[digest]}"


def _moved(result: ValidationResult, where: Callable[[str], str]) -> ValidationResult:
    def moved(place: Place) -> Place:
        return replace(place, file=where(place.file)) if place.file else place

    return replace(
        result,
        file=where(result.file) if result.file else "",
        related=moved(result.related),
        shape_place=moved(result.shape_place),
    )


def by_rule(findings: Findings) -> list[tuple[Severity, Rule, int]]:
    """Return how many results each rule has, the worst first, then the most frequent."""
    counts = Counter((one.result.severity, one.rule.id) for one in findings.items)
    rules = {one.rule.id: one.rule for one in findings.items}
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return [(severity, rules[id_], count) for (severity, id_), count in ordered]


def sums(findings: Findings) -> list[list[Finding]]:
    """Return the infos in groups of one shape and path, the most frequent first.

    They measure coverage, and there may be one for every node.
    """
    groups: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for one in findings.items:
        if one.result.severity is Severity.INFO:
            # blank nodes are as many shapes as there are
            groups[one.rule.id, one.result.source_shape, one.path].append(one)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [group for _, group in ordered]
