"""What is built from `frontend/` is what it is said to be, small, and under known licences."""

import gzip
import json
import re
import subprocess

import pytest

from tests.conftest import REPO

FRONTEND = REPO / "frontend"
STATIC = REPO / "src" / "kg" / "views" / "static"

LOCK = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))


def test_the_lock_file_names_no_host_and_has_a_digest_of_every_package():
    packages = [package for name, package in LOCK["packages"].items() if name]
    assert len(packages) >= 17
    assert [] == [package for package in packages if "resolved" in package]
    assert [] == [package for package in packages if not package["integrity"].startswith("sha512-")]


def test_every_package_is_pinned_and_codemirror_5_is_not_among_them():
    package = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    asked = package["dependencies"] | package["devDependencies"]
    assert [] == [name for name, version in asked.items() if not re.fullmatch(r"[\d.]+", version)]
    assert "node_modules/codemirror" not in LOCK["packages"]


def test_the_licence_of_every_package_in_the_built_files_is_listed():
    text = (STATIC / "THIRD_PARTY.txt").read_text(encoding="utf-8")
    listed = re.findall(r"^(\S+) ([\d.]+) \(MIT\)$", text, re.MULTILINE)
    assert len(listed) >= 14
    for name, version in listed:
        assert version == LOCK["packages"][f"node_modules/{name}"]["version"], name
    assert len(listed) == text.count("Permission is hereby granted")


@pytest.mark.parametrize(("name", "limit"), [("editor.js", 125), ("kg.js", 8), ("kg.css", 8)])
def test_scripts_and_styles_are_within_their_budget_in_kilobytes(name, limit):
    assert len(gzip.compress((STATIC / name).read_bytes())) <= limit * 1000


@pytest.mark.long
def test_the_committed_files_are_what_the_sources_give(tmp_path):
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=FRONTEND, check=True)
    built = sorted(path.name for path in tmp_path.iterdir())
    assert ["THIRD_PARTY.txt", "basemap.json", "editor.js"] == built
    for name in built:
        assert (STATIC / name).read_bytes() == (tmp_path / name).read_bytes(), name


def test_every_rule_of_the_style_sheet_is_closed_before_the_next_section():
    text = (STATIC / "kg.css").read_text(encoding="utf-8")
    for section in re.split(r"^/\* .*? \*/$", text, flags=re.MULTILINE | re.DOTALL):
        assert section.count("{") == section.count("}"), section[:200]
