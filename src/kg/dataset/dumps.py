"""Dumps (storey 2): the whole snapshot as files to download, each plain and packed.

`dump.nq` is the canonical form that the snapshot's id is the SHA-256 of, so that whoever has the
file can check what it is. Two dumps of equal snapshots are equal to the byte.
"""

import gzip
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import zstandard
from pyoxigraph import Quad, serialize

from kg.dataset.canonical import canonical_lines
from kg.dataset.snapshot import DESCRIPTION, Snapshot
from kg.errors import StoreUnavailable
from kg.problems import remedy
from kg.rdf.formats import GZIP, JSON_LD, N_QUADS, TRIG, TURTLE, ZSTD, Format, PlainFormat
from kg.rdf.terms import graph_of
from kg.source.digests import file_digest

DUMP_FORMATS = (N_QUADS, TRIG, TURTLE, JSON_LD)
PACKINGS = (GZIP, ZSTD)

# the levels from which on smaller files cost far more time
GZIP_LEVEL, ZSTD_LEVEL = 6, 6

# bytes that are read or written at once
PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Dump:
    """One file that holds the data set.

    `name` is the last part of its URL, such as `dump.nq.gz`; `packing` is what it is packed
    with, or None; `bytes` is its size, `sha256` the digest of the file in 64 hex digits.
    """

    name: str
    path: Path
    format: Format
    packing: PlainFormat | None
    bytes: int
    sha256: str

    @property
    def coding(self) -> str:
        """The name of what the file is packed with: "gzip", "zstd", or "" where it is not."""
        return self.packing.name if self.packing else ""

    @property
    def media_type(self) -> str:
        """The media type of the file as it is: that of the packing where it is packed."""
        return self.packing.media_type if self.packing else self.format.media_type


def dump_name(format_: Format, packing: PlainFormat | None) -> str:
    """Return the file name of a dump in the format.

    >>> dump_name(N_QUADS, GZIP)
    'dump.nq.gz'
    """
    return f"dump.{format_.extension}" + (f".{packing.extension}" if packing else "")


KINDS = tuple((format_, packing) for format_ in DUMP_FORMATS for packing in (None, *PACKINGS))
DUMP_NAMES = frozenset(dump_name(*kind) for kind in KINDS)


def write_dumps(
    snapshot: Snapshot, folder: Path, packings: Sequence[PlainFormat] = PACKINGS
) -> tuple[Dump, ...]:
    """Write the snapshot into an empty folder in every format, plain and in these packings.

    N-Quads, TriG and JSON-LD hold the quads that `snapshot.id` is of, with their graphs; Turtle
    holds the default graph. Computed descriptions are in none of them.
    Raises: StoreUnavailable when the files cannot be written.
    """
    try:
        for format_ in DUMP_FORMATS:
            _write(snapshot, format_, folder / dump_name(format_, None))
        # packing and hashing leave the interpreter to other threads
        with ThreadPoolExecutor() as threads:
            kinds = [kind for kind in KINDS if kind[1] in (None, *packings)]
            return tuple(threads.map(lambda kind: _dump(folder, *kind), kinds))
    except OSError as error:
        reason = f"{error.strerror or error}. {remedy(error)}"
        raise StoreUnavailable(f"{folder}: the dumps cannot be written: {reason}") from error


def written_dumps(folder: Path, digests: Mapping[str, str]) -> tuple[Dump, ...]:
    """Return the dumps that were written into a folder, whose SHA-256 are known by their names.

    Raises: OSError when one is not there.
    """
    names = {dump_name(*kind): kind for kind in KINDS}
    return tuple(
        Dump(name, folder / name, *names[name], (folder / name).stat().st_size, digest)
        for name, digest in digests.items()
    )


def _write(snapshot: Snapshot, format_: Format, path: Path) -> None:
    if format_ is N_QUADS:
        write_canonical(snapshot, path)
        return
    statements = _by_graph(snapshot) if format_.datasets else snapshot.union()
    with path.open("wb", buffering=PIECE) as file:
        serialize(statements, file, format_.engine, prefixes=dict(snapshot.prefixes.pairs))


def write_canonical(snapshot: Snapshot, path: Path) -> None:
    """Write the N-Quads that the snapshot's id is the SHA-256 of.

    Raises: OSError when the file cannot be written, StoreUnavailable when they cannot be had again.
    """
    # what could not be told apart once is not tried again, and what could be can be again
    lines, canonical = canonical_lines(_by_graph(snapshot), None if snapshot.canonical else 0)
    if snapshot.canonical and not canonical:
        raise StoreUnavailable(
            f"{path}: cannot be written: the process that tells blank nodes apart was ended, "
            "perhaps for want of memory."
        )
    with path.open("w", encoding="utf-8", newline="\n", buffering=PIECE) as text:
        text.writelines(lines)


def _by_graph(snapshot: Snapshot) -> Iterator[Quad]:
    """Yield the quads that the id is of, each graph's together, so that it is written once."""
    graphs = (
        quads
        for quads in snapshot.by_graph.values()
        if snapshot.roles.get(graph_of(quads[0])) != DESCRIPTION
    )
    return chain.from_iterable(graphs)


def _dump(folder: Path, format_: Format, packing: PlainFormat | None) -> Dump:
    plain = folder / dump_name(format_, None)
    path = folder / dump_name(format_, packing)
    if packing is GZIP:
        _gzip(plain, path)
    elif packing is ZSTD:
        _zstd(plain, path)
    return Dump(path.name, path, format_, packing, path.stat().st_size, file_digest(path))


def _gzip(plain: Path, packed: Path) -> None:
    """Pack a file without its name and time: the bytes depend on the content only."""
    with (
        plain.open("rb") as source,
        packed.open("wb") as target,
        gzip.GzipFile("", "wb", GZIP_LEVEL, target, mtime=0) as stream,
    ):
        shutil.copyfileobj(source, stream, PIECE)


def _zstd(plain: Path, packed: Path) -> None:
    with plain.open("rb") as source, packed.open("wb") as target:
        compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True)
        compressor.copy_stream(source, target, size=plain.stat().st_size)
