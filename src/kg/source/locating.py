"""Say where in the files validation results come from (storey 1).

A wrong value is at the object that gives it, a missing one at the subject that lacks it, a
property that a closed shape forbids at its predicate; the value of a path of several steps is at
its last one, with the focus node as a related place.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal

from kg.rdf.formats import N_TRIPLES, TRIG, TURTLE, Format, format_of_file
from kg.rdf.namespaces import RDF
from kg.source.loading import Source
from kg.source.paths import Ends, Hop, Path, Step, ends, read_path
from kg.source.places import OBJECT, PREDICATE, SUBJECT, Wanted, places
from kg.source.report import (
    Place,
    Report,
    ValidationResult,
    focus_of,
    node_of,
    report_of,
)
from kg.source.statements import Statement, Statements


class Mention(NamedTuple):
    """A term in a file: of which of its triples, and which of the three."""

    file: str
    number: int
    term: int


# of a result: the offending term, the focus node beside it, the source shape
Mentions = tuple[Mention | None, Mention | None, Mention | None]


def located(source: Source, report: Report) -> Report:
    """Return the report with the places of its results, read from the files as they are now.

    Only Turtle, TriG and N-Triples have lines and columns; of other formats the file is said.
    """
    if not report.results:
        return report
    finder = _Finder(source, report.results)
    mentions = [finder.mentions(result) for result in report.results]
    at = places_of(source, {one for three in mentions for one in three if one})
    results = (
        _with_places(result, *(at[one] if one else Place() for one in three))
        for result, three in zip(report.results, mentions, strict=True)
    )
    return report_of(results, report.shapes)


def _with_places(
    result: ValidationResult, place: Place, related: Place, shape: Place
) -> ValidationResult:
    return replace(
        result,
        file=place.file,
        line=place.line,
        column=place.column,
        excerpt=place.excerpt,
        related=related,
        shape_place=shape,
    )


def places_of(source: Source, mentions: Iterable[Mention]) -> dict[Mention, Place]:
    """Return the places of terms, read from the files as they are now."""
    wanted: dict[str, set[Wanted]] = defaultdict(set)
    for file, number, term in mentions:
        wanted[file].add((number, term))
    found = {file: _in_file(source, file, terms) for file, terms in wanted.items()}
    return {
        Mention(file, *term): found[file].get(term, Place(file))
        for file, terms in wanted.items()
        for term in terms
    }


def _in_file(source: Source, file: str, wanted: set[Wanted]) -> dict[Wanted, Place]:
    text = text_now(source, file, (TURTLE, TRIG, N_TRIPLES))
    return {} if text is None else places(text, file, wanted)


def text_now(source: Source, file: str, formats: Collection[Format]) -> str | None:
    """Return the text of a file as it is now; None where it is in none of the formats.

    None as well where it is gone or no text since it was loaded: results hold, without places.
    """
    if format_of_file(file) not in formats:
        return None
    try:
        return (source.project.root / file).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


class _Finder:
    """Finds what a result speaks of among the statements of the source."""

    def __init__(self, source: Source, results: Sequence[ValidationResult]) -> None:
        self.source = source
        self.results = results

    @cached_property
    def data(self) -> Statements:
        """What was validated."""
        files = [file for file in self.source.files if file.role in ("data", "ontology")]
        return Statements(files, {focus_of(result) for result in self.results})

    @cached_property
    def shapes(self) -> Statements:
        """What it was validated by."""
        return Statements([file for file in self.source.files if file.role == "shapes"])

    def mentions(self, result: ValidationResult) -> Mentions:
        """Return what the places of a result are the places of."""
        node, path = focus_of(result), self._path(result)
        focus = self._described(node)
        shape = _subject(self.shapes.about(node_of(result.source_shape)))
        reached = ends(path, node, self.data) if path else {}
        hop = reached.get(result.value) or self._among(result, reached)
        offending = _mention(hop.statement, _term(result, hop)) if hop else None
        near = path is None or (isinstance(path, Step) and not path.inverse)
        return offending or focus, None if near or not offending else focus, shape

    def _path(self, result: ValidationResult) -> Path | None:
        return read_path(node_of(result.path), self.shapes) if result.path else None

    def _described(self, node: str) -> Mention | None:
        """Return where a node is described, or else where it is named."""
        return _subject(self.data.about(node)) or next(
            (_mention(one, OBJECT) for one in self.data.naming(node)), None
        )

    def _among(self, result: ValidationResult, reached: Ends) -> Hop | None:
        """Return what to show where the value of the result is not at the end of its path."""
        hops = [hop for hop in reached.values() if hop]
        if not result.value:
            return _surplus(result.component, hops)
        if result.value == focus_of(result):
            return hops[0] if hops and "SPARQL" in result.component else None
        about = self.data.about(focus_of(result))
        return next(
            (Hop(one, OBJECT) for one in about if str(one.quad.object) == result.value), None
        )


def _surplus(component: str, hops: Sequence[Hop]) -> Hop | None:
    """Return the value that is too much, where a rule on all values together names none."""
    name = component.removesuffix("ConstraintComponent")
    if name == "MaxCount":
        return hops[-1] if hops else None
    if name == "UniqueLang":
        return next(_repeated_languages(hops), None)
    return hops[0] if hops and name in ("QualifiedMaxCount", "SPARQL") else None


def _repeated_languages(hops: Iterable[Hop]) -> Iterator[Hop]:
    seen = set()
    for hop in hops:
        value = hop.statement.quad.object
        if isinstance(value, Literal) and value.language:
            if value.language in seen:
                yield hop
            seen.add(value.language)


def _term(result: ValidationResult, hop: Hop) -> int:
    """Return which term of its last statement a result points at."""
    unnamed = not result.value or result.value == focus_of(result)
    about_property = result.component.startswith(("QualifiedMaxCount", "SPARQL")) and unnamed
    return PREDICATE if about_property or result.component.startswith("Closed") else hop.term


def _subject(statements: Sequence[Statement]) -> Mention | None:
    """Return the subject of the statement that says the node's type, or else of the first."""
    types = (one for one in statements if one.quad.predicate.value == f"{RDF}type")
    first = next(types, statements[0] if statements else None)
    return _mention(first, SUBJECT) if first else None


def _mention(statement: Statement, term: int) -> Mention:
    return Mention(statement.file, statement.number, term)
