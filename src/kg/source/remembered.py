"""Remember reports between runs (storey 1), so that unchanged data is not validated again.

A report without its places is a pure function of the files' triples and prefixes and of the
programs that make it, so that is what its name is the digest of. Places are looked up anew, because
comments move them. The folder is the user's cache: losing it costs only time.
"""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kg.source.caches import cache_folder
from kg.source.digests import programs
from kg.source.loading import Source
from kg.source.locating import located
from kg.source.report import Report, Severity, ValidationResult

# the folder of reports, and how many are kept there
REPORTS, KEPT = "reports", 50


def remembered(source: Source, validate: Callable[[Source], Report]) -> Report:
    """Return the report on the source: the one of an earlier run where nothing has changed."""
    name = f"{_digest(source)}.json"
    with suppress(OSError, ValueError, TypeError, KeyError):
        return located(source, _read(cache_folder(REPORTS) / name))
    report = validate(source)
    # a cache that cannot be written is no reason to fail
    with suppress(OSError):
        _write(cache_folder(REPORTS) / name, report)
        _forget(cache_folder(REPORTS))
    return report


def _forget(folder: Path) -> None:
    """Remove the oldest reports over the number that is kept."""
    reports = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in reports[:-KEPT]:
        path.unlink()


def _digest(source: Source) -> str:
    digest = hashlib.sha256(source.project.validation.engine.encode())
    for line in programs():
        digest.update(f"{line}\n".encode())
    for file in source.files:
        # messages have names with prefixes in them
        digest.update(f"{file.role} {file.path} {file.prefixes}\n".encode())
        digest.update("".join(sorted(f"{quad}\n" for quad in file.quads)).encode())
    return digest.hexdigest()


def _read(path: Path) -> Report:
    stored = json.loads(path.read_text(encoding="utf-8"))
    results = (ValidationResult(Severity(first), *rest) for first, *rest in stored["results"])
    return Report(tuple(results), stored["shapes"])


def _stored(result: ValidationResult) -> tuple[str | int, ...]:
    """Return the result without its places, as `_read` takes it."""
    return (
        result.severity,
        "",
        result.focus_node,
        result.source_shape,
        result.path,
        result.value,
        result.message,
        result.component,
    )


def _write(path: Path, report: Report) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = {"shapes": report.shapes, "results": [_stored(one) for one in report.results]}
    # written beside and moved, so that nobody ever reads half a report
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(stored), encoding="utf-8")
    beside.replace(path)
