"""Misspelt names, asked of us and of csv-reconcile over the same names."""

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.dataset.labels import TEXT, label_index
from kg.dataset.matching import find
from tests.conftest import REPO
from tests.dataset.misspelling import misspelt, ranks

PYTHON = REPO / ".venv" / "csv-reconcile" / "bin" / "python"
NUMBER, LIMIT = 200, 10


@pytest.fixture(scope="module")
def index(snapshot):
    return label_index(snapshot)


@pytest.fixture(scope="module")
def asked(index):
    return misspelt(index, NUMBER)


@pytest.fixture(scope="module")
def theirs(index, asked, tmp_path_factory):
    """The IRIs that csv-reconcile finds for each of the misspelt names, the best first."""
    if not PYTHON.exists():
        pytest.skip("csv-reconcile is not installed (sh scripts/csv-reconcile.sh installs it)")
    folder = tmp_path_factory.mktemp("rival")
    names = [name for name in index.names if name.kind != TEXT]
    with (folder / "names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "name"))
        writer.writerows((place, name.text) for place, name in enumerate(names))
    (folder / "queries.json").write_text(json.dumps([text for text, _ in asked]), "utf-8")
    program = shutil.copy(Path(__file__).with_name("rival.py"), folder)
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [str(PYTHON), program]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    answers = json.loads(ran.stdout)
    return [[names[int(place)].iri for place in answer] for answer in answers]


@pytest.mark.long
def test_csv_reconcile_does_no_better_on_any_of_two_hundred_misspelt_names(index, asked, theirs):
    ours = [[one.iri for one in find(index, text, LIMIT)] for text, _ in asked]
    assert NUMBER == len(asked) == len(theirs)
    better = [
        (text, meant)
        for (text, meant), us, them in zip(asked, ours, theirs, strict=True)
        if ranks(them, meant) < ranks(us, meant)
    ]
    assert [] == better
    first = [sum(ranks(found, meant) == 1 for (_, meant), found in zip(asked, every, strict=True))
             for every in (ours, theirs)]  # fmt: skip
    assert first[0] > first[1] > NUMBER / 2
