"""One HTTP connection that stays open and adds as little as it can to what it measures."""

import socket
import time

# how a body in pieces ends
# Source: https://www.rfc-editor.org/rfc/rfc9112#name-chunked-transfer-coding
LAST_PIECE = b"\r\n0\r\n\r\n"


class Client:
    """A connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str, accept: str) -> tuple[float, int]:
        """Return the seconds that the answer took, and the size of its body.

        The size of a body in pieces is that of the pieces with what is between them.
        Raises: RuntimeError when it is not 200.
        """
        request = f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept: {accept}\r\n\r\n".encode()
        begun = time.perf_counter()
        self._socket.sendall(request)
        head, _, body = self._head().partition(b"\r\n\r\n")
        size = self._rest(head.lower(), body)
        taken = time.perf_counter() - begun
        if not head.startswith(b"HTTP/1.1 200 "):
            status = head.splitlines()[0].decode("latin-1")
            raise RuntimeError(f"{status}: {path}")
        return taken, size

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _head(self) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        return data

    def _rest(self, head: bytes, begin: bytes) -> int:
        """Return the size of the body that begins so, when all of it has arrived."""
        _, known, rest = head.partition(b"\r\ncontent-length:")
        size, end = len(begin), begin[-len(LAST_PIECE) :]
        if known:
            expected = int(rest.partition(b"\r\n")[0])
            while size < expected:
                size += len(self._more())
            return expected
        # the first piece may be the last: then nothing is before it
        while not (b"\r\n" + end).endswith(LAST_PIECE):
            more = self._more()
            size += len(more)
            end = (end + more)[-len(LAST_PIECE) :]
        return size

    def _more(self) -> bytes:
        data = self._socket.recv(1 << 18)
        if not data:
            raise RuntimeError("the server closed the connection")
        return data
