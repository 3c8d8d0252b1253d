"""What Lighthouse says of a page as a phone loads it."""

import json
import os
import subprocess

import pytest

from tests.browser.conftest import FLAGS, executable
from tests.browser.kinds import KINDS
from tests.conftest import REPO

pytestmark = pytest.mark.long

LIGHTHOUSE = REPO / "tests" / "clients" / "node_modules" / ".bin" / "lighthouse"
# performance is measured where nothing else runs, and not asserted yet
CATEGORIES = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize("kind", ["overview", "claim", "query"])
def test_a_page_has_at_least_95_of_100_for_people_practice_and_search_engines(
    server, kind, tmp_path
):
    report = tmp_path / "report.json"
    command = [
        str(LIGHTHOUSE), f"{server.url}{KINDS[kind]}", "--quiet", "--output=json",
        f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
    ]  # fmt: skip
    env = {**os.environ, "CHROME_PATH": executable()}
    subprocess.run(command, check=True, env=env, timeout=240)
    found = json.loads(report.read_text(encoding="utf-8"))["categories"]
    scores = {name: round(100 * found[name]["score"]) for name in CATEGORIES}
    assert {name: score for name, score in scores.items() if score < 95} == {}
