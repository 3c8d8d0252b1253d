"""Ask our own application, in this process, as a client would over HTTP (storey 5).

Source: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

Message = MutableMapping[str, Any]
App = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the application answered; names of headers are in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Return the value of a header, "" where there is none."""
        return next((value for found, value in self.headers if found == name), "")


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks an application as if it were at that address, such as `https://example.org`."""

    app: App
    address: str

    async def ask(
        self, target: str, accept: str = "", language: str = "", method: str = "GET"
    ) -> Answered:
        """Return the answer to a request for a path with its query, as a client sends them."""
        scope = self._scope(target, {"accept": accept, "accept-language": language}, method)
        started: list[Message] = []
        pieces: list[bytes] = []

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            else:
                pieces.append(message.get("body", b""))

        await self.app(scope, _body(), send)
        headers = tuple(
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in started[0]["headers"]
        )
        return Answered(started[0]["status"], headers, b"".join(pieces))

    def _scope(self, target: str, headers: dict[str, str], method: str) -> dict[str, Any]:
        path, _, query = target.partition("?")
        at = urlsplit(self.address)
        sent = {"host": at.netloc, **{name: value for name, value in headers.items() if value}}
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": at.scheme,
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items()],
            "server": (at.hostname or "", at.port or (443 if at.scheme == "https" else 80)),
            "client": ("127.0.0.1", 0),
        }


def _body() -> Callable[[], Awaitable[Message]]:
    """Return what an application receives: an empty body, then nothing while the client waits."""
    asked = asyncio.Event()

    async def receive() -> Message:
        if asked.is_set():
            await asyncio.Event().wait()
        asked.set()
        return {"type": "http.request", "body": b"", "more_body": False}

    return receive
