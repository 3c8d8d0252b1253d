"""Results that are known already (storey 1): a report of an earlier run, as JSON or SARIF."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ProjectError
from kg.source.findings import Findings
from kg.source.reports.sarif import FINGERPRINT
from kg.source.reports.text import counted

# results that are gone, of which this many are named
NAMED = 10


@dataclass(frozen=True, slots=True)
class Baseline:
    """The results of an earlier report: by fingerprint, each with words to know it by."""

    name: str
    known: Mapping[str, str]


def read_baseline(path: Path) -> Baseline:
    """Return the results of a report that `kg validate` has written as JSON or SARIF.

    Raises: ProjectError when the file is missing or is no such report.
    """
    try:
        # in whatever encoding: a shell may have written UTF-16
        document = json.loads(path.read_bytes())
        return Baseline(str(path), dict(_known(document)))
    except OSError as error:
        raise ProjectError(f"--baseline {path}: cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProjectError(
            f"--baseline {path}: is no report of kg validate. "
            f"Write one: kg validate --format json={path}"
        ) from error


def _known(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "runs" in document:
        for run in document["runs"]:
            for result in run["results"]:
                said = result["properties"]
                words = _words(result["ruleId"], said["focusNode"], said["path"])
                yield str(result["partialFingerprints"][FINGERPRINT]), words
        return
    for result in document["results"]:
        words = _words(result["rule"], result["focusNode"], result["path"])
        yield str(result["fingerprint"]), words


def _words(rule: str, focus: str, path: str) -> str:
    return " ".join(filter(None, (rule, "at", focus, path)))


def without_known(findings: Findings, baseline: Baseline) -> Findings:
    """Return the findings that are not in the baseline, with notes on those that are or were."""
    found = {one.fingerprint for one in findings.items}
    hidden = len(found & baseline.known.keys())
    gone = [words for print_, words in baseline.known.items() if print_ not in found]
    notes = [f"Hidden: {counted(hidden, 'known result')} of {baseline.name}."]
    if gone:
        named = ", ".join(gone[:NAMED])
        more = f" and {len(gone) - NAMED:,} more" if len(gone) > NAMED else ""
        notes.append(f"Gone: {counted(len(gone), 'result')} of {baseline.name}: {named}{more}.")
    return findings.only(lambda one: one.fingerprint not in baseline.known, *notes)
