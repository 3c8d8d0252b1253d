"""Names of files on any file system (storey 5): an address that cannot be one gets another.

Awkward are names that differ in case only, that are long, that are also folders, or that have
characters, endings or meanings which some system refuses.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kg.rdf.formats import (
    ATOM,
    CSS,
    FORMATS,
    GZIP,
    HTML,
    LINK_SET,
    LINK_SET_JSON,
    PLAIN_JSON,
    PROBLEM,
    RDF_PATCH,
    RESULT_FORMATS,
    SCRIPT,
    SITE_MAP,
    SVG,
    TEXT,
    TIME_MAP,
    ZSTD,
    with_charset,
)

_TYPES = (*FORMATS, *RESULT_FORMATS, HTML, TEXT, CSS, SVG, SCRIPT, SITE_MAP, PLAIN_JSON)
_MORE = (LINK_SET_JSON, LINK_SET, TIME_MAP, ATOM, RDF_PATCH, GZIP, ZSTD)

# bytes of a name that every file system takes, with room for what is put behind it
LONGEST = 180

SAFE = re.compile(r"[A-Za-z0-9_~.+=,@-]*[A-Za-z0-9_~+=,@-]")
DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def extensions() -> dict[str, str]:
    """Return the extension of files by the Content-Type that they are served with."""
    known = {with_charset(f.media_type): f.extension for f in (*_TYPES, *_MORE)}
    return {**known, PROBLEM.media_type: "problem.json"}


def names_of(targets: Iterable[str]) -> Mapping[str, str]:
    """Return the beginning of the names of an address's files, by address, relative and unique.

    Addresses are decoded paths, with a query where they have one. No name is another's folder or
    begins another's before a full stop, also where case makes no difference.
    """
    targets = tuple(targets)
    wished = {target: _wished(target) for target in targets}
    times = Counter(name.casefold() for name in wished.values())
    folders = {
        "/".join(parts[:depth]).casefold()
        for parts in (name.split("/") for name in wished.values())
        for depth in range(1, len(parts))
    }
    # whose file could have the name of a folder
    also = {begun for folder in folders for begun in _begun(folder)}

    def is_free(name: str) -> bool:
        lower = name.casefold()
        dotted = any(begun in times for begun in _begun(lower) if begun != lower)
        return bool(name) and times[lower] == 1 and lower not in also and not dotted

    return {target: name if is_free(name) else digest_of(target) for target, name in wished.items()}


def _begun(name: str) -> Iterator[str]:
    """Yield what the name begins with before each full stop in its last part, and all of it."""
    folder, slash, last = name.rpartition("/")
    pieces = last.split(".")
    for count in range(1, len(pieces) + (len(pieces) > 1)):
        begun = ".".join(pieces[:count])
        if begun:
            yield f"{folder}{slash}{begun}"


def digest_of(target: str) -> str:
    """Return a name that any system takes."""
    return f"_/{hashlib.sha256(target.encode()).hexdigest()[:32]}"


def _wished(target: str) -> str:
    """Return the name that reads like the address, "" where that is awkward."""
    if "?" in target:
        return ""
    name = target.strip("/") or "index"
    parts = [part.removeprefix(".well-known") or "x" for part in name.split("/")]
    good = all(SAFE.fullmatch(p) and not DEVICES.fullmatch(p) and len(p) <= LONGEST for p in parts)
    return name if good and parts[0] != "_" else ""
