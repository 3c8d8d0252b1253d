"""Representations as HTTP responses (storey 4): validators, links and what every answer carries."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from fastapi import Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.rdf.formats import with_charset
from kg.views.representation import Representation

# weak or strong, an entity tag's opaque part; If-None-Match compares weakly
ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')

# nothing from outside, nothing inline: data in a page can never become a program
CONTENT_SECURITY_POLICY = (
    b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

COMMON_HEADERS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Link, ETag, Content-Location"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer-when-downgrade"),
    (b"content-security-policy", CONTENT_SECURITY_POLICY),
)


def respond(
    request: Request, representation: Representation, headers: Mapping[str, str] | None = None
) -> Response:
    """Return 200 with the representation, or 304 where the client holds it already.

    Source: https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match
    """
    common = {
        "ETag": representation.etag,
        "Vary": "Accept",
        "Cache-Control": "public, no-cache",
        **(headers or {}),
    }
    if _holds(request, representation.etag):
        return Response(status_code=304, headers=common)
    content_type = with_charset(representation.media_type)
    return Response(representation.body, headers=common, media_type=content_type)


def _holds(request: Request, etag: str) -> bool:
    condition = ", ".join(request.headers.getlist("if-none-match")).strip()
    return condition == "*" or etag in ENTITY_TAG.findall(condition)


# what an IRI has in common with the URI that stands for it
URI = ":/?#[]@!$&'()*+,;=%-._~"


def link_header(links: Iterable[tuple[str, str, str]]) -> str:
    """Return a Link header of (target, relation, media type or "") triples.

    Targets may be IRIs: a header holds URIs, so that other characters are percent-encoded.
    Source: https://www.rfc-editor.org/rfc/rfc8288
    """
    return ", ".join(
        f'<{quote(target, safe=URI)}>; rel="{relation}"' + (f'; type="{type_}"' if type_ else "")
        for target, relation, type_ in links
    )


class CommonHeaders:
    """ASGI middleware: adds to every answer, errors included, what all answers carry."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the common headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *COMMON_HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)
