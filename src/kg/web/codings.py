"""Content codings of responses (storey 4): the same bytes, packed, under a tag of their own.

Source: https://www.rfc-editor.org/rfc/rfc9110#name-content-codings
"""

import gzip

from zstandard import ZstdCompressor

from kg.rdf.negotiation import choose_coding

# in the order of preference: zstd packs better and faster
CODINGS = ("zstd", "gzip")

# shorter bodies gain nothing; longer ones are packed quickly rather than tightly
WORTH_IT, LONG = 500, 1_000_000


def coding_for(accept_encoding: str | None, body: bytes | memoryview) -> str:
    """Return the coding in which the body is to be sent, or ""."""
    return choose_coding(accept_encoding, CODINGS) if len(body) >= WORTH_IT else ""


def packed(body: bytes | memoryview, coding: str) -> bytes:
    """Return the body in that coding; the same bytes give the same bytes."""
    quickly = len(body) > LONG
    if coding == "zstd":
        return ZstdCompressor(level=1 if quickly else 9).compress(body)
    return gzip.compress(body, compresslevel=1 if quickly else 6, mtime=0)


def coded_tag(etag: str, coding: str) -> str:
    """Return the entity tag of the coded bytes: strong tags differ between codings.

    Source: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3
    """
    return f'{etag[:-1]}-{coding}"' if etag else ""
