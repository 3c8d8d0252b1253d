"""A socket with one deadline for all that it reads and writes (storey 0).

The timeout of a socket starts anew with every piece that comes: a peer that sends a byte a second
would never reach it.
"""

import io
import socket
import time
from typing import Any


def time_left(deadline: float) -> float:
    """Return the seconds to a deadline.

    Raises: TimeoutError when there are none.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class Patient:
    """A socket whose every read and write waits until one common deadline and no longer."""

    def __init__(self, inner: socket.socket) -> None:
        self.inner = inner
        self.deadline = 0.0

    def __getattr__(self, name: str) -> Any:
        """Return what the socket itself has by that name."""
        return getattr(self.inner, name)

    def sendall(self, data: bytes) -> None:
        """Send all of it, or raise TimeoutError at the deadline."""
        self.inner.settimeout(time_left(self.deadline))
        self.inner.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 - http.client reads bytes
        """Return what reads from the socket; each read may raise TimeoutError."""
        return io.BufferedReader(_Reads(self, self.inner.makefile("rb", buffering=0)))


class _Reads(io.RawIOBase):
    """The reading half of such a socket."""

    def __init__(self, patient: Patient, raw: socket.SocketIO) -> None:
        super().__init__()
        self._patient = patient
        self._raw = raw

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what is there, or raise TimeoutError at the deadline."""
        self._patient.inner.settimeout(time_left(self._patient.deadline))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Let go of the socket."""
        self._raw.close()
        super().close()
