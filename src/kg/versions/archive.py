"""The versions of one data set (storey 2): which held at a time, and which know an IRI."""

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kg.versions.version import Version, size_of


@dataclass(frozen=True, slots=True)
class Archive:
    """The versions by number, and the base IRI that they are served under now."""

    versions: tuple[Version, ...] = ()
    base: str = ""

    def numbered(self, number: int) -> Version | None:
        """Return the version of that number, or None."""
        return self.versions[number - 1] if 0 < number <= len(self.versions) else None

    def describing(self, iri: str) -> tuple[Version, ...]:
        """Return the versions that describe the IRI, by number; it costs a look into each dump.

        Raises: VersionsError where a dump is not there.
        """
        return tuple(version for version in self.versions if _describes(version, iri, self.base))


def at(versions: tuple[Version, ...], moment: datetime) -> Version | None:
    """Return the version that held at a moment: the last before it, else the first, or None.

    Source: https://www.rfc-editor.org/rfc/rfc7089#section-4.5.3
    """
    before = [version for version in versions if version.date <= moment]
    return before[-1] if before else next(iter(versions), None)


def _describes(version: Version, iri: str, base: str) -> bool:
    """Whether a line of the dump is about the IRI or a fragment of it, or in its graph."""
    # nothing cannot be looked into
    if not size_of(version):
        return False
    written = version.base + iri.removeprefix(base) if iri.startswith(base) else iri
    with (
        version.dump.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as dump,
    ):
        return any(
            dump[: len(mark) - 1] == mark[1:] or dump.find(mark) >= 0 for mark in _marks(written)
        )


def _marks(iri: str) -> Iterator[bytes]:
    yield f"\n<{iri}> ".encode()
    yield f"\n<{iri}#".encode()
    # ends a line that names its graph
    yield f" <{iri}> .\n".encode()
