"""What a folder of versions, or its disk, may do to `kg publish`: it says so, and loses nothing."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest

from kg.errors import VersionsError
from kg.versions.archive import Archive
from kg.versions.publishing import publish
from kg.versions.version import SUMS, read_versions, require_whole
from tests.conftest import serving
from tests.versions.conftest import DAY, write

ONE = {"data/a.ttl": "ex:a ex:p 1 ."}
TWO = {"data/a.ttl": "ex:a ex:p 2 ."}
SETTINGS = 'base = "http://example.org/"\n[folders]\ndata = "data"\n'


def kg(*arguments, before=(), **options):
    command = [*before, sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, **options
    )


@pytest.fixture
def project(tmp_path, state):
    """A project whose state is not that of its one version."""
    (tmp_path / "kg.toml").write_text(SETTINGS)
    write(tmp_path, TWO)
    publish(state(ONE), tmp_path / "versions", date=DAY)
    return tmp_path


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}


@pytest.mark.parametrize("name", ["dump.nq", "version.json", SUMS])
def test_one_byte_that_has_changed_anywhere_in_a_version_is_found(state, versions, name):
    publish(state(ONE), versions, date=DAY)
    file = versions / "1" / name
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(VersionsError) as error:
            require_whole(*read_versions(versions))
        assert str(versions / "1") in str(error.value)
        assert "from a copy" in str(error.value) or "Update kg" in str(error.value)
    file.write_bytes(whole)
    require_whole(*read_versions(versions))


def test_other_programs_check_a_version_too(state, versions):
    publish(state(ONE), versions, date=DAY)
    command = ["sha256sum", "-c", SUMS]
    told = subprocess.run(
        command, cwd=versions / "1", capture_output=True, text=True, check=True, timeout=60
    )
    assert "dump.nq: OK\nversion.json: OK\n" == told.stdout


def test_a_version_of_a_kg_that_wrote_no_sums_is_read(state, versions):
    publish(state(ONE), versions, date=DAY)
    (versions / "1" / SUMS).unlink()
    require_whole(*read_versions(versions))


def test_an_old_version_that_is_damaged_takes_no_new_one(state, versions):
    for number, files in enumerate((ONE, TWO)):
        publish(state(files), versions, date=DAY + timedelta(number))
    (versions / "1" / "dump.nq").write_text("")
    with pytest.raises(VersionsError, match=r"1/dump\.nq: damaged"):
        publish(state({"data/a.ttl": "ex:a ex:p 3 ."}), versions)
    assert 2 == len(read_versions(versions))


def test_all_versions_that_are_damaged_are_named_beside_those_that_are_whole(project, state):
    for number in (2, 3):
        files = {"data/a.ttl": f"ex:a ex:p {number} ."}
        publish(state(files), project / "versions", date=DAY + timedelta(number))
    for number in ("1", "3"):
        (project / "versions" / number / "dump.nq").write_text("")
    told = kg("versions", project)
    assert 2 == told.returncode
    assert ["1  damaged", "2  ", "3  damaged"] == [
        line if "damaged" in line else line[:3] for line in told.stdout.splitlines()
    ]
    assert ["1/dump.nq: damaged", "3/dump.nq: damaged"] == [
        line.partition("versions/")[2].partition(": its")[0] for line in told.stderr.splitlines()
    ]


def test_a_folder_in_which_one_may_not_write_is_told_and_stays_as_it_was(project):
    folder = project / "versions"
    before = contents(folder)
    # the capability by which root writes everywhere
    bound = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []
    folder.chmod(0o555)
    try:
        told = kg("publish", project, before=bound)
    finally:
        folder.chmod(0o755)
    assert 2 == told.returncode
    assert f"kg: {folder}: nothing was published: Permission denied. The versions that " in (
        told.stderr
    )
    assert "Name a folder in which you may write" in told.stderr
    assert before == contents(folder)


def test_a_file_in_the_place_of_the_folder_is_told(project):
    shutil.rmtree(project / "versions")
    (project / "versions").write_text("mine")
    told = kg("publish", project)
    assert 2 == told.returncode
    assert f"kg: {project / 'versions'}: nothing was published: File exists." in told.stderr
    assert "mine" == (project / "versions").read_text()


def test_a_dump_without_a_byte_describes_nothing_and_one_that_is_gone_is_told(state, versions):
    publish(state(ONE), versions, date=DAY)
    archive = Archive(read_versions(versions), "http://example.org/")
    assert archive.versions == archive.describing("http://example.org/a")
    archive.versions[0].dump.write_bytes(b"")
    assert () == archive.describing("http://example.org/a")
    archive.versions[0].dump.unlink()
    with pytest.raises(VersionsError, match=r"1/dump\.nq: cannot be read"):
        archive.describing("http://example.org/a")


def test_a_version_that_is_damaged_while_it_is_served_fails_alone_and_names_no_path(project, capfd):
    file = project / "versions" / "1" / "dump.nq"
    with serving(str(project)) as server:
        file.write_text("")
        failed = server.get("/version/1/doc/a", "text/turtle")
        assert 500 == failed.status_code
        assert "the log says why" in failed.json()["detail"]
        assert "/" not in failed.json()["detail"]
        assert 200 == server.get("/doc/a", "text/turtle").status_code
    assert f"{file}: damaged" in capfd.readouterr().err.replace("\\n", "\n")


def test_a_project_without_versions_is_told_to_have_none(tmp_path):
    (tmp_path / "kg.toml").write_text(SETTINGS)
    write(tmp_path, ONE)
    told = kg("versions", tmp_path)
    none = "no version has been published yet\n"
    assert (0, "", none) == (told.returncode, told.stdout, told.stderr)
