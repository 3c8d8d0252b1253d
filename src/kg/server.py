"""A folder served until the process is told to stop (storey 5)."""

import signal
import socket
import sys
import threading
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from kg.builds.cache import builds_in
from kg.cli.building import Order
from kg.listening import end_on_signals
from kg.reloading import first, follow, watching
from kg.store.copies import temporary


def run_server(order: Order, listener: socket.socket, *, reload: bool) -> None:
    """Serve what was ordered until the process is told to stop; what runs has some seconds then.

    With `reload` a change of the files is served as soon as it is built. SIGHUP has them looked
    at in any case.
    Raises: ProjectError where there is no data; SystemExit where it cannot be served.
    """
    end_on_signals()
    with builds_in(order.builds) as builds, temporary() as room:
        order = replace(order, builds=builds)
        changed = threading.Event()
        if reload:
            # begun before the files are read, so that no change is missed
            watching(order, changed)
        # to import all that answers takes as long as to look through the files
        threading.Thread(target=import_module, args=("kg.serving",), daemon=True).start()
        hold, build = first(order)
        from kg.serving import Serving

        serving = Serving(order.project, listener, Path(room), hold, build)
        threading.Thread(
            target=follow, args=(order, hold.again(), changed, serving.tell), daemon=True
        ).start()
        # a terminal that was closed says so with the same signal
        if not (sys.stdin and sys.stdin.isatty()):
            signal.signal(signal.SIGHUP, lambda *_: changed.set())
        serving.run()
