"""Queries in child processes that can be killed (storey 3).

The engine has no deadline and no cancel, and a query of a few kilobytes can end the process it
runs in. So each query runs in a child over a read-only copy of the snapshot on disk; at the
deadline the child is killed and another takes its place.
"""

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator
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
from kg.store.pipe import READY, Pipe

# seconds between two looks at whether the client is still there
TICK = 0.05

# seconds between two looks at whether a worker is free
SOON = 0.01

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
    """Workers over one snapshot on disk, each asked when it is ready and as soon as it is free.

    `directory` is for their large answers, and for a copy that nobody else reads: it is removed
    when the store is closed.
    """

    def __init__(
        self, copy: Copy, workers: int, memory: int, directory: TemporaryDirectory[str]
    ) -> None:
        self._directory = directory
        settings = (copy.prefixes, copy.base, memory, copy.engine)
        self._hello = (str(copy.path), *settings, directory.name)
        self._lock = Lock()
        self._closed = False
        # as many again run while others take long; they are started when that happens
        self._most = 2 * workers
        self._alive: set[Worker] = set()
        # those that do not read their copy any more, but have not been asked for
        self._coming: set[Worker] = set()
        self._idle: deque[Worker] = deque()
        try:
            for _ in range(workers):
                self._start()
        except StoreUnavailable:
            self.close()
            raise

    def answer(self, request: SparqlRequest) -> Answer:
        """Return the answer to a query; see `Store.answer`.

        Waits for a free worker as long as the query itself may take, or one is on its way.
        """
        answer = answer_of(self.steps(request))
        return Answer(answer.whole, answer.media_type)

    def steps(self, request: SparqlRequest) -> Steps:
        """Yield what is waited for on the way to the answer; see `answer`."""
        refuse(request.query)
        worker = yield from self._free(request)
        try:
            said = yield from _asked(worker, request, self._prepare)
        except BaseException as error:
            try:
                # whoever held much memory takes a while to die, and the event loop has none
                if not isinstance(error, GeneratorExit):
                    yield Aside()
            finally:
                self._replace(worker)
            raise
        self._idle.append(worker)
        if isinstance(said, KgError):
            raise said
        return Answer(said, request.format.media_type)

    def _free(self, request: SparqlRequest) -> Generator[Until, None, Worker]:
        """Yield until a worker is free, and return it; start one where none is on its way."""
        lost, end = 0, monotonic() + request.seconds
        while monotonic() < end or self._coming:
            lost += self._welcome()
            if lost > 1:
                raise StoreUnavailable("Workers end before they are ready; the log says why.")
            with suppress(IndexError):
                worker = self._idle.pop()
                if worker.process.poll() is None:
                    return worker
                self._end(worker)
            if not self._coming and len(self._alive) < self._most:
                self._start()
            if request.gone():
                raise QueryAbandoned("The client has left.")
            # held here, so that its pipe stays open
            coming = next(iter(tuple(self._coming)), None)
            yield Until(SOON, coming.pipe.file if coming else None)
        raise StoreUnavailable("Every worker is busy. Try again in a moment.")

    def _welcome(self) -> int:
        """Let queries have the workers that are ready, and return how many ended instead."""
        lost = []
        with self._lock:
            for worker in tuple(self._coming):
                try:
                    if worker.pipe.received() != READY:
                        continue
                    self._idle.append(worker)
                except (EOFError, OSError):
                    lost.append(worker)
                self._coming.discard(worker)
        for worker in lost:
            self._end(worker)
        return len(lost)

    def close(self) -> None:
        """End all workers, busy or not, and remove what was written for this store alone."""
        with self._lock:
            self._closed = True
            alive = tuple(self._alive)
        for worker in alive:
            self._end(worker)
        self._directory.cleanup()

    def _start(self) -> None:
        """Start a worker; it is there for queries when it has read its copy.

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
            self._coming.add(worker)

    def _end(self, worker: Worker) -> None:
        worker.kill()
        with self._lock:
            self._alive.discard(worker)

    def _replace(self, worker: Worker) -> None:
        """End a worker, and begin the next before anybody asks for it."""
        self._end(worker)
        self._prepare()

    def _prepare(self) -> None:
        """Start a worker if none is free or on its way, and there may be one more."""
        if not (self._idle or self._coming) and len(self._alive) < self._most:
            # there may be room for it when it is asked for
            with suppress(StoreUnavailable):
                self._start()


def _spawned(answers: str) -> Worker:
    ours, theirs = connection.Pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module, no user input
            [sys.executable, "-m", "kg.store.child", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            process_group=0,
        )
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return Worker(process, Pipe(ours), large_answer(answers, process.pid))


def _asked(
    worker: Worker, request: SparqlRequest, prepare: Callable[[], None]
) -> Generator[Until | Aside, None, Any]:
    """Yield until the worker has answered, and return the body, or the error that it found.

    Whenever that takes a while, `prepare` is called.

    Raises: QueryTimeout, QueryAbandoned, StoreUnavailable where it can be asked no more.
    """
    fields = (request.query, request.format.iri, request.seconds, request.bytes)
    try:
        if len(request.query) > SHORT:
            yield Aside()
        worker.pipe.send((*fields, request.default_graphs, request.named_graphs, request.rows))
        said = yield from _heard(worker, request, prepare)
        return taken(worker.large) if said == IN_FILE else said
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise StoreUnavailable(
            "The query ended the process that evaluated it. Queries that need much memory, or are "
            "nested a hundred thousand deep, do that: ask for less at a time."
        ) from error


def _heard(
    worker: Worker, request: SparqlRequest, prepare: Callable[[], None]
) -> Generator[Until, None, Any]:
    """Yield until the worker has said something, and return it.

    Raises: QueryTimeout at the deadline, QueryAbandoned as soon as the client has left.
    """
    end = monotonic() + request.seconds
    while True:
        yield Until(min(TICK, request.seconds), worker.pipe.file)
        if (answer := worker.pipe.received()) is not None:
            return answer
        if request.gone():
            raise QueryAbandoned("The client has left.")
        if monotonic() > end:
            raise QueryTimeout(request.seconds)
        prepare()
