"""The checks there are, in the order of the documentation (storey 1)."""

import difflib
from collections.abc import Iterable, Mapping

from kg.errors import ProjectError
from kg.source.checks import (
    duplicates,
    expectations,
    iris,
    languages,
    literals,
    prefixes,
    published,
    reasoning,
    syntax,
    terms,
    times,
)
from kg.source.checks.check import PREFIX, Check

# those that run whenever data is validated
CHECKS = (
    *terms.CHECKS,
    *iris.CHECKS,
    *literals.CHECKS,
    *languages.CHECKS,
    *prefixes.CHECKS,
    *duplicates.CHECKS,
    *times.CHECKS,
)
# and those that are asked for by name
REASONERS = reasoning.CHECKS
# and what a store finds out: it has no facts to look at, and is here to be named and described
OF_QUERIES = (expectations.EXPECTED_ROWS,)
# and what is held against the newest published version
OF_VERSIONS = published.CHECKS
# and what is known before there is any fact; nobody can do without it
OF_FILES = (syntax.SYNTAX,)
EVERY = (*CHECKS, *REASONERS.values(), *OF_QUERIES, *OF_VERSIONS, *OF_FILES)


def check_of(component: str) -> Check | None:
    """Return the check that a result is from, by the result's component; None if from a shape."""
    known = {check.component: check for check in EVERY}
    return known.get(component)


def switched_on(checks: Iterable[Check], off: Mapping[str, str]) -> list[Check]:
    """Return the checks that the settings have not switched off, each with its reason.

    Raises: ProjectError where the settings name no check, or give no reason.
    """
    known = sorted({check.id for check in EVERY if check not in OF_FILES})
    for name, reason in off.items():
        if name not in known:
            close = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"Known: {', '.join(known)}."
            raise ProjectError(f"kg.toml [checks]: there is no check {name}. {hint}")
        if not reason.strip():
            raise ProjectError(
                f"kg.toml [checks] {name}: the value is the reason why it is switched off, "
                "and may not be empty."
            )
    return [check for check in checks if check.id not in off]
