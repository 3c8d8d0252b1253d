"""Write a verdict for people."""

import re
from collections.abc import Iterator

from kg.checking.check import Level, Outcome, Result, Verdict

# what a terminal would obey
CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LONGEST = 600


def verdict_as_text(verdict: Verdict) -> str:
    """Return the faults, each with the command that shows it and its clause, and the counts."""
    lines = [line for one in verdict.results for line in _told(one)]
    return "\n".join([*lines, *map(visible, verdict.notes), summary(verdict), ""])


def summary(verdict: Verdict) -> str:
    """Return the verdict in one line."""
    failed = {level: len(verdict.failed(level)) for level in Level}
    word = "conforms" if not any(failed.values()) else "does not conform"
    faults = ", ".join(f"{n} {level.value}" for level, n in failed.items() if n)
    counts = (
        f"{verdict.count(outcome)} {outcome.value}"
        for outcome in Outcome
        if outcome is not Outcome.FAILED and verdict.count(outcome)
    )
    said = [f"failed: {faults}"] if faults else []
    return f"{word}: {'; '.join([*said, *counts])}; {verdict.requests:,} requests"


def visible(text: str) -> str:
    """Return the text as one line of bearable length that no terminal obeys."""
    shown = CONTROL.sub("\ufffd", text)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _told(result: Result) -> Iterator[str]:
    check = result.check
    if result.outcome is Outcome.FAILED:
        yield f"{check.level.value.upper()}  {check.id}: {check.sentence}"
        yield f"  clause {check.clause}"
        for fault in result.faults:
            yield f"  asked  {visible(fault.asked)}"
            yield f"  came   {visible(fault.came)}"
        yield ""
    elif result.outcome in (Outcome.CANT_TELL, Outcome.UNTESTED):
        yield f"{result.outcome.value}  {check.id}: {visible(result.why)}"
