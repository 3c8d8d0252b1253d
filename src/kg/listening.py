"""The socket that a server listens on and the signals that end it (storey 5)."""

import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import ProjectError


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket that has the address, so that a port in use is known at once.

    Who comes is refused until there are answers: a proxy asks another server meanwhile.
    Raises: ProjectError when the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        # a port that is too large, a name that is none
        except (OSError, OverflowError, TypeError) as error:
            raise _not_to_be_had(host, port, error) from error
        yield listener


def listen(listener: socket.socket) -> None:
    """Let the socket hear who comes.

    Raises: ProjectError where another program, which began at the same time, was faster.
    """
    try:
        listener.listen()
    except OSError as error:
        host, port, *_ = listener.getsockname()
        raise _not_to_be_had(host, port, error) from error


def _not_to_be_had(host: str, port: int, error: Exception) -> ProjectError:
    reason = getattr(error, "strerror", None) or error
    hint = " Try --port 0." if getattr(error, "errno", 0) == errno.EADDRINUSE else ""
    return ProjectError(f"cannot listen on {host}:{port}: {reason}.{hint}")


def end_on_signals() -> None:
    """Have what is told to stop end as one that leaves its blocks, so that nothing is left."""
    # uvicorn raises the signal again when it has stopped: then there is still much to remove
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
