"""What tests of versions share: small states of a data set, published or not."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import kg
from tests.conftest import PREFIXES

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files, given as {path: text}, in the place of what is in a folder."""
    for old in folder.rglob("*.ttl"):
        old.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PREFIXES + text, encoding="utf-8")
    return folder


@pytest.fixture
def state(tmp_path_factory) -> Callable[..., kg.Snapshot]:
    """A function that makes a snapshot of a project of these files, unlike any before it."""

    def make(files: dict[str, str]) -> kg.Snapshot:
        folder = write(tmp_path_factory.mktemp("state"), files)
        (folder / "kg.toml").write_text('base = "http://example.org/"\n[folders]\ndata = "data"\n')
        source = kg.load(kg.open_project(folder, environ={}))
        return kg.build(source, kg.Report((), 0))

    return make


@pytest.fixture
def versions(tmp_path_factory) -> Path:
    """An empty folder for versions."""
    return tmp_path_factory.mktemp("versions")
