"""Queries in child processes that can be killed (storey 3).

The engine has no deadline and no cancel, and a query of a few kilobytes can end the process it
runs in. So each query runs in a child over a read-only copy of the snapshot on disk; at the
deadline the child is killed and another takes its place.
"""

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic
from typing import Any

from kg.errors import KgError, QueryAbandoned, QueryTimeout, StoreUnavailable
from kg.store.base import Answer, Aside, SparqlRequest, Steps, Until, answer_of
from kg.store.copies import Copy
from kg.store.embedded import refuse
from kg.store.large import IN_FILE, large_answer, taken
from kg.store.pipe import Pipe

# seconds between two looks at whether the client is still there
TICK = 0.05

# characters of a query that a pipe takes at once, also where nobody reads it yet
SHORT = 10_000


@dataclass(frozen=True, slots=True)
class Worker:
    """A child process, the pipe to it, and the file for its large answers.

    It answers one query at a time.
    """

    process: subprocess.Popen[bytes]
    pipe: Pipe
    large: Path

    def kill(self) -> None:
        """End the process now and free what it held.

        The pipe is closed with its last reference: somebody may be waiting for it.
        """
        self.process.kill()
        self.process.wait()
        self.large.unlink(missing_ok=True)


class WorkerStore:
    """A fixed number of workers over one snapshot on disk, each started when it is needed.

    `directory` is for their large answers, and for a copy that nobody else reads: it is removed
    when the store is closed.
    """

    def __init__(
        self, copy: Copy, workers: int, memory: int, directory: TemporaryDirectory[str]
    ) -> None:
        self._directory = directory
        answers = directory.name
        self._hello = (str(copy.path), copy.prefixes, copy.base, memory, copy.engine, answers)
        self._lock = Lock()
        self._closed = False
        self._alive: set[Worker] = set()
        # a place is free for a query; it holds the worker that is waiting there, if any. The last
        # is taken first, so that no query starts a worker while another waits
        self._places: deque[Worker | None] = deque()
        # as many again may run while others take long; they are started when that happens
        for worker in [*([None] * workers), *(self._start() for _ in range(workers))]:
            self._places.append(worker)

    def answer(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query; see `Store.answer`.

        Waits for a free worker as long as the query itself may take.
        """
        answer = answer_of(self.steps(request))
        return Answer(answer.whole, answer.media_type)

    def steps(self, request: SparqlRequest) -> Steps:
        """Yield what is waited for on the way to the answer; see `answer`."""
        refuse(request.query)
        worker = yield from self._place(request)
        try:
            if worker is None or worker.process.poll() is not None:
                yield Aside()
                self._end(worker)
                worker = None
                worker = self._start()
            return (yield from _asked(worker, request))
        except (QueryTimeout, QueryAbandoned, StoreUnavailable, GeneratorExit) as error:
            gone, worker = worker, None
            try:
                # whoever held much memory takes a while to die, and the event loop has none
                if not isinstance(error, GeneratorExit):
                    yield Aside()
            finally:
                self._end(gone)
            raise
        finally:
            self._places.append(worker) if worker else self._places.appendleft(worker)

    def _place(self, request: SparqlRequest) -> Generator[Until, None, Worker | None]:
        for _ in ticks(request.seconds):
            with suppress(IndexError):
                return self._places.pop()
            if request.gone():
                raise QueryAbandoned("The client has left.")
            yield Until(TICK)
        raise StoreUnavailable("Every worker is busy. Try again in a moment.")

    def close(self) -> None:
        """End all workers, busy or not, and remove what was written for this store alone."""
        with self._lock:
            self._closed = True
            alive = tuple(self._alive)
        for worker in alive:
            self._end(worker)
        self._directory.cleanup()

    def _start(self) -> Worker:
        """Return a new worker.

        Raises: StoreUnavailable when the store is closed or the machine has no process to give.
        """
        with self._lock:
            if self._closed:
                raise StoreUnavailable("The server is being stopped.")
            try:
                worker = _spawned(self._directory.name)
                worker.pipe.send(self._hello)
            except OSError as error:
                raise StoreUnavailable(f"No process can be started: {error}") from error
            self._alive.add(worker)
            return worker

    def _end(self, worker: Worker | None) -> None:
        if worker is not None:
            worker.kill()
            with self._lock:
                self._alive.discard(worker)


def _spawned(answers: str) -> Worker:
    ours, theirs = connection.Pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module, no user input
            [sys.executable, "-m", "kg.store.child", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return Worker(process, Pipe(ours), large_answer(answers, process.pid))


def ticks(seconds: float) -> Iterator[None]:
    """Yield again and again until that much time has passed, at least once."""
    end = monotonic() + seconds
    yield
    while monotonic() < end:
        yield


def _asked(worker: Worker, request: SparqlRequest) -> Steps:
    fields = (request.query, request.format.iri, request.seconds, request.bytes)
    try:
        if len(request.query) > SHORT:
            yield Aside()
        worker.pipe.send((*fields, request.default_graphs, request.named_graphs, request.rows))
        answer = yield from _heard(worker, request)
        if answer == IN_FILE:
            answer = taken(worker.large)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise StoreUnavailable(
            "The query ended the process that evaluated it. Queries that are nested thousands "
            "deep or need much memory do that: ask for less at a time."
        ) from error
    if isinstance(answer, KgError):
        raise answer
    return Answer(answer, request.format.media_type)


def _heard(worker: Worker, request: SparqlRequest) -> Generator[Until, None, Any]:
    """Yield until the worker has said something, and return it.

    Raises: QueryTimeout at the deadline, QueryAbandoned as soon as the client has left.
    """
    for _ in ticks(request.seconds):
        yield Until(min(TICK, request.seconds), worker.pipe.file)
        if (answer := worker.pipe.received()) is not None:
            return answer
        if request.gone():
            raise QueryAbandoned("The client has left.")
    raise QueryTimeout(request.seconds)
