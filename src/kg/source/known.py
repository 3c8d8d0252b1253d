"""What was made of files before (storey 1), for whoever reads the same project again and again."""

from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Known:
    """Keeps what was made last for each key, for one thread."""

    def __init__(self) -> None:
        self._made: dict[Any, tuple[Any, Any]] = {}

    def once(self, key: object, of: object, make: Callable[[], Made]) -> Made:
        """Return what was made for the key where it was made of the same, else what is made now."""
        before = self._made.get(key)
        if before and before[0] == of:
            made: Made = before[1]
            return made
        made = make()
        self._made[key] = (of, made)
        return made
