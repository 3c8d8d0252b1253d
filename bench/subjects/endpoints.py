"""The endpoints that kg is compared with; one that cannot be had or started stops no run."""

import subprocess
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.serving import Served
from bench.subjects import oxigraph, rdflib_endpoint, shmarql, trifid, virtuoso

# what installing and starting other people's programs raises
FAILURES = (OSError, RuntimeError, subprocess.SubprocessError)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server of one file: its name, the path that a query is put behind, how it is had."""

    name: str
    path: str
    installed: Callable[[], str]
    serving: Callable[[Path, Path], AbstractContextManager[Served]]


@dataclass(frozen=True, slots=True)
class Begun:
    """A server that was started, or why not; seconds till the data was loaded and it answered."""

    name: str
    path: str
    served: Served | None
    seconds: float = 0.0
    fault: str = ""


def rivals() -> tuple[Endpoint, ...]:
    """Return the endpoints of others, the nearest first."""
    modules = (oxigraph, rdflib_endpoint, shmarql, trifid)
    found = [Endpoint(one.NAME, one.PATH, one.installed, one.serving) for one in modules]
    virtuoso_ = Endpoint(virtuoso.name(), virtuoso.PATH, virtuoso.installed, virtuoso.serving)
    return (*found, virtuoso_)


def begun(endpoint: Endpoint, data: Path, work: Path, stack: ExitStack) -> Begun:
    """Return the server of the file, which ends with the stack."""
    try:
        endpoint.installed()
        before = time.monotonic()
        served = stack.enter_context(endpoint.serving(data, work))
    except FAILURES as error:
        return Begun(endpoint.name, endpoint.path, None, fault=short(error))
    return Begun(endpoint.name, endpoint.path, served, time.monotonic() - before)


def short(error: Exception) -> str:
    """Return why a program could not be used, in one line that fits into a table."""
    text = " ".join(str(error).replace("|", "/").split())
    return text if len(text) <= 200 else f"{text[:120]} … {text[-70:]}"
