"""docs/security.md says what the code does: every limit, every header, every test that it names."""

import importlib
import re
from dataclasses import fields

import pytest

from kg.project import Project
from kg.settings import Limits
from tests.conftest import REPO

TEXT = (REPO / "docs" / "security.md").read_text(encoding="utf-8")
LIMITS = re.findall(
    r"^\| ([^|]+) \| ([\d,]+) \| `([a-zA-Z_.]+)` \| ([^|]+) \|$", TEXT, re.MULTILINE
)
HEADERS = re.findall(r"^\| `([A-Za-z-]+): ([^`]+)` \| ([^|]+) \|", TEXT, re.MULTILINE)


def value_of(name: str) -> float:
    """The value of a setting's default, or of a constant."""
    where, _, attribute = name.rpartition(".")
    if where.startswith("kg."):
        return getattr(importlib.import_module(where), attribute)
    return getattr(getattr(Project(root=REPO), where), attribute)


@pytest.mark.parametrize(("told", "name"), [(row[1], row[2]) for row in LIMITS], ids=str)
def test_every_limit_is_what_the_code_has(told, name):
    assert float(told.replace(",", "")) == value_of(name)


def test_no_setting_of_limits_is_left_out():
    named = {row[2] for row in LIMITS}
    assert {f"limits.{field.name}" for field in fields(Limits)} <= named
    assert len(named) >= 25


def test_every_test_that_is_named_is_there():
    named = set(re.findall(r"`(tests/[a-z_/.]+)`", TEXT))
    assert len(named) > 10
    assert [name for name in named if not (REPO / name).exists()] == []


def test_every_header_is_sent_where_it_is_said_to_be(server):
    page = server.get("/", "text/html")
    others = {
        "all": [server.get("/doc/claim/c-0045", "text/turtle"), server.get("/none"), page],
        "pages": [page, server.get("/none", "text/html")],
        "errors, `/health`, `/metrics`": [
            server.get("/none"), server.get("/health"), server.get("/metrics"),
        ],
    }  # fmt: skip
    assert len(HEADERS) >= 6
    for name, value, where in HEADERS:
        for answer in others[where]:
            assert value == answer.headers[name], (name, answer.url)


def test_nothing_is_kept_at_the_client(server):
    for path in ("/", "/none", "/sparql?query=ASK%7B%7D", "/claims", "/health"):
        assert "set-cookie" not in server.get(path, "text/html").headers
