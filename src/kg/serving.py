"""The processes that serve (storey 5): what each opens, listens with and answers until it ends."""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any, cast

import uvicorn

from kg.announcing import announce
from kg.builds.build import Build, read_build
from kg.builds.cache import Held, held
from kg.errors import KgError, ProjectError
from kg.listening import end_on_signals, listen
from kg.processes import End, Listeners, serve_in
from kg.project import Project
from kg.protocol import Protocol, protocol
from kg.publication import Publication
from kg.store.remote import RemoteStore
from kg.terminal import announce_engine, warn
from kg.web.app import create_app
from kg.web.counts import Counts
from kg.web.current import Current, Edition
from kg.web.forwarded import Proxies
from kg.web.journal import Journal, log_to_standard_error
from kg.web.observed import Observed, Watch

# seconds that running queries have when the server is told to stop, and all else; to end takes
# one or two more
PATIENCE, LONGER = 2.5, 3

# seconds until a build that could not be opened is tried again, at first and at most
AGAIN, SELDOM = 1.0, 300.0

# what uvicorn leaves to us: the log, the client behind a proxy, the header Server; and its patience
OURS: Mapping[str, Any] = MappingProxyType(
    {
        "log_config": None,
        "log_level": "warning",
        "access_log": False,
        "proxy_headers": False,
        "server_header": False,
        "timeout_graceful_shutdown": LONGER,
    }
)


class Serving:
    """The processes that serve, and the build that those begin with that are started next.

    Where and how they do follows from the settings that the project had at the start.
    """

    def __init__(
        self, project: Project, listener: socket.socket, room: Path, hold: Held, build: Build
    ) -> None:
        self._project = project
        self._listener = listener
        self._hold = hold
        self._build: Build | None = build
        self._listeners = Listeners()
        self._counts = Counts()
        self._opened = partial(_edition, room, self._counts)

    def tell(self, hold: Held) -> None:
        """Have all processes serve another build."""
        before, self._hold, self._build = self._hold, hold.again(), None
        self._listeners.tell(hold.folder)
        before.let_go()

    def run(self) -> None:
        """Serve until this process is told to stop."""
        count = self._project.site.processes
        if count > 1:
            serve_in(count, self._serve, self._listeners)
        else:
            self._serve(0)

    def _serve(self, number: int) -> None:
        coming = self._listeners.begin(number)
        if self._project.site.processes > 1:
            end_on_signals()
            # the one that started it is told, and tells
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        build = self._build or read_build(self._hold.folder)
        if build is None:
            raise ProjectError(f"{self._hold.folder}: damaged. Start the server anew.")
        self._counts.belong_to(number)
        edition, publication = self._opened(build, self._hold.again())
        current = Current(edition, from_bytes=self._project.site.from_bytes)
        try:
            if isinstance(publication.store, RemoteStore) and not number:
                announce_engine(publication.store.look(publication.snapshot.triples))
            self._listen(current, publication, coming, first=not number)
        finally:
            current.close()

    def _listen(
        self, current: Current, publication: Publication, coming: End, *, first: bool
    ) -> None:
        """Answer requests until the process is told to stop; the first process says where."""
        listener, classes = self._listener, publication.project.site.classes
        take = partial(_take, coming, current, self._opened)

        class Server(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                """Start, and say so when requests are answered and signals are heard."""
                await super().startup(sockets)
                loop = asyncio.get_running_loop()
                threading.Thread(target=take, args=(loop,), daemon=True).start()
                if first:
                    announce(publication.snapshot, classes, listener.getsockname())

            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                """Stop, and end queries that do not: a thread that waits for one would wait on."""
                timer = threading.Timer(PATIENCE, current.close)
                timer.daemon = True
                timer.start()
                super().handle_exit(sig, frame)

        site, journal = self._project.site, Journal(self._project.log)
        watch = Watch(Proxies(site.proxies), self._counts, journal)
        # uvicorn calls it with what it calls its own classes with
        spoken = cast("type[Protocol]", protocol(current, watch))
        log_to_standard_error(self._project.log)
        config = uvicorn.Config(Observed(current, watch), http=spoken, lifespan="off", **OURS)
        listen(listener)
        with journal.written():
            Server(config).run(sockets=[listener])


def _edition(room: Path, counts: Counts, build: Build, hold: Held) -> tuple[Edition, Publication]:
    publication = build.opened(room)

    def close() -> None:
        publication.store.close()
        hold.let_go()

    return Edition(create_app(publication, counts=counts), close), publication


def _take(
    coming: End,
    current: Current,
    opened: Callable[[Build, Held], tuple[Edition, Publication]],
    loop: asyncio.AbstractEventLoop,
) -> None:
    """Serve each build that is told of, as soon as it is opened; that is tried again and again."""
    folder, pause = Path(), 0.0
    while True:
        try:
            if not pause or coming.poll(pause):
                folder, pause = coming.recv(), 0.0
        except (EOFError, OSError):
            return
        hold = held(folder)
        try:
            build = hold and read_build(hold.folder)
            if not hold or not build:
                raise ProjectError(f"{folder}: damaged.")
            edition, _ = opened(build, hold)
        except (KgError, OSError) as error:
            if hold:
                hold.let_go()
            if not pause:
                warn(f"What has changed is not served yet: {error}")
            # there may be room for it when others have ended
            pause = min(2 * pause, SELDOM) or AGAIN
            continue
        pause = 0.0
        loop.call_soon_threadsafe(current.put, edition)
