"""What `npm ci` installs for the tests: the same on every machine, from wherever it takes it."""

import json
import re

from tests.conftest import REPO

FOLDER = REPO / "tests" / "clients"


def test_the_lock_file_holds_every_client_and_no_address_of_a_registry():
    text = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert not re.search(r"https?://[^\"/]*(?:registry|npm)", text)
    locked = json.loads(text)["packages"]
    wanted = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert wanted == {name: locked[f"node_modules/{name}"]["version"] for name in wanted}
    packages = [package for path, package in locked.items() if path]
    assert all("integrity" in package for package in packages)
