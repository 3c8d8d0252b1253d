"""The suite `sparql`: queries of many kinds to `kg serve` and to other endpoints, side by side."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from urllib.parse import quote

from bench import data
from bench.client import Client
from bench.load import measure
from bench.options import Options
from bench.queries import KINDS, MIXES, Kind, contained
from bench.report import Row, markdown, ratio
from bench.serving import Served, fetch
from bench.subjects import kg_serve, oxigraph, rdflib_endpoint, virtuoso

KG = "kg"
KG_PATH = "/sparql?query="

# what one kind takes of one server in a round, with one client: seconds, and requests at most
SECONDS, AT_MOST = 0.3, 50
# kinds that take longer than this many µs are not asked by many clients
SLOW = 100_000.0

SCRIPT = """\
local paths = {{ {paths} }}
local headers = {{ {headers} }}
local number = {first}
request = function()
  number = number + 1
  local one = number % #paths + 1
  wrk.headers["Accept"] = headers[one]
  return wrk.format("GET", paths[one] .. {suffix})
end
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A server, the path that a query is put behind, and the server set to answer from bytes."""

    served: Served
    path: str
    from_bytes: Served

    def asked(self, kind: Kind) -> Served:
        """Return the server for that kind."""
        return self.from_bytes if kind.from_bytes else self.served

    def url(self, kind: Kind, number: int, triples: int) -> str:
        """Return the path that asks the query of that number."""
        return self.path + quote(kind.text(number, triples), safe="")


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one server did in one round of one kind or mix; `fault` says why it was not asked."""

    triples: int
    round: int
    kind: str
    subject: str
    clients: int
    p50_us: float = 0.0
    per_second: float = 0.0
    cpu_us: float = 0.0
    fault: str = ""


class Numbers:
    """Numbers that no query had before: each makes another text."""

    def __init__(self) -> None:
        self._next = 0

    def take(self, count: int) -> int:
        """Return the first of that many."""
        first, self._next = self._next, self._next + count
        return first


def run(work: Path, options: Options) -> list[dict[str, object]]:
    """Return the rows of all rounds; in each, every kind goes through every server in turn."""
    rows: list[Measurement] = []
    for triples in options.query_sizes:
        folder = work / f"sparql-{triples}"
        (folder / "data").mkdir(parents=True)
        path = folder / "data" / "generated.ttl"
        data.write(path, triples)
        with _subjects(path, folder) as subjects:
            rows.extend(_rounds(subjects, triples, folder, options))
    return [asdict(row) for row in rows]


@contextmanager
def _subjects(path: Path, work: Path) -> Iterator[dict[str, Subject]]:
    with ExitStack() as stack:
        found = {}
        server = kg_serve.serving(path, work, base=data.BASE, from_bytes=True)
        from_bytes = stack.enter_context(server)
        for engine in kg_serve.engines():
            server = kg_serve.serving(path, work, base=data.BASE, engine=engine)
            name = f"{KG}, {engine}" if engine else KG
            found[name] = Subject(stack.enter_context(server), KG_PATH, from_bytes)
        for rival in (oxigraph, rdflib_endpoint):
            served = stack.enter_context(rival.serving(path, work))
            found[rival.NAME] = Subject(served, rival.PATH, served)
        if name := virtuoso.name():
            served = stack.enter_context(virtuoso.serving(path, work))
            found[name] = Subject(served, virtuoso.PATH, served)
        else:
            sys.stderr.write(f"Without Virtuoso. Debian: apt-get install {virtuoso.PACKAGE}\n")
        yield found


def _rounds(
    subjects: Mapping[str, Subject], triples: int, work: Path, options: Options
) -> Iterator[Measurement]:
    faults = {
        (kind.name, name): _fault(kind, subjects, name, triples)
        for kind in KINDS
        for name in subjects
    }
    numbers, quick = Numbers(), set()
    for number in range(options.rounds):
        for kind in KINDS:
            for (asked, name), fault in faults.items():
                if asked != kind.name:
                    continue
                row = Measurement(triples, number, kind.name, name, 1, fault=fault)
                if not fault:
                    row = _alone(row, subjects[name], kind, numbers)
                    if row.p50_us < SLOW:
                        quick.add((kind.name, name))
                yield row
        for mix, kinds in _loads().items():
            for name, subject in subjects.items():
                if all((kind.name, name) in quick for kind in kinds):
                    row = Measurement(triples, number, mix, name, options.connections)
                    yield _together(row, subject, kinds, numbers, work, options)
        sys.stderr.write(f"  {triples:,} triples: round {number + 1} of {options.rounds}\n")


def _loads() -> dict[str, tuple[Kind, ...]]:
    """Return what many clients ask: each kind alone, and the mixes."""
    named = {kind.name: kind for kind in KINDS}
    mixes = {f"mix: {mix}": tuple(named[name] for name in names) for mix, names in MIXES.items()}
    return {kind.name: (kind,) for kind in KINDS} | mixes


def _fault(kind: Kind, subjects: Mapping[str, Subject], name: str, triples: int) -> str:
    """Return why a server is not asked that kind, "" where its answer is as large as kg's."""
    expected, found = (_size(subjects[one], kind, triples) for one in (next(iter(subjects)), name))
    return "" if expected == found else f"{found}, not {expected}"


def _size(subject: Subject, kind: Kind, triples: int) -> str:
    path = subject.url(kind, 1, triples)
    try:
        reply = fetch(subject.asked(kind).port, path, {"Accept": kind.accept}, timeout=600)
        found = contained(reply.body, kind.accept)
    except (OSError, ValueError, SyntaxError) as error:
        return f"fails: {type(error).__name__}"
    return f"{found} rows" if reply.status == 200 else f"status {reply.status}"


def _alone(row: Measurement, subject: Subject, kind: Kind, numbers: Numbers) -> Measurement:
    """Return the row with what one client saw."""
    served = subject.asked(kind)
    client = Client(served.port)
    # the connection's own beginning is not measured
    client.get(subject.url(kind, numbers.take(1), row.triples), kind.accept)
    taken: list[float] = []
    before, end = served.cpu_seconds(), time.monotonic() + SECONDS
    while len(taken) < AT_MOST and (not taken or time.monotonic() < end):
        path = subject.url(kind, numbers.take(1), row.triples)
        taken.append(client.get(path, kind.accept)[0])
    client.close()
    cpu = 1e6 * (served.cpu_seconds() - before) / len(taken)
    p50 = median(taken)
    return replace(row, p50_us=1e6 * p50, per_second=1 / p50, cpu_us=cpu)


def _together(
    row: Measurement,
    subject: Subject,
    kinds: Sequence[Kind],
    numbers: Numbers,
    work: Path,
    options: Options,
) -> Measurement:
    """Return the row with what many clients saw: each request is another query."""
    script = work / "queries.lua"
    first = numbers.take(1_000_000)
    paths = [
        (subject.url(kind, first + number, row.triples), kind.accept)
        for number in range(1 if kinds[0].again else 100)
        for kind in kinds
    ]
    text = SCRIPT.format(
        paths=", ".join(f'"{path}"' for path, _ in paths),
        headers=", ".join(f'"{accept}"' for _, accept in paths),
        first=first,
        # the text ends in a comment
        suffix='""' if kinds[0].again else '"." .. number',
    )
    script.write_text(text, encoding="utf-8")
    try:
        measured = measure(subject.asked(kinds[0]), "/", {}, options, str(script))
    except RuntimeError as error:
        slow = "Non-2xx" not in str(error) and "Socket errors" not in str(error)
        return replace(row, fault="no answer in time" if slow else "errors under load")
    return replace(row, **asdict(measured))


def table(runs: Sequence[Row]) -> str:
    """Return two tables for each size: one client's milliseconds, and many clients' requests."""
    rounds = [
        {**row, "round": (number, row["round"])}
        for number, run in enumerate(runs)
        for row in run["rows"]
    ]
    parts = []
    for triples in dict.fromkeys(row["triples"] for row in rounds):
        rows = [row for row in rounds if row["triples"] == triples]
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


def _compared(rows: Sequence[Row], figure: Callable[[Row], float]) -> str:
    """Return a line for each kind: the median of every server, and kg's ratios to the others."""
    names = list(dict.fromkeys(row["subject"] for row in rows))
    ours = [name for name in names if name.startswith(KG)]
    # every engine of kg to its nearest rival, the last one to all
    pairs = [(one, other) for other in names if other not in ours for one in ours]
    pairs = [pair for pair in pairs if pair[1] == oxigraph.NAME or pair[0] == ours[-1]]
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
    """Return how many times faster kg is, taken inside each round, "" where one was not asked."""
    bar = {row["round"]: row["per_second"] for row in others if not row["fault"]}
    rows = [row for row in ours if not row["fault"] and row["round"] in bar]
    return ratio([row["per_second"] / bar[row["round"]] for row in rows]) if rows else ""
