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


def test_the_tutorial_leads_from_an_article_to_a_served_graph(tmp_path):
    *before, publish, ask = blocks()
    assert 8 <= len(before)
    for name in ("article.txt", "claims.sh"):
        shutil.copy(REPO / "docs" / "tutorial" / name, tmp_path)
    publish, served = publish.splitlines()
    assert "kg serve --published" == served
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    # `kg` of this checkout, whatever else is on the path
    (bin_ / "kg").write_text(f'#!/bin/sh\nexec {sys.executable} -m kg "$@"\n', encoding="utf-8")
    (bin_ / "kg").chmod(0o755)
    done = subprocess.run(
        ["bash", "-eu", "-c", "\n".join([*before, publish])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"},
    )
    assert 0 == done.returncode, done.stdout + done.stderr
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


def test_nothing_of_the_article_is_in_the_repository_but_what_is_marked_as_invented():
    text = Path(REPO / "docs/tutorial/article.txt").read_text("utf-8")
    assert "An invented article: no such place, people or event exists." in text
    assert 180 <= len(text.split()) <= 300
