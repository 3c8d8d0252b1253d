"""Whether the bytes of a file can be text at all (storey 1)."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from mmap import mmap
from types import MappingProxyType

# bytes that are looked at
LOOK = 1 << 16

# how files begin that are often given the wrong suffix
BEGINNINGS = MappingProxyType(
    {
        b"\x1f\x8b": "packed with gzip. Unpack it",
        b"\x28\xb5\x2f\xfd": "packed with Zstandard. Unpack it",
        b"BZh": "packed with bzip2. Unpack it",
        b"PK\x03\x04": "a ZIP archive. Unpack it",
        b"%PDF": "a PDF. Give it its own suffix",
        b"\x89PNG": "a picture. Give it its own suffix",
        b"\xff\xd8\xff": "a picture. Give it its own suffix",
        BOM_UTF16_LE: "text in UTF-16. Save it as UTF-8",
        BOM_UTF16_BE: "text in UTF-16. Save it as UTF-8",
    }
)


def first_byte(text: bytes | mmap) -> int:
    """Return where the text begins: behind a byte order mark, where there is one."""
    return len(BOM_UTF8) if text[: len(BOM_UTF8)] == BOM_UTF8 else 0


def not_text(text: bytes | mmap) -> str:
    r"""Return in words why the bytes are no text, "" where they may be.

    >>> not_text(b"\x1f\x8b\x08")
    'this file is packed with gzip. Unpack it'
    """
    start = text[:LOOK]
    for beginning, words in BEGINNINGS.items():
        if start.startswith(beginning):
            return f"this file is {words}"
    if (at := start.find(b"\0")) >= 0:
        return f"this file is no text: byte {at:,} is zero. RDF is written in UTF-8"
    return ""
