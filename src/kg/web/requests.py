"""What is read from requests (storey 4)."""

from fastapi import HTTPException, Request

from kg.errors import BodyTooLarge, UnsupportedMediaType


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


def page_number(text: str) -> int:
    """Return the number of a page as a URL has it.

    Raises: HTTPException, 404, when it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise HTTPException(404, f"There is no page {text[:20]!r}: pages have numbers from 1.")
    return int(text)


async def read_body(request: Request, limit: int) -> bytes:
    """Return the request's body.

    Raises: BodyTooLarge as soon as it is longer than `limit` bytes.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise BodyTooLarge(limit)
    return bytes(body)
