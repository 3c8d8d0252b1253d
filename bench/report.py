"""What was measured, as JSON to compute with and as Markdown to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.suites import Suite

REPO = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
PAGE = REPO / "docs" / "benchmarks.md"
PICTURES = REPO / "docs" / "benchmarks"

Row = Mapping[str, Any]


def add(path: Path, machine: Row, rows: Sequence[Row], *, fresh: bool) -> None:
    """Write a run into the file of its suite, beside earlier ones unless it is to be `fresh`."""
    runs = [] if fresh or not path.exists() else json.loads(path.read_text(encoding="utf-8"))
    runs.append({"machine": machine, "rows": rows})
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(runs, indent=1) + "\n", encoding="utf-8")


def write(name: str, shown: Suite | str) -> str:
    """Put what was measured last into the page of benchmarks, and return it as Markdown."""
    text = shown if isinstance(shown, str) else written(name, shown)
    PAGE.write_text(placed(PAGE.read_text(encoding="utf-8"), name, text), encoding="utf-8")
    if not isinstance(shown, str):
        PICTURES.mkdir(exist_ok=True)
        (PICTURES / f"{name}.svg").write_text(shown.picture(measured(name)), encoding="utf-8")
    return text


def written(name: str, suite: Suite) -> str:
    """Return the runs of a suite as Markdown, with its picture."""
    runs = measured(name)
    picture = f"![the same as a picture]({PICTURES.name}/{name}.svg)"
    return f"{suite.table(runs)}\n\n{picture}\n\n{described(runs)}"


def measured(suite: str) -> list[Row]:
    """Return the runs of a suite that were kept."""
    runs: list[Row] = json.loads((RESULTS / f"{suite}.json").read_text(encoding="utf-8"))
    return runs


def placed(page: str, suite: str, text: str) -> str:
    """Return the page with the text between the marks of the suite.

    Raises: ValueError when the page has no such marks.
    """
    begin, end = f"<!-- {suite}: written by bench -->", f"<!-- end of {suite} -->"
    marked = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not marked.search(page):
        raise ValueError(f"the page of benchmarks has no place for {suite}: {begin} … {end}")
    return marked.sub(lambda _: f"{begin}\n{text}\n{end}", page)


def described(runs: Sequence[Row]) -> str:
    """Return when and on what the runs were made."""
    last = runs[-1]["machine"]
    dates = ", ".join(f"{run['machine']['date']} ({run['machine']['load_after']})" for run in runs)
    return (
        f"Runs, with the load average at the end of each: {dates}. {last['processor']}, "
        f"{last['cores']} cores, {last['memory_gb']} GB, {last['system']}; Python "
        f"{last['python']}, nginx {last['nginx']}, wrk {last['wrk']}."
    )


def ratio(values: Sequence[float]) -> str:
    """Return the median of ratios, with the least and the most."""
    return f"{median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def markdown(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Return a table."""
    titles = list(head)
    rows = [titles, ["---"] * len(titles), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
