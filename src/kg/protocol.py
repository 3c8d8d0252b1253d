"""How bytes become requests (storey 5): uvicorn's protocol, with a limit and a shorter way.

A request line and headers over the limit are refused while they arrive, so that no client fills
the memory with them. A request whose answer is remembered is answered before it is a task, and
where the settings want it from bytes, before there is a scope.
"""

from collections.abc import Callable
from http import HTTPStatus
from time import perf_counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.web.answers import RawHeaders, header_lines
from kg.web.current import Current
from kg.web.exchange import AT_ONCE
from kg.web.memo import Whole
from kg.web.observed import ID_HEADER, SEEN, Seen, Watch
from kg.web.refusals import HEAD_BYTES, HEAD_SECONDS, refusal
from kg.web.simple_request import read_simply


class Protocol(HttpToolsProtocol):
    """One connection; `site` is asked for remembered answers before a request becomes a task.

    `watch` sees every request.
    """

    def __init__(self, *args: Any, site: Current, watch: Watch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._site = site
        self._watch = watch
        self._used = False
        self._date_of: object = None
        self._date = b""
        # bytes of a head, or of what stands behind a body's last piece
        self._head = 0
        self._piece = 0
        self._in_head = False
        self._went_on = False
        self._too_large = False
        self._heads_waited = 0

    def connection_made(self, transport: Any) -> None:
        """Begin, and wait for a first request as long as for any other."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes from the client."""
        recent = self._site.recent
        if recent is not None and self._idle():
            headers = self.server_state.default_headers
            if recent.headers is not headers:
                recent.begin(headers)
            began = perf_counter()
            answer = recent.answers.get(data)
            if answer is None:
                answer = self._remembered(data)
                if answer is not None:
                    recent.keep(data, answer)
            if answer is not None:
                self.transport.write(answer.bytes)
                self._watch.saw(answer.path, answer.status, answer.size, self._peer(), began)
                self._stay()
                return
        self._piece = len(data)
        self._went_on = False
        super().data_received(data)
        if self._in_head or not self._went_on:
            self._head += len(data)
            if self._head > HEAD_BYTES and not self.transport.is_closing():
                self._too_large = True
                # behind a body, the answer may be on its way
                self.send_400_response("") if self._in_head else self.transport.close()

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

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, and pass over those behind a body, which nobody reads."""
        if self._in_head:
            super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body, which has a limit of its own."""
        self._went_on, self._head = True, 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Take note that all has come."""
        self._went_on = True
        super().on_message_complete()

    def _size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - it names no reason
        """Refuse as everything here refuses: with problem details, and in no detail."""
        large, bad = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, HTTPStatus.BAD_REQUEST
        self._refuse(large if self._too_large else bad)

    def _refuse(self, status: HTTPStatus) -> None:
        self.transport.write(refusal(status))
        self._watch.saw("", status, 0, self._peer(), perf_counter())
        self.transport.close()

    def _peer(self) -> str:
        return self.client[0] if self.client else ""

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        # where others wait, each would be answered inside the one before
        simple = cycle.keep_alive and not self.pipeline and not self.flow.write_paused
        seen = self._watch.begin(cycle.scope)
        sent = self._site.at_once(cycle.scope) if simple else None
        if sent is None:
            cycle.scope[AT_ONCE] = self._at_once
            super()._start_asgi_task(cycle, app)
            return
        head, body = sent
        self.transport.write(self._dated(head + _id_line(seen), body))
        seen.status, seen.bytes = status_in(head), len(body)
        self._watch.end(cycle.scope, seen)
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
            seen: Seen = scope[SEEN]
            seen.status, seen.bytes = status, len(body)
            self.transport.write(self._dated(STATUS_LINE[status] + lines + _id_line(seen), body))
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
        """Close a connection that was idle all the time, or whose headers take too long."""
        busy = self.cycle is not None and not self.cycle.response_complete
        self._heads_waited = self._heads_waited + 1 if self._in_head else 0
        if self._heads_waited * self.timeout_keep_alive > HEAD_SECONDS:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        elif self._used or busy or self._in_head:
            self._used = False
            self._wait()
        else:
            super().timeout_keep_alive_handler()

    def _remembered(self, data: bytes) -> Whole | None:
        """Return the answer to a whole, simple request on an idle connection, or None."""
        read = read_simply(data)
        sent = self._site.remembered(*read) if read else None
        if read is None or sent is None:
            return None
        head, body = sent
        path = read[0][0].decode("latin-1")
        return Whole(self._dated(head, body), path, status_in(head), len(body))

    def _dated(self, head: bytes, body: bytes) -> bytes:
        """Return a whole response: uvicorn makes the header of the date anew each second."""
        headers = self.server_state.default_headers
        if self._date_of is not headers:
            self._date_of = headers
            self._date = header_lines(headers)
        return b"%b%b\r\n%b" % (head, self._date, body)


def status_in(head: bytes) -> int:
    """Return the status in the first line of a response."""
    return int(head[9:12])


def _id_line(seen: Seen) -> bytes:
    return b"%b: %b\r\n" % (ID_HEADER, seen.id)


def protocol(site: Current, watch: Watch) -> Callable[..., Protocol]:
    """Return what makes a protocol for each connection."""

    def make(*args: Any, **kwargs: Any) -> Protocol:
        return Protocol(*args, site=site, watch=watch, **kwargs)

    return make
