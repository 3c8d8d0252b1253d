"""The wheel and the source distribution have all that they need."""

import subprocess
import tarfile
import venv
import zipfile
from email.parser import Parser

import pytest

import kg
from tests.conftest import REPO

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
    assert 5 == len(links)
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
