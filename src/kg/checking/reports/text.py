"""Write a verdict for people."""

from collections.abc import Iterator

from kg.checking.check import Level, Outcome, Result, Verdict
from kg.rdf.lines import visible

# characters of what a site said
LONGEST = 600


def verdict_as_text(verdict: Verdict) -> str:
    """Return the faults, each with the command that shows it and its clause, and the counts."""
    lines = [line for one in verdict.results for line in _told(one)]
    return "\n".join([*lines, *map(_shown, verdict.notes), summary(verdict), ""])


def summary(verdict: Verdict) -> str:
    """Return the verdict in one line."""
    failed = {level: len(verdict.failed(level)) for level in Level}
    word = "not ended" if verdict.ended else "conforms"
    if any(failed.values()):
        word = "does not conform"
    faults = ", ".join(f"{n} {level.value}" for level, n in failed.items() if n)
    counts = (
        f"{verdict.count(outcome)} {outcome.value}"
        for outcome in Outcome
        if outcome is not Outcome.FAILED and verdict.count(outcome)
    )
    said = [verdict.ended] if verdict.ended else []
    said += [f"failed: {faults}"] if faults else []
    return f"{word}: {'; '.join([*said, *counts])}; {verdict.requests:,} requests"


def _shown(text: str) -> str:
    """Return the text as one line of bearable length that no terminal obeys."""
    shown = visible(text)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _told(result: Result) -> Iterator[str]:
    check = result.check
    if result.outcome is Outcome.FAILED:
        yield f"{check.level.value.upper()}  {check.id}: {check.sentence}"
        yield f"  clause {check.clause}"
        for fault in result.faults:
            yield f"  asked  {_shown(fault.asked)}"
            yield f"  came   {_shown(fault.came)}"
        yield ""
    elif result.outcome in (Outcome.CANT_TELL, Outcome.UNTESTED):
        yield f"{result.outcome.value}  {check.id}: {_shown(result.why)}"
