"""One file of a release, as its crate describes it (storey 4)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a release: its path below the folder, and what is said of it.

    `format` is the IRI of its format or ""; `conforms` are the IRIs of the standards that it meets;
    `sha256` is its digest in 64 hex digits where that is known already, else "".
    """

    path: str
    title: str
    description: str
    media_type: str
    format: str = ""
    conforms: tuple[str, ...] = ()
    sha256: str = ""
