"""The targets that were set, and what was measured for each: a table of what is met and missed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from statistics import median
from typing import Any

from bench import dereference, growth, sparql, sparql_shown, survival, validation
from bench.queries import KINDS
from bench.report import markdown, measured
from bench.subjects import kg_serve, oxigraph

Runs = Sequence[Mapping[str, Any]]
Results = Mapping[str, Runs]

ANALYTIC = (
    "date filter", "group by", "property path", "text filter", "top-k", "count", "aggregate join",
)  # fmt: skip
MIX = "mix: and analytic"
SUITES = ("dereference", "growth", "sparql", "survival", "validation")


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured: the ratio, on what, and whether all of it was there to be measured."""

    value: float
    about: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """One promise: the issue that made it, its words, its bound, and what is measured for it."""

    issue: int
    words: str
    bound: float
    found: Callable[[Results], Found | None]
    at_most: bool = False


def _nginx(case: str, subject: str) -> Callable[[Results], Found | None]:
    def found(results: Results) -> Found | None:
        ratios = dereference.to_nginx(results["dereference"], case, subject)
        return Found(median(ratios), case) if ratios else None

    return found


def _grown(format_: str) -> Callable[[Results], Found | None]:
    def found(results: Results) -> Found | None:
        rows = [row for row in results["growth"][-1]["rows"] if row["format"] == format_]
        sizes = [row["triples"] for row in rows]
        if not rows:
            return None
        value = growth.grown(results["growth"], format_, "first_cpu_us")
        return Found(value, f"{format_}, {min(sizes):,} to {max(sizes):,} triples")

    return found


def _asked(
    kinds: Iterable[str], rival: str, clients: int, of: Callable[[Mapping[str, float]], float]
) -> Callable[[Results], Found | None]:
    """Return what measures kg against a rival, over kinds of queries, at the largest size where
    both were measured.
    """

    def found(results: Results) -> Found | None:
        every = sparql_shown.rounds_told_apart(results["sparql"])
        rows = [row for row in every if row["kind"] != sparql.START]
        for triples in sorted({row["triples"] for row in rows}, reverse=True):
            sized = [row for row in rows if row["triples"] == triples]
            times = {kind: _times(sized, kind, rival, clients) for kind in kinds}
            if any(times.values()):
                return _of_kinds(
                    times, of, f"{triples:,} triples, {clients} client{'s' if clients > 1 else ''}"
                )
        return None

    return found


def _of_kinds(
    times: Mapping[str, float], of: Callable[[Mapping[str, float]], float], about: str
) -> Found:
    known = {kind: value for kind, value in times.items() if value}
    if len(known) == len(times) > 1:
        about += f", {len(times)} kinds; least {min(known.values()):.2f}: {_least(known)}"
    elif len(times) > 1:
        about += f", only {len(known)} of {len(times)} kinds measured"
    return Found(of(known), about, len(known) == len(times))


def _least(known: Mapping[str, float]) -> str:
    return min(known, key=lambda kind: known[kind])


def _times(rows: Sequence[Mapping[str, Any]], kind: str, rival: str, clients: int) -> float:
    """Return the median of how many times faster kg is, 0 where that was not measured."""
    asked = [row for row in rows if row["kind"] == kind and (row["clients"] > 1) == (clients > 1)]
    ours = [row for row in asked if row["subject"] == sparql_shown.AS_IT_COMES]
    others = [row for row in asked if row["subject"].startswith(rival)]
    found = sparql_shown.ratios(ours, others)
    return median(found) if found else 0.0


def _mean(known: Mapping[str, float]) -> float:
    """Return the geometric mean."""
    return prod(known.values()) ** (1 / len(known))


def _lowest(known: Mapping[str, float]) -> float:
    return min(known.values())


def _validated(size: int, subject: str) -> Callable[[Results], Found | None]:
    def found(results: Results) -> Found | None:
        ratios = validation.times(
            results["validation"], size, validation.PYSHACL, subject, "seconds"
        )
        return Found(median(ratios), f"{size:,} triples") if ratios else None

    return found


def _places(results: Results) -> Found | None:
    size = max(row["triples"] for run in results["validation"] for row in run["rows"])
    # by CPU: the difference is smaller than what a busy clock adds
    ratios = validation.times(
        results["validation"], size, validation.REFERENCE, validation.PLACELESS, "cpu_seconds"
    )
    return Found(100 * (median(ratios) - 1), f"{size:,} triples, by CPU") if ratios else None


def _survived(figure: Callable[[Mapping[str, Any]], float]) -> Callable[[Results], Found | None]:
    def found(results: Results) -> Found | None:
        rows = [row for row in results["survival"][-1]["rows"] if row["subject"] == sparql.KG]
        if not rows or rows[0]["fault"]:
            return None
        return Found(figure(rows[0]), f"{rows[0]['during']} small queries")

    return found


OXIGRAPH, RDFLIB, VIRTUOSO = oxigraph.NAME.partition(" ")[0], "rdflib-endpoint", "Virtuoso"
PLAIN, BYTES = kg_serve.NAME, kg_serve.NAME_FROM_BYTES
EVERY = tuple(kind.name for kind in KINDS)

TARGETS = (
    Target(4, "Turtle to nginx, plain ASGI", 0.4, _nginx("Turtle", PLAIN)),
    Target(4, "page to nginx, plain ASGI", 0.4, _nginx("page, gzip", PLAIN)),
    Target(4, "Turtle to nginx, from bytes", 1.0, _nginx("Turtle", BYTES)),
    Target(4, "page to nginx, from bytes", 1.0, _nginx("page, gzip", BYTES)),
    Target(4, "304 of Turtle to nginx, from bytes", 0.9, _nginx("Turtle, 304", BYTES)),
    Target(4, "304 of a page to nginx, from bytes", 0.9, _nginx("page, gzip, 304", BYTES)),
    Target(4, "CPU of a first Turtle document, largest data to smallest (flat)", 1.2,
           _grown("Turtle"), at_most=True),
    Target(4, "CPU of a first page, largest data to smallest (flat)", 1.2, _grown("page"),
           at_most=True),
    Target(5, "no kind of query slower than oxigraph serve", 1.0,
           _asked(EVERY, OXIGRAPH, 1, _lowest)),
    Target(5, "analytic kinds to oxigraph serve, geometric mean", 10.0,
           _asked(ANALYTIC, OXIGRAPH, 1, _mean)),
    Target(5, "mixed load to oxigraph serve", 10.0, _asked((MIX,), OXIGRAPH, 8, _mean)),
    Target(5, "mixed load to Virtuoso", 2.0, _asked((MIX,), VIRTUOSO, 8, _mean)),
    Target(5, "small SELECT, not remembered, to oxigraph serve", 0.8,
           _asked(("look-up",), OXIGRAPH, 1, _mean)),
    Target(5, "the same, remembered", 1.4, _asked(("look-up, asked before",), OXIGRAPH, 1, _mean)),
    Target(5, "the same, from bytes", 4.0, _asked(("the same, from bytes",), OXIGRAPH, 1, _mean)),
    Target(5, "small SELECT to rdflib-endpoint", 20.0, _asked(("look-up",), RDFLIB, 1, _mean)),
    Target(5, "export in JSON to oxigraph serve", 4.0,
           _asked(("export, JSON",), OXIGRAPH, 1, _mean)),
    Target(5, "export in CSV to oxigraph serve", 1.0, _asked(("export, CSV",), OXIGRAPH, 1, _mean)),
    Target(5, "small queries without an answer beside a cross product", 0.0,
           _survived(lambda row: float(row["errors"])), at_most=True),
    Target(5, "their median time to that before", 4.0, _survived(survival.slower), at_most=True),
    Target(6, "reference engine to pyshacl", 5.0, _validated(10_000, validation.REFERENCE)),
    Target(6, "reference engine to pyshacl", 5.0, _validated(100_000, validation.REFERENCE)),
    Target(6, "fast engine to pyshacl", 10.0, _validated(10_000, validation.FAST)),
    Target(6, "fast engine to pyshacl", 25.0, _validated(100_000, validation.FAST)),
    Target(6, "what places cost of a run, %", 10.0, _places, at_most=True),
)  # fmt: skip


def written() -> str:
    """Return the table for what was measured last."""
    return table({name: measured(name) for name in SUITES})


def table(results: Results) -> str:
    """Return a line for each target: its issue, its bound, what was measured, and the verdict."""
    head = ("issue", "target", "wanted", "measured", "on", "verdict")
    return markdown(head, [list(_line(target, target.found(results))) for target in TARGETS])


def _line(target: Target, found: Found | None) -> Iterator[str]:
    yield str(target.issue)
    yield target.words
    yield f"{'at most' if target.at_most else 'at least'} {target.bound:g}"
    if found is None:
        yield from ("", "", "not measured")
        return
    yield f"{found.value:.2f}"
    yield found.about
    yield verdict(target, found)


def verdict(target: Target, found: Found) -> str:
    """Return `met` or `missed`; what lacks a part of what it is about cannot be met."""
    held = found.value <= target.bound if target.at_most else found.value >= target.bound
    if held and not found.whole:
        return "met in part"
    return "met" if held else "**missed**"
