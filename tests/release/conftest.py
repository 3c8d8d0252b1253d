"""A release of the claim graph, and of small projects."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.release.writing import write_release
from kg.store.embedded import open_in_memory

DATASET = """
<http://example.org/dataset> a <http://rdfs.org/ns/void#Dataset> ;
  <http://purl.org/dc/terms/title> "Things"@en ;
  <http://purl.org/dc/terms/description> "Two things."@en ;
  <http://purl.org/dc/terms/issued> "2026-11-22"^^xsd:date ;
  <http://purl.org/dc/terms/creator> ex:ann ;
  <http://purl.org/dc/terms/license> <https://creativecommons.org/publicdomain/zero/1.0/> .
ex:ann a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> "Ann" .
"""

SETTINGS = 'base = "http://example.org/"\n[folders]\ndata = "data"\n'


@pytest.fixture(scope="session")
def released(snapshot, tmp_path_factory) -> Path:
    """The folder of a release of the claim graph."""
    folder = tmp_path_factory.mktemp("released")
    write_release(snapshot, open_in_memory(snapshot), folder)
    return folder


@pytest.fixture
def release_of(snapshot_of, tmp_path_factory) -> Callable[..., Path]:
    """A function that releases a small data set, given as {path: text}, and returns its folder."""

    def release(files: dict[str, str], dataset: str = DATASET) -> Path:
        snapshot = snapshot_of({"kg.toml": SETTINGS, "data/dataset.ttl": dataset, **files})
        folder = tmp_path_factory.mktemp("release")
        write_release(snapshot, open_in_memory(snapshot), folder)
        return folder

    return release
