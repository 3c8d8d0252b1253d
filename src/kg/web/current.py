"""The site that is served now (storey 4): another may take its place while requests run.

A request ends with the site that it began with, so that no answer is made from two snapshots.
All of it runs in one event loop.
"""

import asyncio
import gc
from collections.abc import Callable

from fastapi.dependencies import models
from starlette.types import Receive, Scope, Send

from kg.web.exchange import Exchange
from kg.web.memo import Key, Recent


class Edition:
    """One site, and what gives back its processes and files when nobody asks it any more."""

    def __init__(self, app: Exchange, close: Callable[[], None]) -> None:
        self.app = app
        self.running = 0
        self._close: Callable[[], None] | None = close

    def close(self) -> None:
        """Give them back, once."""
        close, self._close = self._close, None
        if close:
            close()


class Current:
    """The application that is the edition of now; `from_bytes` is as in the settings."""

    def __init__(self, edition: Edition, *, from_bytes: bool = False) -> None:
        self._editions = [edition]
        self._now = edition
        self._from_bytes = from_bytes
        self.recent = Recent() if from_bytes else None

    def put(self, edition: Edition) -> None:
        """Answer with that edition from now on; the one before ends with its last request."""
        before, self._now = self._now, edition
        self._editions.append(edition)
        self.recent = Recent() if self._from_bytes else None
        if not before.running:
            self._retire(before)

    def at_once(self, scope: Scope) -> tuple[bytes, bytes] | None:
        """Return a remembered answer; see `Exchange.at_once`."""
        return self._now.app.at_once(scope)

    def remembered(self, key: Key, held: str, languages: str) -> tuple[bytes, bytes] | None:
        """Return a remembered answer; see `Exchange.remembered`."""
        return self._now.app.remembered(key, held, languages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with the edition of now, whatever comes meanwhile."""
        edition = self._now
        edition.running += 1
        try:
            await edition.app(scope, receive, send)
        finally:
            edition.running -= 1
            if edition is not self._now and not edition.running:
                self._retire(edition)

    def _retire(self, edition: Edition) -> None:
        self._editions.remove(edition)
        # to end processes and to free memory takes a while
        loop = asyncio.get_running_loop()
        ended = loop.run_in_executor(None, edition.close)
        # only when that is over, nothing here refers to the edition any more
        ended.add_done_callback(lambda _: loop.run_in_executor(None, forget))

    def close(self) -> None:
        """End all editions, whoever still waits for an answer."""
        for edition in tuple(self._editions):
            edition.close()


def forget() -> None:
    """Free what editions held that nobody asks any more."""
    # FastAPI keeps what it found of endpoints, and with them what they answer from
    for value in vars(models).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()
    # applications refer to themselves in many places, so that they do not go by themselves
    gc.collect()
