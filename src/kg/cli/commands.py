"""The commands of `kg` (storey 5): each is imported when it is called, and all for the help."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup

# where each command is, in the order of the help
MODULES = MappingProxyType(
    {
        "init": "init",
        "validate": "validate",
        "serve": "serve",
        "query": "query",
        "anchors": "anchors",
        "claim": "claim",
        "fmt": "fmt",
        "export": "export",
        "release": "release",
        "publish": "publish",
        "versions": "publish",
        "check": "check",
    }
)


class Commands(Mapping[str, Any]):
    """The commands by their names."""

    def __getitem__(self, name: str) -> Any:
        """Return a command, imported now: what `serve` needs takes longer than most commands."""
        found = getattr(import_module(f"kg.cli.{MODULES[name]}"), name)
        if isinstance(found, typer.Typer):
            return typer.main.get_group(found)
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(name)(found)
        return typer.main.get_command(alone)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(MODULES)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(MODULES)


class CommandGroup(TyperGroup):
    """The group whose commands those are."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # typer only reads it
        self.commands = Commands()  # type: ignore[assignment]
