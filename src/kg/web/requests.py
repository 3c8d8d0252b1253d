"""What is read from requests (storey 4)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv6Network
from threading import Event
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

from kg.errors import BodyTooLarge, QueryError, UnsupportedMediaType
from kg.rdf.formats import FORM
from kg.web.forwarded import address_of

# seconds before anybody looks whether the client is still there
UNWATCHED = 0.02

# seconds in which a body must come
BODY_SECONDS = 20

# parameters of a request: a body holds half a million, and some are looked at more than once
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a protocol request, each list in the order the client sent it."""

    pairs: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a parameter."""
        return tuple(value for key, value in self.pairs if key == name)

    def one(self, name: str) -> str | None:
        """Return a parameter's value, or None.

        Raises: QueryError when it is given more than once.
        """
        values = self.all(name)
        if len(values) > 1:
            raise QueryError(f"Send exactly one {name}; there are {len(values)}.")
        return values[0] if values else None


def parameters_in(encoded: str) -> Parameters:
    """Return the parameters in a URL's query or a form's body.

    Raises: QueryError when they are too many, or not percent-encoded UTF-8.
    """
    if encoded.count("&") >= MOST:
        raise QueryError(f"Send at most {MOST:,} parameters.")
    try:
        return Parameters(tuple(parse_qsl(encoded, keep_blank_values=True, errors="strict")))
    except ValueError as error:
        raise QueryError("The parameters are not percent-encoded UTF-8.") from error


async def sent_with(request: Request, limit: int) -> Parameters:
    """Return the parameters in the URL and, of a POST, in a form's body.

    Raises: UnsupportedMediaType for another body, QueryError for what is no form's, and what
    `read_body` raises.
    """
    in_url = parameters_in(request.url.query)
    if request.method != "POST":
        return in_url
    if media_type_of(request) != FORM.media_type:
        raise UnsupportedMediaType(f"Send {FORM.media_type}.")
    return Parameters((*in_url.pairs, *parameters_of(await read_body(request, limit)).pairs))


def parameters_of(form: bytes) -> Parameters:
    """Return the parameters in a form's body, which may hold UTF-8 as it is.

    Raises: what `text_of` and `parameters_in` raise.
    Source: https://url.spec.whatwg.org/#concept-urlencoded-parser
    """
    return parameters_in(text_of(form))


def text_of(body: bytes) -> str:
    """Return a body as text. Raises: QueryError when it is no UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError("The request body is not UTF-8.") from error


def accept_of(request: Request) -> str | None:
    """Return the request's Accept header, several lines as one, or None where it has none.

    Source: https://www.rfc-editor.org/rfc/rfc9110#name-field-lines-and-combined-fi
    """
    return ", ".join(request.headers.getlist("accept")) or None


def media_type_of(request: Request) -> str:
    """Return the media type of the request's body, in lower case, without parameters, or "".

    Raises: UnsupportedMediaType when the body is said to be in another charset than UTF-8.
    """
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8", "us-ascii"):
            raise UnsupportedMediaType(f"Send UTF-8, not {value}.")
    return media_type.strip()


def client_of(request: Request) -> str:
    """Return the client that the request came from, by which clients take turns.

    It is an address, of IPv6 the network of 64 bits: whoever has one address has them all.
    """
    host = request.client.host if request.client else ""
    # a socket that takes both kinds has those of IPv4 in one network of IPv6
    host = address_of(host) or host
    with suppress(ValueError):
        return str(IPv6Network((host, 64), strict=False))
    return host


@asynccontextmanager
async def presence(request: Request) -> AsyncIterator[Callable[[], bool]]:
    """Yield a function that says whether the client has left; read the body before.

    It may be called from any thread. Most answers are there before it begins to watch.
    """
    left = Event()
    watching: list[asyncio.Task[None]] = []

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        left.set()

    def begin() -> None:
        watching.append(asyncio.create_task(watch()))

    timer = asyncio.get_running_loop().call_later(UNWATCHED, begin)
    try:
        yield left.is_set
    finally:
        timer.cancel()
        for task in watching:
            task.cancel()


def page_number(text: str) -> int:
    """Return the number of a page as a URL has it.

    Raises: HTTPException, 404, when it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise HTTPException(404, f"There is no page {text[:20]!r}: pages have numbers from 1.")
    return int(text)


async def read_body(request: Request, limit: int) -> bytes:
    """Return the request's body.

    Raises: BodyTooLarge as soon as it is longer than `limit` bytes, HTTPException, 408, when it
    takes too long to come, 400 when the client leaves before it is whole.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise BodyTooLarge(limit)
    except TimeoutError as error:
        detail = f"The body did not come within {BODY_SECONDS} seconds."
        raise HTTPException(408, detail, {"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise HTTPException(400, "The body ended before it was whole.") from error
    return bytes(body)
