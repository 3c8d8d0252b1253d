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
from bench.options import Options, rounds
from bench.pictures import bars
from bench.report import markdown, ratio
from bench.shapes import SHAPES
from bench.subjects.endpoints import FAILURES, short
from bench.subjects.rivals import python_with

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


# other engines that PyPI offers, with the package and what prints how many results there are
RIVALS = {
    "shacl 0.3.4": ("shacl==0.3.4", "import shacl; n = len(shacl.validate(data, shapes).results)"),
    "shifty 0.5.1": (
        "pyshifty==0.5.1 rdflib==7.6.0",
        """import shifty, pathlib; from rdflib import RDF, SH
_, found, _ = shifty.validate(pathlib.Path(data), pathlib.Path(shapes), infer=False)
n = len(set(found.subjects(RDF.type, SH.ValidationResult)))""",
    ),
    "rudof 0.3.35": (
        "pyrudof==0.3.35",
        """import pyrudof; one = pyrudof.Rudof(pyrudof.RudofConfig())
one.read_data(data); one.read_shacl(shapes)
n = len(one.validate_shacl().violations)""",
    ),
}
SCRIPT = 'import sys; shapes, data = sys.argv[1:]\n{said}\nprint(f"Results ({{n}})")'
# seconds that a run may take
PATIENCE = 3600


@dataclass(frozen=True, slots=True)
class Row:
    """One run of one program: seconds of the clock and of the processor, and what it found.

    `fault` says why it was not measured.
    """

    triples: int
    round: int
    subject: str
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    results: int = 0
    fault: str = ""


def run(work: Path, options: Options) -> list[dict[str, object]]:
    """Return the rows of all rounds; in each, every program has its turn."""
    return [
        asdict(row)
        for triples in options.validation_sizes
        for row in _rounds(triples, work, options)
    ]


def _rounds(triples: int, work: Path, options: Options) -> Iterator[Row]:
    folder = _folder(work / f"validation-{triples}", triples)
    for number in rounds(options):
        for subject in (*_commands(folder), *RIVALS):
            try:
                yield _measured(triples, number, subject, _command(subject, folder))
            except FAILURES as error:
                yield Row(triples, number, subject, fault=short(error))


def _folder(folder: Path, triples: int) -> Path:
    """Return a project of generated data, with about one result for every 25 resources."""
    for name in ("data", "shapes"):
        (folder / name).mkdir(parents=True)
    data.write(folder / "data" / "generated.ttl", triples)
    (folder / "shapes" / "all.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "kg.toml").write_text('[folders]\ndata = "data"\n', encoding="utf-8")
    return folder


def _command(subject: str, folder: Path) -> list[str]:
    """Return the command of a program, which is installed first if it is not ours."""
    if subject not in RIVALS:
        return _commands(folder)[subject]
    package, said = RIVALS[subject]
    python = python_with(package, "rivals-shacl")
    return [python, "-c", SCRIPT.format(said=said), *_files(folder)]


def _commands(folder: Path) -> dict[str, list[str]]:
    python = sys.executable
    kg = [python, "-m", "kg", "validate", str(folder)]
    return {
        PYSHACL: [python, "-m", "pyshacl", "-s", *_files(folder)],
        REFERENCE: kg,
        PLACELESS: [python, "-c", WITHOUT_PLACES, str(folder)],
        FAST: [*kg, "--engine", "fast"],
    }


def _files(folder: Path) -> tuple[str, str]:
    """Return the shapes and the data."""
    return str(folder / "shapes" / "all.ttl"), str(folder / "data" / "generated.ttl")


def _measured(triples: int, number: int, subject: str, command: Sequence[str]) -> Row:
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, capture_output=True, text=True, check=False, timeout=PATIENCE
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
    head = (
        "triples", "program", "results", "seconds", "CPU seconds",
        "times faster than pyshacl", "by CPU",
    )  # fmt: skip
    lines = []
    for (triples, subject), ours in _by_program(runs).items():
        good = [row for row in ours if not row.get("fault")]
        if not good:
            lines.append([f"{triples:,}", subject, f"not measured: {ours[0]['fault']}", *[""] * 4])
            continue
        medians = (median(row[name] for row in good) for name in ("seconds", "cpu_seconds"))
        ratios = (
            times(runs, triples, PYSHACL, subject, name) for name in ("seconds", "cpu_seconds")
        )
        counted = [f"{triples:,}", subject, f"{good[0]['results']:,}"]
        shown = (ratio(found) if found else "" for found in ratios)
        lines.append([*counted, *(f"{value:.2f}" for value in medians), *shown])
    return markdown(head, lines)


def picture(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the seconds of each program and size."""
    groups: dict[str, dict[str, float]] = {}
    for (triples, subject), ours in _by_program(runs).items():
        if good := [row["seconds"] for row in ours if not row.get("fault")]:
            groups.setdefault(f"{triples:,} triples", {})[subject] = median(good)
    return bars("Validation, seconds from start to end", groups)


def _by_program(runs: Sequence[Mapping[str, Any]]) -> dict[tuple[int, str], list[dict[str, Any]]]:
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for number, run in enumerate(runs):
        for row in run["rows"]:
            found.setdefault((row["triples"], row["subject"]), []).append({**row, "run": number})
    return found


def times(
    runs: Sequence[Mapping[str, Any]], triples: int, bar: str, subject: str, name: str
) -> list[float]:
    """Return how many times less of the figure a program needs than another, round by round."""
    programs = _by_program(runs)
    theirs, ours = (
        {
            (row["run"], row["round"]): row[name]
            for row in programs.get((triples, one), [])
            if not row.get("fault")
        }
        for one in (bar, subject)
    )
    return [theirs[key] / value for key, value in ours.items() if key in theirs]
