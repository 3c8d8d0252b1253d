"""Queries in child processes that can be killed (storey 3).

The engine has no deadline and no cancel, and a query of a few kilobytes can end the process it
runs in. So each query runs in a child over a read-only copy of the snapshot on disk; at the
deadline the child is killed and another takes its place.
"""

import pickle
import queue
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from threading import Event
from typing import Any

from kg.dataset.snapshot import Snapshot
from kg.errors import KgError, QueryTimeout, StoreUnavailable
from kg.store.base import Answer, SparqlRequest
from kg.store.embedded import refuse, write_to_disk


@dataclass(frozen=True, slots=True)
class Worker:
    """A child process and the pipe to it; it answers one query at a time."""

    process: subprocess.Popen[bytes]
    pipe: "Connection[Any, Any]"

    def kill(self) -> None:
        """End the process now and free what it held."""
        self.process.kill()
        self.process.wait()
        self.pipe.close()


class WorkerStore:
    """A fixed number of workers over one snapshot on disk."""

    def __init__(self, snapshot: Snapshot, workers: int) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="kg-")
        self._path = Path(self._directory.name) / "store"
        write_to_disk(snapshot, self._path)
        self._hello = (str(self._path), dict(snapshot.prefixes.pairs), snapshot.base)
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._closed = Event()
        for _ in range(workers):
            self._idle.put(self._start())

    def answer(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query; see `Store.answer`.

        Waiting for a free worker counts for as long as the query itself may take.
        """
        refuse(request.query)
        try:
            worker = self._idle.get(timeout=request.seconds)
        except queue.Empty:
            raise StoreUnavailable("Every worker is busy. Try again in a moment.") from None
        try:
            return _ask(worker, request)
        except (QueryTimeout, StoreUnavailable):
            worker.kill()
            raise
        finally:
            self._put_back(worker)

    def close(self) -> None:
        """End all workers and remove the copy of the snapshot."""
        self._closed.set()
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().kill()
        self._directory.cleanup()

    def _put_back(self, worker: Worker) -> None:
        """Make a place free again, with a new worker where the old one is dead."""
        if self._closed.is_set():
            worker.kill()
        else:
            self._idle.put(worker if worker.process.poll() is None else self._start())

    def _start(self) -> Worker:
        ours, theirs = Pipe()
        process = subprocess.Popen(  # noqa: S603 - our own module, no user input
            [sys.executable, "-m", "kg.store.child", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        ours.send(self._hello)
        return Worker(process, ours)


def open_workers(snapshot: Snapshot, workers: int) -> WorkerStore:
    """Return a store whose queries run in that many child processes."""
    return WorkerStore(snapshot, workers)


def _ask(worker: Worker, request: SparqlRequest) -> Answer:
    fields = (request.query, request.format.iri, request.seconds, request.bytes)
    try:
        worker.pipe.send((*fields, request.default_graphs, request.named_graphs))
        if not worker.pipe.poll(request.seconds):
            raise QueryTimeout(request.seconds)
        answer = worker.pipe.recv()
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise StoreUnavailable(
            "The query ended the process that evaluated it; a new one is ready. "
            "Queries nested thousands deep do that: write a simpler one."
        ) from error
    if isinstance(answer, KgError):
        raise answer
    return Answer(answer, request.format.media_type)
