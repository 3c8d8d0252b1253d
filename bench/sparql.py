"""The suite `sparql`: queries of many kinds to `kg serve` and to other endpoints, side by side."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from http.client import HTTPException
from math import inf
from pathlib import Path
from statistics import median
from urllib.parse import quote

from bench import data
from bench.client import Client
from bench.load import measure
from bench.options import Options, rounds
from bench.queries import JSON, KINDS, LOOKUP, MIXES, Kind, contained
from bench.serving import Served, fetch
from bench.subjects import kg_serve
from bench.subjects.endpoints import FAILURES, Begun, begun, rivals, short

KG = "kg"
KG_PATH = "/sparql?query="

# what one kind takes of one server in a round, with one client: seconds, and requests at most
SECONDS, AT_MOST = 0.3, 50
# kinds that take longer than this many µs are not asked by many clients, but for a mix
SLOW = 100_000.0
# kinds that take longer are measured in the first round only, and are in no mix
VERY_SLOW = 3_000_000.0
# seconds of load of a mix at least: whoever is slow has to get through it more than once
MIXED = 10
# what is asked first on a connection, whose beginning is not measured
FIRST = Kind("first", LOOKUP)
# seconds in which an answer must be there when it is looked at
PATIENCE = 60
NONE = f"no answer in {PATIENCE} s"
# the kind of the rows that say how a server started
START = "start"

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


@dataclass(frozen=True, slots=True)
class Start:
    """How a server started: seconds till all was loaded and it answered, and memory then."""

    triples: int
    subject: str
    seconds: float
    memory_bytes: int
    fault: str
    kind: str = START


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
    rows: list[dict[str, object]] = []
    for triples in options.query_sizes:
        folder = work / f"sparql-{triples}"
        (folder / "data").mkdir(parents=True)
        path = folder / "data" / "generated.ttl"
        data.write(path, triples)
        with ExitStack() as stack:
            servers, from_bytes = _servers(path, folder, options, stack)
            rows += [asdict(_start(server, triples)) for server in servers]
            subjects = {
                one.name: Subject(
                    one.served, one.path, from_bytes if one.name.startswith(KG) else one.served
                )
                for one in servers
                if one.served is not None
            }
            rows += [asdict(row) for row in _rounds(subjects, triples, folder, options)]
    return rows


def _servers(
    path: Path, work: Path, options: Options, stack: ExitStack
) -> tuple[list[Begun], Served]:
    """Return a server of each engine of kg, those of others, and the one that answers from bytes.

    Raises: RuntimeError when a server of kg does not start.
    """
    found = []
    for engine in options.engines:
        before = time.monotonic()
        served = stack.enter_context(kg_serve.serving(path, work, base=data.BASE, engine=engine))
        found.append(Begun(f"{KG}, {engine}", KG_PATH, served, time.monotonic() - before))
    from_bytes = stack.enter_context(kg_serve.serving(path, work, base=data.BASE, from_bytes=True))
    return [*found, *(begun(one, path, work, stack) for one in rivals())], from_bytes


def _start(server: Begun, triples: int) -> Start:
    memory = server.served.memory_bytes() if server.served else 0
    return Start(triples, server.name, server.seconds, memory, server.fault)


def _rounds(
    subjects: Mapping[str, Subject], triples: int, work: Path, options: Options
) -> Iterator[Measurement]:
    faults = {
        (kind.name, name): fault
        for name in subjects
        for kind, fault in _faults(subjects, name, triples)
    }
    numbers = Numbers()
    taken: dict[tuple[str, str], float] = {}
    asked = [(kind, name) for kind in KINDS for name in subjects]
    for number in rounds(options):
        again = []
        for kind, name in asked:
            fault = faults[kind.name, name]
            row = Measurement(triples, number, kind.name, name, 1, fault=fault)
            if not fault:
                row = _alone(row, subjects[name], kind, numbers)
            if not row.fault:
                taken[kind.name, name] = min(row.p50_us, taken.get((kind.name, name), inf))
            if row.p50_us < VERY_SLOW:
                again.append((kind, name))
            yield row
        asked = again
        for load, kinds in _loads().items():
            longest = SLOW if len(kinds) == 1 else VERY_SLOW
            for name, subject in subjects.items():
                if all(taken.get((kind.name, name), inf) < longest for kind in kinds):
                    row = Measurement(triples, number, load, name, options.connections)
                    yield _together(row, subject, kinds, numbers, work, options)


def _loads() -> dict[str, tuple[Kind, ...]]:
    """Return what many clients ask: each kind alone, and the mixes."""
    named = {kind.name: kind for kind in KINDS}
    mixes = {f"mix: {mix}": tuple(named[name] for name in names) for mix, names in MIXES.items()}
    return {kind.name: (kind,) for kind in KINDS} | mixes


def _faults(subjects: Mapping[str, Subject], name: str, triples: int) -> Iterator[tuple[Kind, str]]:
    """Yield why a server is not asked each kind, "" where its answer is as large as kg's."""
    first, subject = next(iter(subjects.values())), subjects[name]
    lost = ""
    for kind in KINDS:
        found = lost or _size(subject, kind, triples)
        expected = found if lost or subject is first else _size(first, kind, triples)
        yield (
            kind,
            (
                lost
                or (
                    ""
                    if expected == found and found.endswith("rows")
                    else f"{found}, not {expected}"
                )
            ),
        )
        # one that still works on what nobody waits for would keep the whole run waiting
        if found == NONE and _size(subject, FIRST, triples) == NONE:
            lost = "busy with another kind"


def _size(subject: Subject, kind: Kind, triples: int) -> str:
    path = subject.url(kind, 1, triples)
    try:
        reply = fetch(subject.asked(kind).port, path, {"Accept": kind.accept}, PATIENCE)
        found = contained(reply.body, kind.accept)
    except TimeoutError:
        return NONE
    except (OSError, ValueError, LookupError, SyntaxError, HTTPException) as error:
        return f"fails: {type(error).__name__}"
    return f"{found} rows" if reply.status == 200 else f"status {reply.status}"


def _alone(row: Measurement, subject: Subject, kind: Kind, numbers: Numbers) -> Measurement:
    """Return the row with what one client saw."""
    served = subject.asked(kind)
    taken: list[float] = []
    try:
        client = Client(served.port)
        client.get(subject.url(FIRST, numbers.take(1), row.triples), JSON)
        before, end = served.cpu_seconds(), time.monotonic() + SECONDS
        while len(taken) < AT_MOST and (not taken or time.monotonic() < end):
            path = subject.url(kind, numbers.take(1), row.triples)
            taken.append(client.get(path, kind.accept)[0])
        client.close()
    except FAILURES as error:
        return replace(row, fault=f"fails: {short(error)[:60]}")
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
    if len(kinds) > 1:
        options = replace(options, seconds=max(options.seconds, MIXED))
    try:
        measured = measure(subject.asked(kinds[0]), "/", {}, options, str(script))
    except RuntimeError as error:
        slow = "Non-2xx" not in str(error) and "Socket errors" not in str(error)
        return replace(row, fault="no answer in time" if slow else "errors under load")
    return replace(row, **asdict(measured))
