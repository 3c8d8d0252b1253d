"""How bytes become requests (storey 5): uvicorn's protocol, with a limit and a shorter way.

A request line and headers over the limit are refused while they arrive, so that no client fills
the memory with them. A request whose answer is remembered is answered before it is a task, and
where the settings want it from bytes, before there is a scope.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.web.answers import RawHeaders, header_lines
from kg.web.exchange import AT_ONCE, Exchange
from kg.web.memo import Key, Recent
from kg.web.refusals import HEAD_BYTES, refusal

GET = re.compile(rb"GET (/[^ ?]*)(?:\?([^ ]*))? HTTP/1\.1\r\n")
HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n]*?)[ \t]*\r\n")

# headers that change nothing about an answer from bytes; one that is in neither sends the
# request the long way
READ = frozenset({b"host", b"accept", b"accept-encoding", b"if-none-match", b"accept-language"})
PASSED_OVER = frozenset(
    {b"user-agent", b"referer", b"cache-control", b"pragma", b"dnt", b"origin"}
    | {b"upgrade-insecure-requests", b"priority"}
)


class Protocol(HttpToolsProtocol):
    """One connection; `site` is asked for remembered answers before a request becomes a task.

    `recent` holds whole answers by the bytes that ask for them, None where headers are parsed.
    """

    def __init__(
        self, *args: Any, site: Exchange, recent: Recent | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._site = site
        self._recent = recent
        self._used = False
        self._date_of: object = None
        self._date = b""
        self._head = 0
        self._piece = 0
        self._in_head = False
        self._too_large = False

    def data_received(self, data: bytes) -> None:
        """Take bytes from the client."""
        if self._recent is not None and self._idle():
            recent, headers = self._recent, self.server_state.default_headers
            if recent.headers is not headers:
                recent.begin(headers)
            answer = recent.answers.get(data)
            if answer is None:
                answer = self._remembered(data)
                if answer is not None:
                    recent.keep(data, answer)
            if answer is not None:
                self.transport.write(answer)
                self._stay()
                return
        self._piece = len(data)
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > HEAD_BYTES and not self.transport.is_closing():
                self._too_large = True
                self.send_400_response("")

    def on_message_begin(self) -> None:
        """Begin to count."""
        super().on_message_begin()
        self._head = 0
        self._in_head = True

    def on_headers_complete(self) -> None:
        """Refuse what arrived at once and is too large all the same."""
        self._in_head = False
        if self._head + self._piece > HEAD_BYTES and self._size() > HEAD_BYTES:
            self._too_large = True
            # uvicorn turns whatever is raised here into `send_400_response`
            raise ValueError(HEAD_BYTES)
        super().on_headers_complete()

    def _size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - it names no reason
        """Refuse as everything here refuses: with problem details, and in no detail."""
        large, bad = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, HTTPStatus.BAD_REQUEST
        self.transport.write(refusal(large if self._too_large else bad))
        self.transport.close()

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        # where others wait, each would be answered inside the one before
        simple = cycle.keep_alive and not self.pipeline and not self.flow.write_paused
        sent = self._site.at_once(cycle.scope) if simple else None
        if sent is None:
            cycle.scope[AT_ONCE] = self._at_once
            super()._start_asgi_task(cycle, app)
            return
        self.transport.write(self._dated(*sent))
        cycle.response_started = cycle.response_complete = True
        cycle.on_response()

    def _at_once(self, scope: Any, status: int, headers: RawHeaders, body: bytes) -> bool:
        """Send a whole response with one call of the system, unless only uvicorn knows how."""
        cycle, lines = self.cycle, header_lines(headers)
        names = {name for name, _ in headers}
        plain = (
            # others wait behind it, or it is gone
            cycle.scope is scope
            and cycle.keep_alive
            and not (cycle.disconnected or cycle.response_started or self.flow.write_paused)
            # a value may not begin another header
            and lines.count(b"\n") == lines.count(b"\r") == len(headers)
            and b"connection" not in names
            and b"content-length" in names
        )
        if plain:
            self.transport.write(self._dated(STATUS_LINE[status] + lines, body))
            cycle.response_started = cycle.response_complete = True
            cycle.waiting_for_100_continue = False
            cycle.message_event.set()
            cycle.on_response()
        return plain

    def _idle(self) -> bool:
        """Whether the next bytes begin a request, and the client reads what it is sent."""
        cycle = self.cycle
        return (
            (cycle is None or cycle.response_complete)
            and not self._in_head
            and not self.flow.write_paused
        )

    def on_response_complete(self) -> None:
        """Go on with what waits, or wait."""
        if self.pipeline or self.transport.is_closing():
            super().on_response_complete()
            return
        self.flow.resume_reading()
        self._stay()

    def _unset_keepalive_if_required(self) -> None:
        """Let the timer run: it looks at the connection when it ends."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection, and its timer."""
        super().connection_lost(exc)
        if self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
            self.timeout_keep_alive_task = None

    def _stay(self) -> None:
        """Wait for another request; a timer that runs already is not set anew."""
        self.server_state.total_requests += 1
        self._used = True
        if self.timeout_keep_alive_task is None:
            self._wait()

    def _wait(self) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that was idle all the time."""
        busy = self.cycle is not None and not self.cycle.response_complete
        if self._used or busy or self._in_head:
            self._used = False
            self._wait()
            return
        super().timeout_keep_alive_handler()

    def _remembered(self, data: bytes) -> bytes | None:
        """Return the answer to a whole, simple request on an idle connection, or None."""
        read = read_simply(data)
        sent = self._site.remembered(*read) if read else None
        return self._dated(*sent) if sent else None

    def _dated(self, head: bytes, body: bytes) -> bytes:
        """Return a whole response: uvicorn makes the header of the date anew each second."""
        headers = self.server_state.default_headers
        if self._date_of is not headers:
            self._date_of = headers
            self._date = header_lines(headers)
        return b"%b%b\r\n%b" % (head, self._date, body)


def read_simply(data: bytes) -> tuple[Key, str, str] | None:
    """Return a GET request's key, If-None-Match and Accept-Language, or None for any other."""
    line = GET.match(data)
    if line is None:
        return None
    found = {
        b"host": b"",
        b"accept": b"",
        b"accept-encoding": b"",
        b"if-none-match": b"",
        b"accept-language": b"",
    }
    place, seen = line.end(), 0
    for header in HEADER.finditer(data, place):
        if header.start() != place:
            return None
        place = header.end()
        name = header[1].lower()
        if name in READ:
            seen += 1
            found[name] = found[name] or header[2]
        elif not (name in PASSED_OVER or name.startswith(b"sec-") or _keeps_alive(name, header[2])):
            return None
    if data[place:] != b"\r\n" or seen != sum(map(bool, found.values())):
        return None
    host, accept, coding, held, languages = (v.decode("latin-1") for v in found.values())
    return (line[1], line[2] or b"", host, accept, coding), held, languages


def _keeps_alive(name: bytes, value: bytes) -> bool:
    return name == b"connection" and value.lower() == b"keep-alive"


def protocol(site: Exchange, *, from_bytes: bool) -> Callable[..., Protocol]:
    """Return what makes a protocol for each connection; `from_bytes` is as in the settings."""
    recent = Recent() if from_bytes else None

    def make(*args: Any, **kwargs: Any) -> Protocol:
        return Protocol(*args, site=site, recent=recent, **kwargs)

    return make
