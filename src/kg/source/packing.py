"""Packed files (storey 1): gzip, zstd, bzip2 and xz, unpacked into a file that goes after use."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import MappingProxyType
from typing import IO, Any

import zstandard

from kg.rdf.formats import BZIP2, GZIP, XZ, ZSTD, PlainFormat, packing_of_file

CHUNK = 1_000_000
# bytes of zstd at a time: they may be 32,000 times as many
LITTLE = 1_000


def _gzip(packed: IO[bytes]) -> Iterator[bytes]:
    return _chunks(gzip.GzipFile(fileobj=packed))


def _bzip2(packed: IO[bytes]) -> Iterator[bytes]:
    return _chunks(bz2.BZ2File(packed))


def _xz(packed: IO[bytes]) -> Iterator[bytes]:
    return _chunks(lzma.LZMAFile(packed))


def _chunks(reader: Any) -> Iterator[bytes]:
    while chunk := reader.read(CHUNK):
        yield chunk


def _zstd(packed: IO[bytes]) -> Iterator[bytes]:
    """Yield what is in the frames; the library's own reader takes a torn file for a whole one."""
    frame = zstandard.ZstdDecompressor().decompressobj()
    whole = False
    while data := packed.read(LITTLE):
        while data:
            yield frame.decompress(data)
            whole, data = frame.eof, frame.unused_data if frame.eof else b""
            if whole:
                frame = zstandard.ZstdDecompressor().decompressobj()
    if not whole:
        raise EOFError("it ends before its end")


READERS: Mapping[str, Callable[[IO[bytes]], Iterator[bytes]]] = MappingProxyType(
    {GZIP.name: _gzip, ZSTD.name: _zstd, BZIP2.name: _bzip2, XZ.name: _xz}
)


class CannotUnpack(ValueError):
    """A packed file is broken, or is more than may be unpacked."""


@contextmanager
def unpacked(path: Path, most: int) -> Iterator[Path]:
    """Yield where the file is as it is without packing: itself, or a copy while the block lasts.

    Raises: CannotUnpack when it is broken, or larger than `most` bytes: a few kilobytes may
    unpack to terabytes; OSError when it cannot be read, or there is no room for the copy.
    """
    packing = packing_of_file(path.name)
    if packing is None:
        yield path
        return
    with path.open("rb") as packed, NamedTemporaryFile(prefix="kg-") as plain:
        _unpack(packing, packed, plain, most)
        plain.flush()
        yield Path(plain.name)


def unpacked_bytes(name: str, document: bytes, most: int) -> bytes:
    """Return a document of that name as it is without packing.

    Raises: CannotUnpack when it is broken, or larger than `most` bytes.
    """
    packing = packing_of_file(name)
    if packing is None:
        return document
    plain = BytesIO()
    _unpack(packing, BytesIO(document), plain, most)
    return plain.getvalue()


def _unpack(packing: PlainFormat, packed: IO[bytes], plain: IO[bytes], most: int) -> None:
    try:
        _copy(READERS[packing.name](packed), plain, most)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError) as error:
        if getattr(error, "errno", None):
            # the system's, and not of what is packed: the disk is full
            raise
        raise CannotUnpack(f"no whole {packing.name} file: {error}") from error


def _copy(chunks: Iterator[bytes], plain: IO[bytes], most: int) -> None:
    left = most
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise CannotUnpack(
                f"unpacks to more than {most:,} bytes, which limits.unpacked_bytes allows"
            )
        plain.write(chunk)
