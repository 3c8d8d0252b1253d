"""`kg serve`, as it comes and with answers from bytes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.serving import Served, free_port, started

NAME = "kg, plain ASGI"
NAME_FROM_BYTES = "kg, from bytes"

ENGINE = "KG_STORE_ENGINE"


@contextmanager
def serving(
    data: Path, work: Path, *, from_bytes: bool = False, base: str = "", engine: str = ""
) -> Iterator[Served]:
    """Yield a server of the project or file; `base` is for data without a project."""
    port = free_port()
    environ = {
        "KG_SITE_FROM_BYTES": str(from_bytes).lower(),
        # reports are remembered between runs elsewhere; here a start is a first start
        "XDG_CACHE_HOME": str(work / "cache"),
        **({"KG_BASE": base} if base else {}),
        **({ENGINE: engine} if engine else {}),
    }
    command = [sys.executable, "-m", "kg", "serve", str(data), "--port", str(port)]
    with started(command, port, work / f"kg-{port}.log", environ) as served:
        yield served
