"""The suite `growth`: what a request costs as data grows, in documents that stay the same size."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import data
from bench.client import Client
from bench.options import Options
from bench.report import markdown
from bench.serving import Served
from bench.subjects import kg_serve

ACCEPT = {"Turtle": "text/turtle", "page": "text/html"}
# documents that are asked for in one size before the next size has its turn
AT_A_TIME = 25
# times that a document is asked for again: CPU time is counted in steps of 10 ms
AGAIN = 10


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
    rss_bytes: int


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
    with ExitStack() as stack:
        served = {}
        for size in sizes:
            path = work / f"generated-{size}.ttl"
            data.write(path, size)
            server = kg_serve.serving(path, work, base=data.BASE)
            served[size] = stack.enter_context(server)
        batches = _ask(served, documents)
        return [
            asdict(_row(served[size], size, name, batches)) for size in sizes for name in ACCEPT
        ]


def table(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the table of the last run, and how the largest data compares with the smallest."""
    rows: Sequence[Mapping[str, Any]] = runs[-1]["rows"]
    head = (
        "triples", "format", "first, p50 µs", "again, p50 µs", "first, CPU µs", "again, CPU µs",
        "body, bytes", "start, s", "memory, MB",
    )  # fmt: skip
    lines = [
        [
            f"{row['triples']:,}",
            row["format"],
            *(f"{row[name]:,.0f}" for name in (*COSTS, "body_bytes")),
            f"{row['start_seconds']:.1f}",
            f"{row['rss_bytes'] / 1e6:,.0f}",
        ]
        for row in rows
    ]
    least, most = (pick(row["triples"] for row in rows) for pick in (min, max))
    for format_ in dict.fromkeys(row["format"] for row in rows):
        small, large = (
            next(row for row in rows if (row["triples"], row["format"]) == (size, format_))
            for size in (least, most)
        )
        ratios = [f"{large[name] / small[name]:.2f} times" for name in (*COSTS, "body_bytes")]
        lines.append([f"{most:,} to {least:,}", format_, *ratios, "", ""])
    return markdown(head, lines)


def _ask(served: dict[int, Served], documents: int) -> dict[tuple[int, str, bool], list[Asked]]:
    found: dict[tuple[int, str, bool], list[Asked]] = {}
    clients = {size: Client(server.port) for size, server in served.items()}
    # the first requests of a process load modules and templates
    for client in clients.values():
        for accept in ACCEPT.values():
            for number in range(3):
                client.get(data.path_of(number), accept)
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
    server: Served, size: int, name: str, batches: dict[tuple[int, str, bool], list[Asked]]
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
        start_seconds=server.start_seconds,
        rss_bytes=server.rss_bytes(),
    )


def _p50(batches: list[Asked]) -> float:
    return 1e6 * median(seconds for asked in batches for seconds in asked.seconds)


def _cpu(batches: list[Asked]) -> float:
    return 1e6 * sum(asked.cpu for asked in batches) / sum(len(asked.sizes) for asked in batches)
