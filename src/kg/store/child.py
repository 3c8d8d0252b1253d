"""The life of a worker process (storey 3): started by `kg.store.worker`, imported by nobody."""

import gc
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import KgError, StoreUnavailable
from kg.rdf.formats import FORMATS, RESULT_FORMATS
from kg.store.base import SparqlRequest
from kg.store.embedded import open_on_disk
from kg.store.large import IN_FILE, large_answer
from kg.store.pipe import READY
from kg.store.seclusion import NICENESS, deepen_stack, deny_network, limit_memory
from kg.store.sparq import open_engines

BY_IRI = MappingProxyType({format_.iri: format_ for format_ in (*FORMATS, *RESULT_FORMATS)})

# seconds past the deadline after which a worker ends by itself
GRACE = 2.0

# seconds in which a worker is ready, or ends
STARTING = 300.0

# bytes of an answer that goes through a file instead of the pipe
LONG = 100_000


def serve(pipe: "Connection[Any, Any]") -> None:
    """Answer the parent's queries, one after the other, until it closes the pipe."""
    path, prefixes, base, memory, engine, answers = pipe.recv()
    deny_network()
    deepen_stack()
    limit_memory(memory)
    os.nice(NICENESS)
    # a long answer is many small objects without cycles, which it would go through each time
    gc.disable()
    signal.setitimer(signal.ITIMER_REAL, STARTING)
    try:
        store = open_engines(open_on_disk(Path(path), prefixes, base), Path(path), engine)
    except OSError as error:
        sys.exit(f"The store at {path} cannot be read: {error}")
    signal.setitimer(signal.ITIMER_REAL, 0)
    pipe.send(READY)
    while True:
        query, iri, *limits = pipe.recv()
        request = SparqlRequest(query, BY_IRI[iri], *limits)
        # a parent that was killed cannot kill: then the alarm ends this process
        signal.setitimer(signal.ITIMER_REAL, request.seconds + GRACE)
        try:
            # the parent has refused what is not to be evaluated
            answer: bytes | str | KgError = _sent(store.evaluated(request).whole, answers)
        except KgError as error:
            answer = error
        signal.setitimer(signal.ITIMER_REAL, 0)
        pipe.send(answer)


def _sent(body: bytes, answers: str) -> bytes | str:
    """Return what goes through the pipe for an answer.

    Raises: StoreUnavailable where there is no room on disk for a large one.
    """
    if len(body) <= LONG:
        return body
    try:
        large_answer(answers, os.getpid()).write_bytes(body)
    except OSError as error:
        raise StoreUnavailable(f"The answer cannot be written to disk: {error}") from error
    return IN_FILE


if __name__ == "__main__":
    with suppress(EOFError, OSError):
        serve(Connection(int(sys.argv[1])))
    # nothing is left to write: leave without running the engine's destructors
    os._exit(0)
