"""By which files and programs are known again (storey 1)."""

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# whose other versions may read, find or write something else
PACKAGES = (
    *("pyoxigraph", "sparq-rdf", "pyshacl", "pyshacl-turbo", "rdflib", "regex", "edtf", "pyyaml"),
    *("zstandard", "rapidfuzz", "numpy", "jellyfish", "anyascii", "babel"),
)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, 64 hex digits; processors have instructions for it.

    Raises: OSError where it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def programs() -> Iterator[str]:
    """Yield a line for each program that reads, validates or finds: its name and what it is now."""
    yield platform.python_version()
    for name in PACKAGES:
        yield f"{name} {_version(name)}"
    # whoever works on kg itself has the same version for long
    here = Path(__file__).parents[1]
    for path in sorted(here.rglob("*.py")):
        yield f"{path.relative_to(here)} {file_digest(path)}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
