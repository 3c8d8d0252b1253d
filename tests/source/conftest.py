"""Findings for the tests of what makes and writes them."""

from collections.abc import Callable

import pytest

from kg.project import open_project
from kg.source.findings import Findings, findings_of
from kg.source.loading import load
from kg.source.report import Severity, ValidationResult, report_of
from kg.source.shapes import validate

EX = "http://example.org/"


def result(severity=Severity.VIOLATION, **changed) -> ValidationResult:
    """A result on ex:a, changed as the arguments say."""
    fields = {
        "file": "data/a.ttl",
        "focus_node": f"{EX}a",
        "source_shape": f"{EX}S-name",
        "path": f"{EX}name",
        "value": '"x"',
        "message": "It has a name.",
        "component": "MinCountConstraintComponent",
    }
    return ValidationResult(severity, **{**fields, **changed})


@pytest.fixture
def findings(write_project) -> Callable[..., Findings]:
    """A function that makes findings of results, as if these shapes had found them."""

    def make(*results: ValidationResult, shapes: str = "", count: int = 1) -> Findings:
        files = {"kg.toml": "", "data/ttl/a.ttl": "ex:a a ex:C .", "shapes/s.ttl": shapes}
        source = load(open_project(write_project(files), {}))
        return findings_of(source, report_of(results, count))

    return make


@pytest.fixture
def findings_on(write_project) -> Callable[[str, str], Findings]:
    """A function that validates data by shapes, both in Turtle, and returns the findings."""

    def run(shapes: str, data: str, **more: str) -> Findings:
        files = {"kg.toml": "", "data/ttl/a.ttl": data, "shapes/s.ttl": shapes, **more}
        source = load(open_project(write_project(files), {}))
        return findings_of(source, validate(source))

    return run
