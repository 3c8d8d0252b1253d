"""The suite `dereference`: a document that was asked for before, from nginx and from `kg serve`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.load import measure
from bench.options import Options, rounds
from bench.pictures import bars
from bench.report import markdown, ratio
from bench.serving import Served, fetch
from bench.subjects import kg_serve, nginx

REPO = Path(__file__).parents[1]
# an ordinary actor of the claim graph
DOCUMENT = "/doc/actor/medical-personnel"

TURTLE = {"Accept": "text/turtle"}
PAGE = {"Accept": "text/html", "Accept-Encoding": "gzip"}


# what of a row the table shows
FIGURES = ("per_second", "cpu_us", "p50_us")


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request: its headers, and the suffix of the file that nginx answers it with."""

    name: str
    headers: Mapping[str, str]
    suffix: str
    conditional: bool = False


CASES = (
    Case("Turtle", TURTLE, ".ttl"),
    Case("Turtle, 304", TURTLE, ".ttl", conditional=True),
    Case("page, gzip", PAGE, ".html"),
    Case("page, gzip, 304", PAGE, ".html", conditional=True),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one server did in one round of one case."""

    round: int
    case: str
    subject: str
    body_bytes: int
    head_bytes: int
    per_second: float
    cpu_us: float
    p50_us: float


def run(work: Path, options: Options) -> list[dict[str, object]]:
    """Return the rows of all rounds; in each, every case goes through every server in turn."""
    rows = []
    with _subjects(work) as subjects:
        requests = [
            (case, name, *_checked(case, name, subjects)) for case in CASES for name in subjects
        ]
        for number in rounds(options):
            for case, name, path, headers in requests:
                reply = fetch(subjects[name].port, path, headers)
                head = sum(len(key) + len(value) + 4 for key, value in reply.headers.items())
                measured = measure(subjects[name], path, headers, options)
                sizes = len(reply.body), head
                rows.append(asdict(Row(number, case.name, name, *sizes, **asdict(measured))))
    return rows


def table(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the table: medians of all rounds, and ratios to nginx in the same round."""
    every = [
        {**row, "round": (number, row["round"])}
        for number, run in enumerate(runs)
        for row in run["rows"]
    ]
    head = (
        "case", "server", "head + body, bytes", "requests/s", "CPU µs/request", "p50 µs",
        "requests/s to nginx", "CPU to nginx",
    )  # fmt: skip
    lines = []
    for case in dict.fromkeys(row["case"] for row in every):
        of_case = [row for row in every if row["case"] == case]
        bar = {row["round"]: row for row in of_case if row["subject"] == nginx.NAME}
        for subject in dict.fromkeys(row["subject"] for row in of_case):
            rows = [row for row in of_case if row["subject"] == subject]
            size = f"{rows[0]['head_bytes']:,} + {rows[0]['body_bytes']:,}"
            figures = [f"{median(row[name] for row in rows):,.0f}" for name in FIGURES]
            faster = [row["per_second"] / bar[row["round"]]["per_second"] for row in rows]
            cheaper = [bar[row["round"]]["cpu_us"] / row["cpu_us"] for row in rows]
            lines.append([case, subject, size, *figures, ratio(faster), ratio(cheaper)])
    return markdown(head, lines)


def to_nginx(runs: Sequence[Mapping[str, Any]], case: str, subject: str) -> list[float]:
    """Return how many times as many requests as nginx a server answers, round by round."""
    found = []
    for run in runs:
        rows = {(row["subject"], row["round"]): row for row in run["rows"] if row["case"] == case}
        for (name, number), row in rows.items():
            if name == subject:
                found.append(row["per_second"] / rows[nginx.NAME, number]["per_second"])
    return found


def picture(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the requests of each server and case."""
    groups: dict[str, dict[str, list[float]]] = {}
    for run in runs:
        for row in run["rows"]:
            case = groups.setdefault(row["case"], {})
            case.setdefault(row["subject"], []).append(row["per_second"])
    medians = {
        case: {name: median(values) for name, values in subjects.items()}
        for case, subjects in groups.items()
    }
    return bars("Requests a second for a document that was asked for before", medians)


@contextmanager
def _subjects(work: Path) -> Iterator[dict[str, Served]]:
    with ExitStack() as stack:
        plain = stack.enter_context(kg_serve.serving(REPO, work))
        from_bytes = stack.enter_context(kg_serve.serving(REPO, work, from_bytes=True))
        files = {
            f"{DOCUMENT}.ttl": fetch(plain.port, DOCUMENT, TURTLE).body,
            f"{DOCUMENT}.html": fetch(plain.port, DOCUMENT, {"Accept": "text/html"}).body,
            f"{DOCUMENT}.html.gz": fetch(plain.port, DOCUMENT, PAGE).body,
        }
        static = stack.enter_context(nginx.serving(files, work))
        yield {nginx.NAME: static, kg_serve.NAME: plain, kg_serve.NAME_FROM_BYTES: from_bytes}


def _checked(
    case: Case, name: str, subjects: Mapping[str, Served]
) -> tuple[str, Mapping[str, str]]:
    """Return path and headers of the case for that server, once its answer is what all give.

    Raises: RuntimeError when it is not.
    """
    path = DOCUMENT + (case.suffix if name == nginx.NAME else "")
    expected = fetch(subjects[kg_serve.NAME].port, DOCUMENT, case.headers)
    reply = fetch(subjects[name].port, path, case.headers)
    headers, status = dict(case.headers), 200
    if reply.body != expected.body or reply.status != status:
        raise RuntimeError(f"{name} answers {case.name} with other bytes: {reply}")
    if case.conditional:
        headers["If-None-Match"], status = reply.headers["etag"], 304
        reply = fetch(subjects[name].port, path, headers)
    if reply.status != status:
        raise RuntimeError(f"{name} answers {case.name} with {reply.status}")
    return path, headers
