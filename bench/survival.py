"""The suite `survival`: what clients of an endpoint see while another has sent a cross product."""

import http.client
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from bench import data
from bench.options import Options
from bench.pictures import bars
from bench.queries import JSON, LOOKUP, Kind
from bench.report import markdown
from bench.serving import Served
from bench.subjects import kg_serve
from bench.subjects.endpoints import FAILURES, Endpoint, begun, rivals, short

TRIPLES = 10_000
CLIENTS = 4
# seconds before the cross product is sent, and those that its client waits for an answer
CALM, LIMIT = 3.0, 10.0
# seconds that a small client waits for an answer, and those that are looked at after all of it
PATIENCE, AFTER = 5.0, 5.0

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SMALL = Kind("look-up", LOOKUP)


@dataclass(frozen=True, slots=True)
class Row:
    """What one server did: `fault` says why it was not asked; times in µs, memory in bytes."""

    subject: str
    killer: str = ""
    calm: int = 0
    calm_p50_us: float = 0.0
    during: int = 0
    during_p50_us: float = 0.0
    errors: int = 0
    answers_after: bool = False
    busy_after: float = 0.0
    memory_before: int = 0
    memory_most: int = 0
    fault: str = ""


@dataclass(slots=True)
class Seen:
    """What small clients saw in one span of time: seconds of answers, and how many had none."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0


def run(work: Path, options: Options) -> list[dict[str, object]]:
    """Return a row for each server; they are alone, one after the other."""
    path = work / "generated.ttl"
    data.write(path, TRIPLES)
    found = []
    for number, endpoint in enumerate((_ours(options.engines[-1]), *rivals())):
        folder = work / str(number)
        folder.mkdir()
        row = _measured(endpoint, path, folder)
        sys.stderr.write(f"  {row.subject}: {row.fault or row.killer}\n")
        found.append(asdict(row))
    return found


def _ours(engine: str) -> Endpoint:
    def serving(path: Path, work: Path) -> Any:
        return kg_serve.serving(path, work, base=data.BASE, engine=engine)

    return Endpoint("kg", "/sparql?query=", lambda: sys.executable, serving)


def _measured(endpoint: Endpoint, path: Path, folder: Path) -> Row:
    with ExitStack() as stack:
        server = begun(endpoint, path, folder, stack)
        if server.served is None:
            return Row(endpoint.name, fault=server.fault)
        try:
            return _survived(endpoint, server.served)
        except FAILURES as error:
            return Row(endpoint.name, fault=short(error))


def _survived(endpoint: Endpoint, served: Served) -> Row:
    """Return the row of a running server."""
    seen, stop = {"calm": Seen(), "during": Seen()}, threading.Event()
    span = ["calm"]
    before, most = served.memory_bytes(), [0]
    threads = [
        threading.Thread(target=_small, args=(endpoint, served, seen, span, stop, number))
        for number in range(CLIENTS)
    ]
    threads.append(threading.Thread(target=_watched, args=(served, most, stop)))
    for thread in threads:
        thread.start()
    time.sleep(CALM)
    span[0] = "during"
    killer = _killer(endpoint, served)
    stop.set()
    for thread in threads:
        thread.join()
    cpu = served.cpu_of_each()
    time.sleep(AFTER)
    # one that was ended meanwhile takes its time with it
    busy = sum(max(0.0, now - cpu.get(pid, 0.0)) for pid, now in served.cpu_of_each().items())
    calm, during = seen["calm"], seen["during"]
    return Row(
        endpoint.name, killer, len(calm.seconds), _p50(calm), len(during.seconds), _p50(during),
        calm.errors + during.errors, _answers(endpoint, served), busy / AFTER, before, most[0],
    )  # fmt: skip


def _small(
    endpoint: Endpoint,
    served: Served,
    seen: Mapping[str, Seen],
    span: Sequence[str],
    stop: threading.Event,
    number: int,
) -> None:
    """Ask small queries, a tenth of a second apart; an answer belongs to when it was asked for."""
    asked = number * 1_000_000
    while not stop.is_set():
        asked += 1
        now = seen[span[0]]
        before = time.perf_counter()
        if _answer(served, endpoint.path, SMALL.text(asked, TRIPLES), PATIENCE) == "200":
            now.seconds.append(time.perf_counter() - before)
        else:
            now.errors += 1
        stop.wait(0.1)


def _answer(served: Served, path: str, query: str, patience: float) -> str:
    """Return the status of the answer, or what came in its place."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=patience)
    try:
        connection.request("GET", path + quote(query, safe=""), headers={"Accept": JSON})
        answer = connection.getresponse()
        answer.read()
    except TimeoutError:
        return f"no answer in {patience:.0f} s"
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
    return str(answer.status)


def _killer(endpoint: Endpoint, served: Served) -> str:
    """Send the cross product; its client leaves at its limit, and the others go on till then."""
    end = time.monotonic() + LIMIT
    said = _answer(served, endpoint.path, CROSS, LIMIT)
    time.sleep(max(0.0, end - time.monotonic()))
    return said


def _watched(served: Served, most: list[int], stop: threading.Event) -> None:
    while not stop.wait(0.2):
        most[0] = max(most[0], served.memory_bytes())


def _answers(endpoint: Endpoint, served: Served) -> bool:
    """Return whether a small query is answered when all clients have left."""
    return _answer(served, endpoint.path, SMALL.text(1, TRIPLES), PATIENCE) == "200"


def _p50(seen: Seen) -> float:
    return 1e6 * median(seen.seconds) if seen.seconds else 0.0


def table(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return a line for each server of the last run."""
    head = (
        "server", "the cross product got", "small queries before, p50 ms",
        "answered meanwhile", "not answered", "p50 meanwhile to before",
        "answers after its client left", "cores still busy", "memory MB, before", "at most",
    )  # fmt: skip
    return markdown(head, [list(_line(row)) for row in runs[-1]["rows"]])


def _line(row: Mapping[str, Any]) -> Iterator[str]:
    yield row["subject"]
    if row["fault"]:
        yield f"not measured: {row['fault']}"
        yield from [""] * 8
        return
    yield f"status {row['killer']}" if row["killer"].isdigit() else row["killer"]
    yield f"{row['calm_p50_us'] / 1000:.1f}"
    yield str(row["during"])
    yield str(row["errors"])
    yield f"{slower(row):.2f}" if row["during"] else "none was answered"
    yield "yes" if row["answers_after"] else "no"
    yield f"{row['busy_after']:.1f}"
    yield f"{row['memory_before'] / 1e6:,.0f}"
    yield f"{row['memory_most'] / 1e6:,.0f}"


def slower(row: Mapping[str, Any]) -> float:
    """Return how many times longer a small query took while the cross product was there."""
    return row["during_p50_us"] / row["calm_p50_us"] if row["calm_p50_us"] else 0.0


def picture(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return small queries in the ten seconds of the cross product, answered and not."""
    rows = [row for row in runs[-1]["rows"] if not row["fault"]]
    groups = {
        row["subject"]: {"answered": float(row["during"]), "not answered": float(row["errors"])}
        for row in rows
    }
    return bars("Small queries while another client's cross product is there", groups)
