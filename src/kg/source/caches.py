"""The user's cache, and folders that say of themselves that they are one (storey 1).

Source: https://bford.info/cachedir/
"""

import os
from contextlib import suppress
from pathlib import Path

# the file that says it of its folder, and how it begins
TAG, SIGNATURE = "CACHEDIR.TAG", b"Signature: 8a477f597d28d172789f06886806bc55"


def cache_folder(name: str) -> Path:
    """Return the folder of that name in the cache that this user's `kg` has.

    Raises: FileNotFoundError where nobody knows the user's home.
    """
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "kg" / name
    except RuntimeError as error:
        raise FileNotFoundError(f"{error} Set XDG_CACHE_HOME.") from error


def is_cache(folder: Path) -> bool:
    """Whether a folder says that it is a cache."""
    with suppress(OSError), (folder / TAG).open("rb") as file:
        return file.read(len(SIGNATURE)) == SIGNATURE
    return False
