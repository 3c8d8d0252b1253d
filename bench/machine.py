"""The machine that measures: what it is, and what it lacks."""

import os
import platform
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

# the program that a Debian package brings
PROGRAMS = {"nginx-light": "nginx", "wrk": "wrk"}
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"


def machine() -> dict[str, object]:
    """Return what a reader must know to judge the numbers."""
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "processor": model[1] if model else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 1e9),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "nginx": _version(["nginx", "-v"]),
        "wrk": _version(["wrk", "-v"]),
        "load_after": round(os.getloadavg()[0], 1),
    }


def missing_programs() -> list[str]:
    """Return the Debian packages that are needed and not installed."""
    return [package for package, name in PROGRAMS.items() if not shutil.which(name, path=PATH)]


def _version(command: list[str]) -> str:
    program = shutil.which(command[0], path=PATH) or command[0]
    # wrk prints its version beside its usage, and calls that a failure
    done = subprocess.run(  # noqa: S603 - one of two programs
        [program, *command[1:]], capture_output=True, text=True, check=False
    )
    found = re.search(r"\d+\.\d+[^\s]*", done.stdout + done.stderr)
    return found[0] if found else "unknown"
