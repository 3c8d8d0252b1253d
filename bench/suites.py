"""The suites by name; a new one is a module with `run`, `table` and `picture`, and a line here.

It also needs its two marks in docs/benchmarks.md, between which its table is written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bench import dereference, growth, sparql, sparql_shown, survival, validation
from bench.options import Options

Runs = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Suite:
    """What measures, what shows it as Markdown and as SVG, and its part of the whole time."""

    run: Callable[[Path, Options], list[dict[str, object]]]
    table: Callable[[Runs], str]
    picture: Callable[[Runs], str]
    part: float


SUITES = MappingProxyType(
    {
        "dereference": Suite(dereference.run, dereference.table, dereference.picture, 0.1),
        "growth": Suite(growth.run, growth.table, growth.picture, 0.1),
        "sparql": Suite(sparql.run, sparql_shown.table, sparql_shown.picture, 0.4),
        "survival": Suite(survival.run, survival.table, survival.picture, 0.1),
        "validation": Suite(validation.run, validation.table, validation.picture, 0.3),
    }
)
