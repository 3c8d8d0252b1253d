"""Programs of other people, from packages of Python, in an environment of their own."""

import subprocess
import sys
from pathlib import Path

# inside the environment that measures, so that both go together
PLACE = Path(sys.prefix) / "rivals"


def program(name: str, package: str) -> str:
    """Return the path of a program, once the package that brings it is installed."""
    path = PLACE / "bin" / name
    if not path.exists():
        if not (PLACE / "bin" / "pip").exists():
            _run([sys.executable, "-m", "venv", str(PLACE)])
        _run([str(PLACE / "bin" / "pip"), "install", "--quiet", package])
    return str(path)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - our own arguments
