"""Run all checks on a site (storey 1), and end within the limits whatever the site does."""

from collections.abc import Callable, Collection
from contextlib import closing
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser

from kg import __version__
from kg.checking.check import Check, Fault, Outcome, Result, Verdict
from kg.checking.checks.table import CHECKS
from kg.checking.client import Client
from kg.checking.discovery import discover
from kg.checking.limits import LimitReached, Limits
from kg.checking.site import Site
from kg.errors import ProjectError

# faults of one check that are told; a site that is wrong everywhere needs no more
TOLD = 20


def check_site(
    url: str,
    limits: Limits | None = None,
    base: str = "",
    skip: Collection[str] = (),
    progress: Callable[[], object] = lambda: None,
) -> Verdict:
    """Return what the checks find of the site at a URL: its root, a thing's IRI or an endpoint.

    `base` is how its IRIs begin, where the site does not say it and answers under another URL;
    `skip` are ids of checks that are left out; `progress` is called after each check.
    Raises: ProjectError when the URL or an id is none, or nobody answers.
    """
    unknown = sorted(set(skip) - {check.id for check in CHECKS})
    if unknown:
        raise ProjectError(f"--skip {unknown[0]}: no such check. docs/conformance.md lists them.")
    agent = f"kg-check/{__version__}"
    with closing(Client(limits or Limits(), agent)) as client:
        date = datetime.now(UTC).isoformat(timespec="seconds")
        results, notes = [], []
        try:
            site = discover(client, url, base)
            notes = _notes(site)
        except LimitReached as error:
            why = f"looking around ended: {error}"
            results = [Result(check, Outcome.UNTESTED, why=why) for check in CHECKS[:-1]]
            site = _nothing(client, url)
        for check in CHECKS[len(results) :]:
            left_out = check.id in skip
            known = Result(check, Outcome.UNTESTED, why="left out on demand")
            results.append(known if left_out else _run(check, site))
            progress()
        spent, ended = client.requests, client.ended
        return Verdict(url, agent, date, spent, tuple(results), tuple(notes), ended)


def _run(check: Check, site: Site) -> Result:
    """Return what became of a check, also where it was ended by the limits."""
    looked_at, faults, why = 0, dict[Fault, None](), ""
    try:
        for judgement in check.run(site):
            looked_at += 1
            if judgement is not None and len(faults) < TOLD:
                faults[judgement] = None
    except LimitReached as error:
        why = f"not ended: {error}"
    outcome = _outcome(looked_at, why, bool(faults))
    if outcome is Outcome.INAPPLICABLE:
        why = "the site has nothing to look at"
    return Result(check, outcome, looked_at, tuple(faults), why)


def _outcome(looked_at: int, why: str, wrong: bool) -> Outcome:  # noqa: FBT001 - of one caller
    if wrong:
        return Outcome.FAILED
    if why:
        return Outcome.CANT_TELL if looked_at else Outcome.UNTESTED
    return Outcome.PASSED if looked_at else Outcome.INAPPLICABLE


def _notes(site: Site) -> list[str]:
    """Return what a reader has to know of where it was looked."""
    notes = [f"endpoint {site.endpoint}" if site.endpoint else "no SPARQL endpoint was found"]
    if site.space != site.home:
        notes.append(f"IRIs under {site.space} were asked for under {site.home}")
    notes.append(f"looked closely at {', '.join(site.things) or 'no thing: none was found'}")
    return notes


def _nothing(client: Client, url: str) -> Site:
    return Site(client, url, url, url, RobotFileParser())
