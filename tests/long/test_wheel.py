"""The wheel alone, in an empty environment and with no repository beside it."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from email.parser import Parser

import pytest

import kg
from tests.conftest import PREFIXES, REPO, serving

pytestmark = pytest.mark.long


def pip(folder, *arguments):
    command = [folder / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], check=True, cwd=folder)


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """A folder with the wheel and the source distribution, built as a release builds them."""
    folder = tmp_path_factory.mktemp("build")
    venv.create(folder / "venv", with_pip=True)
    pip(folder / "venv", "install", "hatchling>=1.27")
    command = [folder / "venv/bin/python", "-m", "hatchling", "build", "-d", folder / "dist"]
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    return folder / "dist"


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory):
    """An environment that has the wheel and what it needs, and nothing of the repository."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=True)
    (wheel,) = dist.glob("*.whl")
    pip(folder / "venv", "install", "-c", REPO / "constraints.txt", wheel)
    return folder


@pytest.fixture
def run(installed):
    """A function that runs `kg` of the wheel in a folder that has nothing else."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG")}

    def call(*arguments, **env):
        command = [installed / "venv/bin/python", "-I", "-m", "kg", *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=installed,
            env={**kept, "HOME": str(installed), **env},
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def names_in(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_has_every_file_of_the_package_and_no_link(dist):
    (wheel,) = dist.glob("*.whl")
    names = names_in(wheel)
    tracked = subprocess.run(
        ["git", "ls-files", "src/kg", "ontology", "shapes"],
        cwd=REPO,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    links = {path for path in tracked if (REPO / path).is_symlink()}
    package = {path.removeprefix("src/") for path in tracked if path.startswith("src/")}
    assert 6 == len(links)
    assert set() == package - {path.removeprefix("src/") for path in links} - names
    project = "kg/scaffold/projects/claims"
    for role in ("ontology", "shapes"):
        copied = {
            f"{project}/{role}/claimgraph{path[len(role) :]}"
            for path in tracked
            if path.startswith(f"{role}/")
        }
        assert copied
        assert set() == copied - names
    with zipfile.ZipFile(wheel) as archive:
        assert b"cg:Claim" in archive.read(f"{project}/ontology/claimgraph/claims.ttl")


def test_the_metadata_says_what_it_is(dist):
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".dist-info/METADATA")]
        said = Parser().parsestr(archive.read(name).decode())
    assert ("kg-publisher", kg.__version__) == (said["Name"], said["Version"])
    assert ("Apache-2.0", "text/markdown") == (
        said["License-Expression"],
        said["Description-Content-Type"],
    )
    assert "# kg" in said.get_payload()


def test_a_wheel_built_from_the_source_distribution_is_the_same(dist, tmp_path):
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        assert not [member.name for member in archive if member.issym()]
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    command = [dist.parent / "venv/bin/python", "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run(command, cwd=unpacked, check=True, capture_output=True)
    (again,), (wheel,) = (unpacked / "dist").glob("*.whl"), dist.glob("*.whl")
    assert names_in(wheel) == names_in(again)


def test_it_says_its_version_and_completes_its_commands(run, installed):
    assert f"kg {kg.__version__}\n" == run("--version").stdout
    script = subprocess.run(
        [installed / "venv/bin/kg"],
        env={"_KG_COMPLETE": "complete_bash", "COMP_WORDS": "kg va", "COMP_CWORD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "validate" in script.stdout


def test_a_new_project_is_valid_and_is_served_with_all_that_pages_need(run, installed):
    for command in (("init", "mine"), ("fmt", "--check", "mine")):
        assert 0 == run(*command).returncode
    done = run("validate", "mine")
    assert (0, True) == (done.returncode, "conforms: " in done.stdout), done.stdout + done.stderr
    python = str(installed / "venv/bin/python")
    with serving(str(installed / "mine"), python=python, env={"HOME": str(installed)}) as server:
        page = server.get("/id/claim/c-0001", "text/html", follow_redirects=True)
        assert 200 == page.status_code
        assert "The council: 120 visitors" in page.text
        for url in set(page_files(page.text)) | set(
            page_files(server.get("/sparql", "text/html").text)
        ):
            assert 200 == server.get(url).status_code, url
        query = "SELECT ?n { ?q a cg:Quantity ; schema:value ?n }"
        rows = server.get("/sparql", "text/csv", params={"query": query}).text
        assert "n\r\n120\r\n" == rows
        wrong = f"{PREFIXES}<http://e/x> a <https://w3id.org/claimgraph/ontology#Place> ."
        told = server.request(
            "POST", "/validate", content=wrong, headers={"content-type": "text/turtle"}
        )
        assert "The English name is missing" in told.text
    assert sys.executable != python


def page_files(page):
    import re

    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert any(".css" in one for one in found)
    return found
