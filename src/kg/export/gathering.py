"""Gather what is answered at all addresses of a site, in several processes (storey 5).

A process that works tells after each address that it has gone on. Nobody reads that any more where
the export was killed: it ends then too.
"""

import asyncio
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection

from kg.errors import KgError, StoreUnavailable
from kg.export.addresses import Address
from kg.export.collecting import Collector
from kg.export.replies import Entry, Kind

# called after each address, whichever process it was in
Step = Callable[[], object]


def gathered(
    collector: Collector, wanted: Sequence[Address], processes: int, step: Step
) -> list[Entry]:
    """Return the entries of all addresses, whose files are written.

    Queries are asked in this process, which has the store's.
    Raises: StoreUnavailable when a part of the site failed or a process was ended, OSError when
    the disk refuses.
    """
    own = [one for one in wanted if one.target.startswith("/queries/")]
    rest = [one for one in wanted if not one.target.startswith("/queries/")]
    # dealt out one by one: what is alike, and costs alike, stands side by side
    parts = [rest[number::processes] for number in range(processes)]
    with ThreadPoolExecutor(processes) as threads, _working(collector, parts) as ends:
        others = [threads.submit(_received, end, step) for end in ends]
        entries = _asked(collector, own, step)
        for other in others:
            entries += other.result()
    return entries


@contextmanager
def _working(
    collector: Collector, parts: Sequence[Sequence[Address]]
) -> Iterator[list[Connection]]:
    """Yield the ends at which to hear a process for each part; none outlives the block."""
    context = multiprocessing.get_context("fork")
    ends, running = [], []
    try:
        for part in parts:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(collector, part, ours, theirs))
            process.start()
            # or its end would not be heard
            theirs.close()
            ends.append(ours)
            running.append(process)
        yield ends
    finally:
        for process in running:
            process.kill()
            process.join()


def _work(
    collector: Collector, part: Sequence[Address], theirs: Connection, ours: Connection
) -> None:
    # the export hears of Ctrl+C itself
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    theirs.close()
    try:
        ours.send(_asked(collector, part, lambda: ours.send(None)))
    except BrokenPipeError:
        return
    except (KgError, OSError) as error:
        ours.send(error)


def _received(end: Connection, step: Step) -> list[Entry]:
    """Return what a process has found, when it has; raise what it failed with."""
    try:
        while (told := end.recv()) is None:
            step()
    except EOFError as error:
        raise StoreUnavailable(
            "a process of the export was ended, perhaps for want of memory."
        ) from error
    if isinstance(told, Exception):
        raise told
    return list(told)


def _asked(collector: Collector, part: Sequence[Address], step: Step) -> list[Entry]:
    async def ask() -> Iterator[Entry]:
        kinds: dict[Kind, Kind] = {}
        found = []
        for one in part:
            found += await collector.collect(one)
            step()
        # one value for all that are alike
        return (replace(e, kind=kinds.setdefault(e.kind, e.kind)) for e in found)

    return list(asyncio.run(ask()))
