"""Dates in EDTF beside the bounds that they imply (storey 1).

No property is known by name but those of two vocabularies for bounds: any literal of the datatype
EDTF counts. Source: https://www.loc.gov/standards/datetime/
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.rdf.terms import text_of
from kg.source.checks.check import Check, Fault, fault_in
from kg.source.checks.facts import Facts
from kg.source.locating import Mention
from kg.source.report import Severity

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
TIME = "http://www.w3.org/2006/time#"

EARLIEST_BEGIN, LATEST_BEGIN, EARLIEST_END, LATEST_END = range(4)
BOUNDS = MappingProxyType(
    {
        f"{SEM}hasEarliestBeginTimeStamp": (EARLIEST_BEGIN, EARLIEST_BEGIN),
        f"{SEM}hasLatestBeginTimeStamp": (LATEST_BEGIN, LATEST_BEGIN),
        f"{SEM}hasEarliestEndTimeStamp": (EARLIEST_END, EARLIEST_END),
        f"{SEM}hasLatestEndTimeStamp": (LATEST_END, LATEST_END),
        # one date for the whole: anywhere between its two bounds
        f"{SEM}hasBeginTimeStamp": (EARLIEST_BEGIN, LATEST_BEGIN),
        f"{SEM}hasEndTimeStamp": (EARLIEST_END, LATEST_END),
        f"{TIME}hasBeginning": (EARLIEST_BEGIN, LATEST_BEGIN),
        f"{TIME}hasEnd": (EARLIEST_END, LATEST_END),
    }
)
INSTANT = (f"{TIME}inXSDDate", f"{TIME}inXSDDateTimeStamp", f"{TIME}inXSDDateTime")
# approximate and uncertain dates may be given wider bounds
VAGUE = frozenset("?~%")

NO_DATE = "This is no date of EDTF. Write it as in 2014, 2015-09 or 2015-09/2018-01."

# what an EDTF date implies: four days as ISO 8601 writes them, None at an open side
Implied = tuple[str | None, str | None, str | None, str | None]


# parsing one takes a millisecond, and whoever watches a folder asks again
@lru_cache(maxsize=100_000)
def implied(text: str) -> Implied | None:
    """Return the four bounds of an EDTF date, None where it is none.

    >>> implied("2015-09/..")
    ('2015-09-01', '2015-09-30', None, None)
    """
    # imported here because most data has no such dates
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(text)
        if text.startswith(("[..", "{..")):
            latest = _day(parsed.upper_strict())
            return None, latest, None, latest
        sides = (parsed.lower, parsed.upper) if "/" in text else (parsed, parsed)
        (low, high), (first, last) = (_side(side) for side in sides)
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError):
        return None
    return low, high, first, last


def _side(side: Any) -> tuple[str | None, str | None]:
    """Return the first and the last day of one side of an interval, None where it is open."""
    if str(side) in ("..", ""):
        return None, None
    return _day(side.lower_strict()), _day(side.upper_strict())


def _day(moment: tuple[int, ...]) -> str:
    return date(*moment[:3]).isoformat()


def _against_bounds(facts: Facts) -> Iterator[Fault]:
    for literal, mentions in facts.literals.items():
        if literal.datatype.value != EDTF:
            continue
        bounds = implied(literal.value)
        for at in mentions:
            if bounds is None:
                yield fault_in(facts, at, NO_DATE)
            else:
                focus = text_of(facts.quad(at).subject)
                yield from _stated(facts, at, focus, bounds, literal.value)


def _stated(facts: Facts, edtf: Mention, focus: str, bounds: Implied, text: str) -> Iterator[Fault]:
    """Yield the bounds of a subject that its EDTF date contradicts."""
    for at in facts.subjects.get(focus if ":" in focus else f"_:{focus}", ()):
        _, predicate, value, _ = facts.quad(at)
        which = BOUNDS.get(predicate.value)
        for day, where in _days(facts, at, value) if which else ():
            assert which
            low, high = (bounds[one] for one in which)
            if not _agrees(day, low, high, widened=which if VAGUE & {*text} else ()):
                expected = low if low == high else f"from {low or 'any'} to {high or 'any'}"
                message = f'The date "{text}" implies {expected or "no bound"} here. Correct one.'
                yield Fault(message, where, focus, predicate.value, str(value), edtf)


def _days(facts: Facts, at: Mention, value: object) -> Iterator[tuple[str, Mention]]:
    """Yield the day that a bound gives, itself or by the instant that it names."""
    if isinstance(value, Literal):
        yield value.value[:10], at._replace(term=2)
        return
    name = value.value if isinstance(value, NamedNode) else str(value)
    for of in facts.subjects.get(name, ()):
        _, predicate, day, _ = facts.quad(of)
        if predicate.value in INSTANT:
            yield day.value[:10], of._replace(term=2)


def _agrees(day: str, low: str | None, high: str | None, *, widened: tuple[int, ...]) -> bool:
    """Whether a day is within its bounds; `widened` is which bound it is, if it may be wider."""
    if low is None and high is None:
        return False
    least = None if widened and EARLIEST_BEGIN in {one % 2 for one in widened} else low
    most = None if widened and LATEST_BEGIN in {one % 2 for one in widened} else high
    return (least or day) <= day <= (most or day)


EDTF_BOUNDS = Check(
    "edtf-bounds",
    Severity.VIOLATION,
    "A date in EDTF and a bound that contradict each other",
    "An EDTF date implies on which days it can begin and end. Where bounds are stated beside it, "
    "in the terms of SEM or OWL-Time, queries use them and people read the date: both must say the "
    "same. Bounds of approximate and uncertain dates may be wider.",
    _against_bounds,
)
CHECKS = (EDTF_BOUNDS,)
