"""The suite `growth`: what a request costs as data grows, in documents that stay the same size."""

import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from bench import data
from bench.client import Client
from bench.options import Options
from bench.pictures import lines as drawn
from bench.queries import JSON, LOOKUP, Kind
from bench.report import markdown
from bench.serving import Served
from bench.subjects import kg_serve

LOOK_UP = "look-up"
ACCEPT = {"Turtle": "text/turtle", "page": "text/html", LOOK_UP: JSON}
# documents that are asked for in one size before the next size has its turn
AT_A_TIME = 25
# times that a document is asked for again: CPU time is counted in steps of 10 ms
AGAIN = 10
# a number that no request that is measured comes to
LATER = 1_000_000


# what of a row should not grow with the data, in microseconds
COSTS = ("first_us", "again_us", "first_cpu_us", "again_cpu_us")


@dataclass(frozen=True, slots=True)
class Row:
    """What documents of one format cost in data of one size; times of a median request in µs."""

    triples: int
    format: str
    first_us: float
    again_us: float
    first_cpu_us: float
    again_cpu_us: float
    body_bytes: float
    start_seconds: float
    restart_seconds: float
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A batch of requests: seconds and body bytes of each, and CPU seconds of all."""

    seconds: list[float]
    sizes: list[int]
    cpu: float


def run(work: Path, options: Options) -> list[dict[str, object]]:
    """Return a row for each size and format; all sizes are served at once and asked in turn.

    Raises: ValueError when the smallest data has too few documents for none to be asked twice.
    """
    sizes, documents = options.sizes, options.documents
    if documents > data.resources(min(sizes)) // 2:
        raise ValueError(f"{min(sizes)} triples are fewer than {documents} documents need")
    for size in sizes:
        (work / str(size)).mkdir()
        data.write(work / str(size) / "generated.ttl", size)
    first = {}
    for size in sizes:
        # what was built is kept, so that the next start is one after a stop
        with _serving(work / str(size)) as server:
            first[size] = server.start_seconds
            sys.stderr.write(f"  {size:,} triples: first start {server.start_seconds:.0f} s\n")
    with ExitStack() as stack:
        served = {size: stack.enter_context(_serving(work / str(size))) for size in sizes}
        batches = _ask(served, documents)
        return [
            asdict(_row(served[size], size, name, batches, first[size]))
            for size in sizes
            for name in ACCEPT
        ]


def _serving(work: Path) -> AbstractContextManager[Served]:
    return kg_serve.serving(work / "generated.ttl", work, base=data.BASE)


def table(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the table of the last run, and how the largest data compares with the smallest."""
    rows: Sequence[Mapping[str, Any]] = runs[-1]["rows"]
    head = (
        "triples", "format", "first, p50 µs", "again, p50 µs", "first, CPU µs", "again, CPU µs",
        "body, bytes", "first start, s", "next start, s", "memory, MB",
    )  # fmt: skip
    lines = [
        [
            f"{row['triples']:,}",
            row["format"],
            *(f"{row[name]:,.0f}" for name in (*COSTS, "body_bytes")),
            f"{row['start_seconds']:.1f}",
            f"{row['restart_seconds']:.1f}",
            f"{row['memory_bytes'] / 1e6:,.0f}",
        ]
        for row in rows
    ]
    least, most = (pick(row["triples"] for row in rows) for pick in (min, max))
    for format_ in dict.fromkeys(row["format"] for row in rows):
        ratios = [f"{grown(runs, format_, name):.2f} times" for name in (*COSTS, "body_bytes")]
        lines.append([f"{most:,} to {least:,}", format_, *ratios, "", "", ""])
    return markdown(head, lines)


def grown(runs: Sequence[Mapping[str, Any]], format_: str, name: str) -> float:
    """Return how many times larger a figure is with the largest data than with the smallest."""
    rows = sorted(
        (row for row in runs[-1]["rows"] if row["format"] == format_),
        key=lambda row: row["triples"],
    )
    return float(rows[-1][name]) / float(rows[0][name])


def picture(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return a line for each figure that may grow with the data."""
    rows = runs[-1]["rows"]
    series = {
        f"{format_}, {word}, µs": [
            (row["triples"], row[name]) for row in rows if row["format"] == format_
        ]
        for format_ in dict.fromkeys(row["format"] for row in rows)
        for word, name in (("first", "first_us"), ("again", "again_us"))
    }
    sizes = {row["triples"]: row for row in rows}
    series["first start, ms"] = [(size, 1e3 * one["start_seconds"]) for size, one in sizes.items()]
    series["memory, MB"] = [(size, one["memory_bytes"] / 1e6) for size, one in sizes.items()]
    return drawn("What grows with the number of triples, and what does not", series)


def _ask(served: dict[int, Served], documents: int) -> dict[tuple[int, str, bool], list[Asked]]:
    found: dict[tuple[int, str, bool], list[Asked]] = {}
    clients = {size: Client(server.port) for size, server in served.items()}
    # the first requests of a process load modules and templates
    for size, client in clients.items():
        for name, accept in ACCEPT.items():
            for path in _sample(size, range(LATER, LATER + 3), name):
                client.get(path, accept)
    for begin in range(0, documents, AT_A_TIME):
        for name, accept in ACCEPT.items():
            for size, client in clients.items():
                paths = _sample(size, range(begin, min(documents, begin + AT_A_TIME)), name)
                for again, times in ((False, 1), (True, AGAIN)):
                    asked = _batch(served[size], client, paths * times, accept)
                    found.setdefault((size, name, again), []).append(asked)
    return found


def _sample(size: int, numbers: range, format_: str) -> list[str]:
    """Return the paths of documents from all over the data, others for each format."""
    if format_ == LOOK_UP:
        kind = Kind(LOOK_UP, LOOKUP)
        return [f"/sparql?query={quote(kind.text(number, size), safe='')}" for number in numbers]
    count = data.resources(size)
    # odd ones as pages, even ones as Turtle, so that neither finds what the other has touched
    half, odd = count // 2, int(format_ == "page")
    return [data.path_of(2 * ((number * 7919 + 11) % half) + odd) for number in numbers]


def _batch(server: Served, client: Client, paths: list[str], accept: str) -> Asked:
    before = server.cpu_seconds()
    answers = [client.get(path, accept) for path in paths]
    cpu = server.cpu_seconds() - before
    return Asked([taken for taken, _ in answers], [size for _, size in answers], cpu)


def _row(
    server: Served,
    size: int,
    name: str,
    batches: dict[tuple[int, str, bool], list[Asked]],
    first_start: float,
) -> Row:
    first, again = batches[size, name, False], batches[size, name, True]
    return Row(
        triples=size,
        format=name,
        first_us=_p50(first),
        again_us=_p50(again),
        first_cpu_us=_cpu(first),
        again_cpu_us=_cpu(again),
        body_bytes=median(size for asked in first for size in asked.sizes),
        start_seconds=first_start,
        restart_seconds=server.start_seconds,
        memory_bytes=server.memory_bytes(),
    )


def _p50(batches: list[Asked]) -> float:
    return 1e6 * median(seconds for asked in batches for seconds in asked.seconds)


def _cpu(batches: list[Asked]) -> float:
    return 1e6 * sum(asked.cpu for asked in batches) / sum(len(asked.sizes) for asked in batches)
