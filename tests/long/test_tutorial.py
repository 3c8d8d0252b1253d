"""The tutorial, run as it is printed, from an article to a graph that is served."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPO, serving

pytestmark = pytest.mark.long

TUTORIAL = REPO / "docs" / "tutorial.md"


def blocks():
    return re.findall(r"^```sh\n(.*?)^```", TUTORIAL.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def ran(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run commands in a folder, with the `kg` of this checkout, whatever else is on the path."""
    bin_ = folder / "bin"
    bin_.mkdir()
    (bin_ / "kg").write_text(f'#!/bin/sh\nexec {sys.executable} -m kg "$@"\n', encoding="utf-8")
    (bin_ / "kg").chmod(0o755)
    done = subprocess.run(
        ["bash", "-eu", "-c", commands],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"},
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done


def test_the_tutorial_leads_from_an_article_to_a_served_graph(tmp_path):
    *before, publish, ask = blocks()
    assert 8 <= len(before)
    for name in ("article.txt", "claims.sh"):
        shutil.copy(REPO / "docs" / "tutorial" / name, tmp_path)
    publish, served = publish.splitlines()
    assert "kg serve --published" == served
    done = ran("\n".join([*before, publish]), tmp_path)
    assert "The English label is missing." in done.stdout
    assert 6 == done.stdout.count("the shapes want nothing more of it"), done.stdout
    assert 3 == len(re.findall(r"^conforms: .*, no results$", done.stdout, re.MULTILINE))
    assert "+ two of the eleven piers" in done.stdout
    project = tmp_path / "larkmoor"
    assert 12 == len(list((project / "data/ttl/claims").iterdir()))
    with serving(str(project), "--published") as server:
        said = subprocess.run(
            ["bash", "-eu", "-c", ask.replace("http://127.0.0.1:8000", server.url)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    assert "two piers cracked" in said
    assert "Council: the meadow is not for sale" in said
    assert "rdf:predicate cg:rebuts" in (project / "data/ttl/arguments/0001.ttl").read_text("utf-8")


def test_a_second_article_is_encoded_in_the_same_way_from_end_to_end(tmp_path):
    for name in ("second.txt", "second.sh"):
        shutil.copy(REPO / "docs" / "tutorial" / name, tmp_path)
    done = ran("sh second.sh && cd tarn && kg release ../release", tmp_path)
    assert re.search(r"^conforms: .*, no results$", done.stdout, re.MULTILINE)
    assert "36 in place, 0 moved" in done.stdout
    crate = (tmp_path / "release" / "ro-crate-metadata.json").read_text("utf-8")
    assert "Nanopublication of c-0004" in crate
    with serving(str(tmp_path / "tarn"), "--published") as server:
        nested = server.get("/doc/claim/c-0004", "text/html").text
        charged = server.get("/doc/claim/c-0005", "text/html").text
    for name in ("Author of the article on the reservoir", "Petra Vale", "Weather service"):
        assert name in nested
    assert "Northwater answers the charge." in charged.partition("Against it")[2]


def test_nothing_of_the_article_is_in_the_repository_but_what_is_marked_as_invented():
    for name in ("article.txt", "second.txt"):
        text = Path(REPO / "docs/tutorial" / name).read_text("utf-8")
        assert "An invented article: no such place, people or event exists." in text
        assert 180 <= len(text.split()) <= 300
