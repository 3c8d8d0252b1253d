"""Validate a source by its shapes and by the checks beyond them (storey 1)."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.errors import ProjectError
from kg.source.checks.check import Check, result_of
from kg.source.checks.facts import Facts
from kg.source.checks.table import CHECKS, REASONERS, switched_on
from kg.source.loading import Source
from kg.source.locating import Mention, places_of
from kg.source.report import Place, Report, ValidationResult, report_of
from kg.source.shapes import validate


def check(
    source: Source,
    owl: Sequence[str] = (),
    by_shapes: Callable[[Source], Report] = validate,
) -> Report:
    """Return what the source's shapes and the checks beyond them find, in one report.

    `owl` names the reasoners to ask too: "rl", "dl". `by_shapes` validates by shapes alone.
    Raises: ShapesError when the shapes are wrong themselves; ProjectError when a check that is to
    be switched off is unknown, or a reasoner is unknown or not installed.
    """
    checks = switched_on([*CHECKS, *_reasoners(owl)], dict(source.project.checks))
    report = by_shapes(source)
    return report_of([*report.results, *found_by(checks, source)], report.shapes)


def _reasoners(names: Sequence[str]) -> Iterator[Check]:
    for name in names:
        if name not in REASONERS:
            raise ProjectError(f"--owl {name}: one of {', '.join(REASONERS)}.")
        yield REASONERS[name]


def found_by(checks: Iterable[Check], source: Source) -> list[ValidationResult]:
    """Return what the checks find, each with its places."""
    facts = Facts(source)
    found = [(one, fault) for one in checks for fault in one.find(facts)]
    spots = [spot for _, fault in found for spot in (fault.at, fault.beside)]
    places = places_of(source, {spot for spot in spots if isinstance(spot, Mention)})

    def place(spot: Mention | Place | None) -> Place:
        return places[spot] if isinstance(spot, Mention) else spot or Place()

    return [result_of(one, fault, place(fault.at), place(fault.beside)) for one, fault in found]
