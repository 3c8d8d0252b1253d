"""A check as a value, and what it finds (storey 1)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.checking.exchange import Answer
from kg.checking.site import Site


class Level(StrEnum):
    """How binding the clause is that a check rests on; the worst first."""

    MUST = "must"
    SHOULD = "should"
    ADVICE = "advice"


class Outcome(StrEnum):
    """What became of a check; the names are EARL's.

    Source: https://www.w3.org/TR/EARL10-Schema/#OutcomeValue
    """

    PASSED = "passed"
    FAILED = "failed"
    CANT_TELL = "cantTell"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the URL, the command that shows it, and what came."""

    url: str
    asked: str
    came: str


# a check yields for everything that it looks at: None where that is right
Judgement = Fault | None


@dataclass(frozen=True, slots=True)
class Check:
    """One demand: how binding, the URL of the clause, a sentence of what must hold."""

    id: str
    level: Level
    clause: str
    sentence: str
    run: Callable[[Site], Iterable[Judgement]]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a check: how many things it looked at, and what was wrong with some."""

    check: Check
    outcome: Outcome
    looked_at: int = 0
    faults: tuple[Fault, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run found of a site: results in the order of the table, notes in words.

    `ended` is the limit that ended the run before its end, in words, or "".
    """

    url: str
    agent: str
    date: str
    requests: int
    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()
    ended: str = ""

    def count(self, outcome: Outcome) -> int:
        """Return how many checks ended so."""
        return sum(result.outcome is outcome for result in self.results)

    def failed(self, *levels: Level) -> tuple[Result, ...]:
        """Return the results that failed, of these levels."""
        wrong = (one for one in self.results if one.outcome is Outcome.FAILED)
        return tuple(one for one in wrong if one.check.level in levels)


def require(good: object, answer: Answer, came: str = "") -> Judgement:
    """Return None where it is good, else the fault: the answer, and what else is to be said."""
    if good:
        return None
    said = f"{answer}; {came}" if came else str(answer)
    return Fault(answer.request.url, str(answer.request), said)
