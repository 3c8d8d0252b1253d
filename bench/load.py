"""Load: wrk with one thread, and what it and the server say about it."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from bench.options import Options
from bench.serving import Served

UNITS = {"us": 1, "ms": 1_000, "s": 1_000_000}


@dataclass(frozen=True, slots=True)
class Measured:
    """One round of one server: requests in a second, CPU and median latency in microseconds."""

    per_second: float
    cpu_us: float
    p50_us: float


def measure(
    served: Served, path: str, headers: Mapping[str, str], options: Options, script: str = ""
) -> Measured:
    """Return what one round of requests for the path costs; a `script` of wrk names others.

    Raises: RuntimeError when an answer was an error.
    """
    lines = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    url = f"http://127.0.0.1:{served.port}{path}"
    size = ["-t", "1", "-c", str(options.connections), "-d", f"{options.seconds}s"]
    # a slow answer is no error
    size += ["--timeout", "60s", *(["-s", script] if script else [])]
    before = served.cpu_seconds()
    done = subprocess.run(  # noqa: S603 - our own arguments
        [shutil.which("wrk") or "wrk", *size, "--latency", *lines, url],
        capture_output=True,
        text=True,
        check=True,
    )
    cpu = served.cpu_seconds() - before
    return read(done.stdout, cpu)


def read(printed: str, cpu_seconds: float) -> Measured:
    """Return what wrk printed, with the CPU time that the server used meanwhile.

    Raises: RuntimeError when wrk counted answers that were errors, or none at all.
    """
    found = re.search(r"(\d+) requests in", printed)
    if found is None or int(found[1]) == 0 or re.search(r"Non-2xx|Socket errors", printed):
        raise RuntimeError(f"the server failed under load:\n{printed}")
    number, unit = re.search(r"50%\s+([0-9.]+)(us|ms|s)", printed).groups()  # type: ignore[union-attr]
    (rate,) = re.search(r"Requests/sec:\s+([0-9.]+)", printed).groups()  # type: ignore[union-attr]
    return Measured(float(rate), 1e6 * cpu_seconds / int(found[1]), float(number) * UNITS[unit])
