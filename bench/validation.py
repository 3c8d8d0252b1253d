"""The suite `validation`: `kg validate` and the command of pyshacl, from start to end."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import data
from bench.options import Options
from bench.report import markdown, ratio
from bench.shapes import SHAPES

PYSHACL = "pyshacl"
REFERENCE, FAST = "kg, reference", "kg, fast"
# the reference engine again, with results that say no lines: what places cost is the difference
PLACELESS = "kg, reference, no places"

WITHOUT_PLACES = """\
import sys
import kg.source.shapes
kg.source.shapes.located = lambda source, report: report
from kg.cli.app import main
sys.argv = ["kg", "validate", sys.argv[1]]
main()
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One run of one program: seconds of the clock and of the processor, and what it found."""

    triples: int
    round: int
    subject: str
    seconds: float
    cpu_seconds: float
    results: int


def run(work: Path, options: Options) -> list[dict[str, object]]:
    """Return the rows of all rounds; in each, every program has its turn.

    Raises: RuntimeError when a program finds something else than the first.
    """
    return [
        asdict(row) for triples in options.query_sizes for row in _rounds(triples, work, options)
    ]


def _rounds(triples: int, work: Path, options: Options) -> Iterator[Row]:
    commands = _commands(_folder(work / f"validation-{triples}", triples))
    for number in range(options.rounds):
        found = set()
        for subject, command in commands.items():
            row = _measured(triples, number, subject, command)
            found.add(row.results)
            yield row
        if len(found) > 1:
            raise RuntimeError(f"{triples:,} triples: the programs found {sorted(found)} results")
        sys.stderr.write(f"  {triples:,} triples: round {number + 1} of {options.rounds}\n")


def _folder(folder: Path, triples: int) -> Path:
    """Return a project of generated data, with about one result for every 25 resources."""
    for name in ("data", "shapes"):
        (folder / name).mkdir(parents=True)
    data.write(folder / "data" / "generated.ttl", triples)
    (folder / "shapes" / "all.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "kg.toml").write_text('[folders]\ndata = "data"\n', encoding="utf-8")
    return folder


def _commands(folder: Path) -> dict[str, list[str]]:
    python = sys.executable
    files = [str(folder / "shapes" / "all.ttl"), str(folder / "data" / "generated.ttl")]
    kg = [python, "-m", "kg", "validate", str(folder)]
    return {
        PYSHACL: [python, "-m", "pyshacl", "-s", *files],
        REFERENCE: kg,
        PLACELESS: [python, "-c", WITHOUT_PLACES, str(folder)],
        FAST: [*kg, "--engine", "fast"],
    }


def _measured(triples: int, number: int, subject: str, command: Sequence[str]) -> Row:
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, capture_output=True, text=True, check=False
    )
    taken, after = time.perf_counter() - begun, os.times()
    cpu = sum(
        getattr(after, name) - getattr(before, name)
        for name in ("children_user", "children_system")
    )
    return Row(triples, number, subject, taken, cpu, results_in(done.stdout + done.stderr))


def results_in(printed: str) -> int:
    """Return how many results a program says that it found.

    Raises: RuntimeError when it says nothing of the kind.
    """
    found = re.search(r"Results \((\d+)\)|([\d,]+) violations?\s*$", printed)
    if not found:
        raise RuntimeError(f"no report: {printed[-300:]}")
    return int((found[1] or found[2]).replace(",", ""))


def table(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return a line for each size and program, with how many times faster than pyshacl it is."""
    rows = [{**row, "run": number} for number, run in enumerate(runs) for row in run["rows"]]
    head = (
        "triples", "program", "results", "seconds", "CPU seconds",
        "times faster than pyshacl", "by CPU",
    )  # fmt: skip
    lines = []
    for triples in dict.fromkeys(row["triples"] for row in rows):
        of_size = [row for row in rows if row["triples"] == triples]
        for subject in dict.fromkeys(row["subject"] for row in of_size):
            ours = [row for row in of_size if row["subject"] == subject]
            medians = (median(row[name] for row in ours) for name in ("seconds", "cpu_seconds"))
            ratios = (_ratio(ours, of_size, name) for name in ("seconds", "cpu_seconds"))
            counted = [f"{triples:,}", subject, f"{ours[0]['results']:,}"]
            lines.append([*counted, *(f"{value:.2f}" for value in medians), *ratios])
    return markdown(head, lines)


def _ratio(ours: Sequence[Mapping[str, Any]], all_: Sequence[Mapping[str, Any]], name: str) -> str:
    bar = {(row["run"], row["round"]): row[name] for row in all_ if row["subject"] == PYSHACL}
    return ratio([bar[row["run"], row["round"]] / row[name] for row in ours])
