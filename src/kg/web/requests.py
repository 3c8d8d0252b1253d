"""What is read from requests (storey 4)."""

from fastapi import Request

from kg.errors import BodyTooLarge


def accept_of(request: Request) -> str | None:
    """Return the request's Accept header, several lines as one, or None where it has none.

    Source: https://www.rfc-editor.org/rfc/rfc9110#name-field-lines-and-combined-fi
    """
    return ", ".join(request.headers.getlist("accept")) or None


def media_type_of(request: Request) -> str:
    """Return the media type of the request's body, in lower case, without parameters, or ""."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


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
