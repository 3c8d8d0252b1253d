"""The web process's end of the pipe to a worker (storey 3).

The worker reads and writes with multiprocessing's own Connection. Here a message is sent and read
with as few calls of the system as can be, because they are most of what a small query costs.
"""

import os
import pickle
import struct
from select import POLLOUT, poll
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# how a Connection announces a message: its length
# Source: https://github.com/python/cpython/blob/3.11/Lib/multiprocessing/connection.py
LENGTH = struct.Struct("!i")

# bytes that are read at once
PIECE = 1 << 17

# what a worker says before it is asked
READY = "ready"


class Pipe:
    """One end of a pipe for messages of less than 2 GB; no call but a long `send` waits."""

    def __init__(self, connection: "Connection[Any, Any]") -> None:
        self._connection = connection
        self._read = bytearray()
        self.file = connection.fileno()
        os.set_blocking(self.file, False)

    def send(self, message: object) -> None:
        """Send a message, as fast as the other end reads it.

        Raises: OSError when the other end is closed.
        """
        data = pickle.dumps(message)
        rest = memoryview(LENGTH.pack(len(data)) + data)
        while rest:
            try:
                rest = rest[os.write(self.file, rest) :]
            except BlockingIOError:
                room = poll()
                room.register(self.file, POLLOUT)
                room.poll()

    def received(self) -> Any:
        """Return the next message, or None where it has not come whole yet.

        Raises: EOFError when the other end is closed.
        """
        try:
            piece = os.read(self.file, PIECE)
        except BlockingIOError:
            return None
        if not piece:
            raise EOFError
        self._read += piece
        begin = LENGTH.size
        if len(self._read) < begin or len(self._read) < begin + LENGTH.unpack_from(self._read)[0]:
            return None
        message, self._read = pickle.loads(self._read[begin:]), bytearray()  # noqa: S301 - ours
        return message
