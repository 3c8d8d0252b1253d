"""The table of all checks, in the order in which they run and are reported."""

from collections.abc import Iterator

from kg.checking.check import Check, Judgement, Level, require
from kg.checking.checks import (
    caching,
    calling,
    closing,
    dereferencing,
    describing,
    discovering,
    negotiating,
    querying,
    resulting,
    serving,
    sharing,
)
from kg.checking.site import Site


def answers_are_whole(site: Site) -> Iterator[Judgement]:
    """Judge everything that was asked in the run, in hindsight: this check is the last."""
    yield from (require(good=False, answer=one) for one in site.client.broken)
    yield None


CHECKS: tuple[Check, ...] = (
    *discovering.CHECKS,
    *dereferencing.CHECKS,
    *negotiating.CHECKS,
    *caching.CHECKS,
    *sharing.CHECKS,
    *querying.CHECKS,
    *calling.CHECKS,
    *resulting.CHECKS,
    *describing.CHECKS,
    *serving.CHECKS,
    *closing.CHECKS,
    Check(
        "answers-whole",
        Level.MUST,
        "https://www.rfc-editor.org/rfc/rfc9110#section-6.1",
        "Whatever is asked is answered, wholly, within the limits of time, bytes and redirects.",
        answers_are_whole,
    ),
)
