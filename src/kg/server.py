"""The process that serves (storey 5): its socket, its signals, its end."""

import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from types import FrameType
from typing import cast

import uvicorn

from kg.dataset.snapshot import Snapshot
from kg.errors import ProjectError
from kg.project import Project
from kg.protocol import Protocol, protocol
from kg.publication import Publication
from kg.store.opening import open_store
from kg.terminal import announce
from kg.web.app import create_app
from kg.web.memo import Memo

# seconds that running queries have when the server is told to stop
PATIENCE = 3.0


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket that listens at the address, so that a port in use is known at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            # at once: two sockets may be bound to a port that nobody listens on
            listener.listen()
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            hint = " Try --port 0." if getattr(error, "errno", 0) == errno.EADDRINUSE else ""
            raise ProjectError(f"cannot listen on {host}:{port}: {reason}.{hint}") from error
        yield listener


def run_server(project: Project, snapshot: Snapshot, listener: socket.socket) -> None:
    """Serve the snapshot until the process is told to stop; running queries get three seconds."""
    store = open_store(project.store, snapshot)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Start, and say so when requests are answered and signals are heard."""
            await super().startup(sockets)
            announce(snapshot, project.site.classes, listener.getsockname())

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            """Stop, and end queries that do not: a thread that waits for one would wait on."""
            timer = Timer(PATIENCE, store.close)
            timer.daemon = True
            timer.start()
            super().handle_exit(sig, frame)

    # uvicorn raises the signal again when it has stopped: then the store is still to be closed
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        memo = Memo(project.limits.memo_bytes)
        web = create_app(Publication(project, snapshot, store), memo)
        # uvicorn calls it with what it calls its own classes with
        listen = cast("type[Protocol]", protocol(memo if project.site.from_bytes else None))
        config = uvicorn.Config(web, http=listen, log_level="warning", server_header=False)
        Server(config).run(sockets=[listener])
    finally:
        store.close()
