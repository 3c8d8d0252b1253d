"""What the suite `sparql` measured, as tables and as a picture."""

from collections.abc import Callable, Sequence
from statistics import median

from bench.options import Options
from bench.pictures import bars
from bench.report import Row, markdown, ratio
from bench.sparql import KG, START
from bench.subjects import oxigraph

# kg where nobody has set an engine
AS_IT_COMES = f"{KG}, {Options().engines[0]}"


def table(runs: Sequence[Row]) -> str:
    """Return two tables for each size: one client's milliseconds, and many clients' requests."""
    every = rounds_told_apart(runs)
    parts = []
    for triples in dict.fromkeys(row["triples"] for row in every):
        of_size = [row for row in every if row["triples"] == triples]
        if starts := [row for row in of_size if row["kind"] == START]:
            parts += [f"{triples:,} triples, starting:", _started(starts)]
        rows = [row for row in of_size if row["kind"] != START]
        alone = [row for row in rows if row["clients"] == 1]
        together = [row for row in rows if row["clients"] > 1]
        parts += [
            f"{triples:,} triples, one client, p50 in ms:",
            _compared(alone, lambda row: row["p50_us"] / 1000),
        ]
        if together:
            clients = together[0]["clients"]
            parts += [
                f"{triples:,} triples, {clients} clients, requests/s:",
                _compared(together, lambda row: float(row["per_second"])),
            ]
    return "\n\n".join(parts)


def rounds_told_apart(runs: Sequence[Row]) -> list[Row]:
    """Return the rows of all runs, each with the number of its run in that of its round."""
    return [
        {**row, "round": (number, row.get("round"))}
        for number, run in enumerate(runs)
        for row in run["rows"]
    ]


def shown(names: Sequence[str]) -> str:
    """Return which of the servers stands for kg: that without settings, or the last of kg."""
    return AS_IT_COMES if AS_IT_COMES in names else [n for n in names if n.startswith(KG)][-1]


def _started(rows: Sequence[Row]) -> str:
    """Return a line for each server: how long it took to be there, and what it then held."""
    lines = [
        [row["subject"], f"not measured: {row['fault']}", "", ""]
        if row["fault"]
        else [
            row["subject"],
            f"{row['seconds']:.1f}",
            f"{row['triples'] / row['seconds']:,.0f}",
            f"{row['memory_bytes'] / 1e6:,.0f}",
        ]
        for row in rows
    ]
    return markdown(["server", "loaded and there, s", "triples/s", "memory, MB"], lines)


def picture(runs: Sequence[Row]) -> str:
    """Return how many times faster kg is than each rival, kind by kind, with one client."""
    triples = max(row["triples"] for row in runs[-1]["rows"])
    rows = [row for row in runs[-1]["rows"] if row["kind"] != START]
    rows = [row for row in rows if row["triples"] == triples and row["clients"] == 1]
    ours = shown([row["subject"] for row in rows])
    groups: dict[str, dict[str, float]] = {}
    for kind in dict.fromkeys(row["kind"] for row in rows):
        by_name: dict[str, list[Row]] = {}
        for row in rows:
            if row["kind"] == kind:
                by_name.setdefault(row["subject"], []).append(row)
        for name, others in by_name.items():
            if not name.startswith(KG) and (found := ratios(by_name[ours], others)):
                groups.setdefault(kind, {})[name] = median(found)
    title = f"{ours} at {triples:,} triples: how many times faster than others, one client"
    return bars(title, groups, zero=1.0)


def _compared(rows: Sequence[Row], figure: Callable[[Row], float]) -> str:
    """Return a line for each kind: the median of every server, and kg's ratios to the others."""
    names = list(dict.fromkeys(row["subject"] for row in rows))
    ours = [name for name in names if name.startswith(KG)]
    # every engine of kg to its nearest rival, one to all
    pairs = [(one, other) for other in names if other not in ours for one in ours]
    pairs = [pair for pair in pairs if pair[1] == oxigraph.NAME or pair[0] == shown(ours)]
    head = ["kind", *names, *(f"{one} to {other.partition(' ')[0]}" for one, other in pairs)]
    lines = []
    for kind in dict.fromkeys(row["kind"] for row in rows):
        by_name = {n: [r for r in rows if (r["kind"], r["subject"]) == (kind, n)] for n in names}
        figures = [_median(by_name[name], figure) for name in names]
        ratios = [_ratio(by_name[one], by_name[other]) for one, other in pairs]
        lines.append([kind, *figures, *ratios])
    return markdown(head, lines)


def _median(rows: Sequence[Row], figure: Callable[[Row], float]) -> str:
    good = [figure(row) for row in rows if not row["fault"]]
    if not good:
        return rows[0]["fault"] if rows else ""
    return f"{median(good):,.0f}" if median(good) >= 100 else f"{median(good):.2f}"


def _ratio(ours: Sequence[Row], others: Sequence[Row]) -> str:
    found = ratios(ours, others)
    return ratio(found) if found else ""


def ratios(ours: Sequence[Row], others: Sequence[Row]) -> list[float]:
    """Return how many times faster kg is, taken inside each round in which both were asked."""
    bar = {row["round"]: row["per_second"] for row in others if not row["fault"]}
    rows = [row for row in ours if not row["fault"] and row["round"] in bar]
    return [row["per_second"] / bar[row["round"]] for row in rows]
