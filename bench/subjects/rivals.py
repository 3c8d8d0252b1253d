"""Programs of other people, from the registries of Python and npm, each in a place of its own."""

import subprocess
import sys
from pathlib import Path

# inside the environment that measures, so that both go together
PLACE = Path(sys.prefix) / "rivals"
# seconds that an installation may take
PATIENCE = 400


def program(name: str, package: str, place: str = "rivals") -> str:
    """Return the path of a program, once the package of Python that brings it is installed.

    Raises: subprocess.SubprocessError when it cannot be.
    """
    return str(Path(python_with(package, place)).with_name(name))


def python_with(package: str, place: str) -> str:
    """Return the path of a Python that has the package, or those, with spaces between them.

    Raises: subprocess.SubprocessError when it cannot be installed.
    """
    room = PLACE.with_name(place)
    python, stamp = room / "bin" / "python", room / f"{package}.stamp"
    if not stamp.exists():
        if not python.exists():
            _run([sys.executable, "-m", "venv", str(room)])
        _run([str(python), "-m", "pip", "install", "--quiet", *package.split()])
        stamp.touch()
    return str(python)


def script(file: str, package: str, place: str) -> str:
    """Return the path of a file in `node_modules`, once the package of npm is installed.

    Raises: OSError when there is no npm; subprocess.SubprocessError when it installs nothing.
    """
    room = PLACE.with_name(place)
    path = room / "node_modules" / file
    if not path.exists():
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        _run(["npm", "install", *quiet, "--prefix", str(room), package])
    return str(path)


def _run(command: list[str]) -> None:
    subprocess.run(  # noqa: S603 - our own arguments
        command, check=True, timeout=PATIENCE, stdout=sys.stderr
    )
