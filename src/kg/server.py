"""The process that serves (storey 5): its socket, its signals, its end."""

import errno
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from types import FrameType, MappingProxyType
from typing import Any, cast

import uvicorn

from kg.dataset.catalogue import with_description
from kg.dataset.dumps import write_dumps
from kg.dataset.snapshot import Snapshot
from kg.dataset.tables import Tables, to_be_shown
from kg.errors import ProjectError
from kg.processes import serve_in
from kg.project import Project
from kg.protocol import Protocol, protocol
from kg.publication import Publication
from kg.store.opening import Opener, opener
from kg.store.remote import RemoteStore
from kg.store.tabling import tables_of
from kg.terminal import announce, announce_engine, doing, warn
from kg.versions.archive import Archive
from kg.web.app import create_app
from kg.web.counts import Counts
from kg.web.forwarded import Proxies
from kg.web.journal import Journal, log_to_standard_error
from kg.web.observed import Observed, Watch

# seconds that running queries have when the server is told to stop, and all else
PATIENCE, LONGER = 3.0, 4

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


def run_server(
    project: Project, snapshot: Snapshot, listener: socket.socket, archive: Archive
) -> None:
    """Serve the snapshot until the process is told to stop; running queries get three seconds.

    Its dumps are written to a folder that goes with the server, and described beside the data;
    published versions are beside it.
    """
    _end_on_signals()
    with TemporaryDirectory(prefix="kg-dumps-", ignore_cleanup_errors=True) as folder:
        with doing("writing the dumps"):
            dumps = write_dumps(snapshot, Path(folder))
            described = with_description(snapshot, dumps)
        opened = opener(project.store, described)
        counts = Counts()
        tables = _tables(project, described, opened)

        def serve(number: int) -> None:
            _end_on_signals()
            store = opened()
            try:
                if isinstance(store, RemoteStore) and not number:
                    announce_engine(store.look(described.triples))
                publication = Publication(project, described, store, dumps, tables, archive)
                counts.belong_to(number)
                _serve(publication, listener, counts, first=not number)
            finally:
                store.close()

        if project.site.processes > 1:
            serve_in(project.site.processes, serve)
        else:
            serve(0)


def _tables(project: Project, snapshot: Snapshot, opened: Opener) -> Tables:
    """Return the rows that pages show, and say which queries are left out."""
    if not to_be_shown(snapshot):
        return Tables()
    store = opened.for_tables()
    try:
        with doing("asking what pages show"):
            tables = tables_of(snapshot, store, project.limits)
    finally:
        store.close()
    for failure in tables.failures:
        warn(failure)
    return tables


def _end_on_signals() -> None:
    # uvicorn raises the signal again when it has stopped: then there is still much to remove
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))


def _serve(
    publication: Publication, listener: socket.socket, counts: Counts, *, first: bool
) -> None:
    """Answer requests until the process is told to stop; the first process says where."""
    project, snapshot, store = publication.project, publication.snapshot, publication.store

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Start, and say so when requests are answered and signals are heard."""
            await super().startup(sockets)
            if first:
                announce(snapshot, project.site.classes, listener.getsockname())

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            """Stop, and end queries that do not: a thread that waits for one would wait on."""
            timer = Timer(PATIENCE, store.close)
            timer.daemon = True
            timer.start()
            super().handle_exit(sig, frame)

    site, journal = project.site, Journal(project.log)
    web = create_app(publication, counts=counts)
    watch = Watch(Proxies(site.proxies), counts, journal)
    # uvicorn calls it with what it calls its own classes with
    listen = cast("type[Protocol]", protocol(web, watch, from_bytes=site.from_bytes))
    log_to_standard_error(project.log)
    config = uvicorn.Config(Observed(web, watch), http=listen, **OURS)
    with journal.written():
        Server(config).run(sockets=[listener])
