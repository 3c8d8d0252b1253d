"""Adding versions: whole or not at all, in order, and nothing that others link to is lost."""

import fcntl
import json
import os
import resource
import subprocess
import sys
from datetime import timedelta

import pytest

from kg.errors import NotPublishable, VersionsError
from kg.versions.publishing import publish
from kg.versions.reading import read_snapshot
from kg.versions.version import read_versions, require_whole
from tests.versions.conftest import DAY, write

ONE = {"data/a.ttl": "ex:a ex:p 1 ."}
TWO = {"data/a.ttl": "ex:a ex:p 2 ."}

# publishes the project of the first argument in the folder of the second, and is killed at the
# n-th thing that it asks of the system; it says how many there were where it was not
KILLED = """
import os, signal, sys
from pathlib import Path
import kg
from kg.versions.publishing import publish

source = kg.load(kg.open_project(Path(sys.argv[1]), environ={}))
snapshot = kg.build(source, kg.Report((), 0))
fatal, count = int(sys.argv[3]), 0

def note(event, arguments):
    global count
    count += 1
    if count == fatal:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(note)
publish(snapshot, Path(sys.argv[2]))
print(count)
"""


def test_a_version_is_a_dump_with_its_digest_for_an_id_and_the_next_has_the_next_number(
    state, versions
):
    first, is_new = publish(state(ONE), versions, "begun", DAY)
    second, _ = publish(state(TWO), versions, date=DAY + timedelta(days=1))
    assert (True, 1, 2) == (is_new, first.number, second.number)
    command = ["sha256sum", versions / "1" / "dump.nq"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert first.id == told.split()[0]
    assert (first, second) == read_versions(versions)
    assert "begun" == json.loads((versions / "1" / "version.json").read_text())["note"]


def test_what_has_not_changed_is_not_published_again(state, versions):
    publish(state(ONE), versions, date=DAY)
    again, is_new = publish(state(ONE), versions)
    assert (1, False) == (again.number, is_new)
    assert 1 == len(read_versions(versions))


def test_a_version_is_read_as_the_snapshot_that_it_was(state, versions):
    written = state({"data/a.ttl": "ex:a ex:p [ ex:q 1 ], ( 1 2 ) ."})
    version, _ = publish(written, versions, date=DAY)
    read = read_snapshot(version)
    assert (written.id, written.triples) == (read.id, read.triples)
    assert written.prefixes == read.prefixes
    assert "/version/1" == read.root


def test_a_version_is_read_under_another_base(state, versions):
    version, _ = publish(state(ONE), versions, date=DAY)
    moved = read_snapshot(version, "http://localhost:1/")
    assert moved.describes("http://localhost:1/a")
    assert not moved.describes("http://example.org/a")
    assert "http://localhost:1/" == dict(moved.prefixes.pairs)["ex"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda path: (path / "dump.nq").write_text("<a> <b> <c> .\n"), "damaged"),
        (lambda path: (path / "dump.nq").unlink(), "No such file"),
        (lambda path: (path / "version.json").write_text("{"), "cannot be read"),
        (lambda path: (path / "version.json").write_text('{"layout": 2}'), "Update kg"),
        (lambda path: (path / "version.json").write_text('{"layout": 1}'), "KeyError"),
        (lambda path: path.rename(path.parent / "3"), "version 2 is missing"),
    ],
)
def test_a_damaged_folder_is_told_with_its_file_and_takes_no_version(
    state, versions, damage, words
):
    publish(state(ONE), versions, date=DAY)
    publish(state(TWO), versions, date=DAY + timedelta(days=1))
    damage(versions / "2")
    with pytest.raises(VersionsError, match=words) as error:
        publish(state(ONE), versions)
    assert str(versions) in str(error.value)
    assert {"1", "2"} >= {path.name for path in versions.glob("[0-4]")} - {"3"}


def test_a_clock_that_went_back_publishes_nothing(state, versions):
    publish(state(ONE), versions, date=DAY)
    with pytest.raises(VersionsError, match="Look at the clock"):
        publish(state(TWO), versions, date=DAY)


def test_of_two_publishers_at_once_one_is_told_to_wait(state, versions):
    with (versions / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(VersionsError, match="another kg publish"):
            publish(state(ONE), versions)
    assert () == read_versions(versions)


def test_a_disk_that_is_full_leaves_what_was_there(state, versions):
    publish(state(ONE), versions, date=DAY)
    large = state({"data/a.ttl": f'ex:a ex:p "{"x" * 200_000}" .'})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(
            VersionsError, match=r"nothing was published: File too large.* Make room"
        ):
            publish(large, versions)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [".lock", "1"] == sorted(path.name for path in versions.iterdir())


@pytest.mark.parametrize("fatal", range(1, 31))
def test_a_publisher_that_is_killed_leaves_the_versions_whole_and_the_next_goes_on(
    state, versions, tmp_path, fatal
):
    publish(state(ONE), versions, date=DAY)
    (tmp_path / "kg.toml").write_text('base = "http://example.org/"\n[folders]\ndata = "data"\n')
    write(tmp_path, TWO)
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(versions), str(fatal)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == -9 or int(done.stdout) < fatal, done.stderr
    for version in read_versions(versions):
        require_whole(version)
    newest, _ = publish(state(TWO), versions)
    assert 2 == newest.number
    assert [".lock", "1", "2"] == sorted(path.name for path in versions.iterdir())


def test_an_iri_that_vanishes_stops_the_publication_and_a_word_on_it_lets_it_pass(state, versions):
    publish(state({"data/a.ttl": "ex:a ex:p ex:b . ex:b ex:p 1 ."}), versions, date=DAY)
    with pytest.raises(NotPublishable, match=r"<http://example\.org/b>"):
        publish(state(ONE), versions)
    kept = "ex:b <http://purl.org/dc/terms/isReplacedBy> ex:a ."
    version, is_new = publish(state({"data/a.ttl": f"ex:a ex:p 1 . {kept}"}), versions)
    assert (2, True) == (version.number, is_new)


def test_a_file_that_vanishes_is_a_graph_that_vanishes(state, versions):
    publish(state({**ONE, "data/b.ttl": "ex:a ex:q 1 ."}), versions, date=DAY)
    with pytest.raises(NotPublishable, match=r"<http://example\.org/graph/b>"):
        publish(state(ONE), versions)


def ontology(version: int, tree: str) -> dict[str, str]:
    header = f"ex:onto a owl:Ontology ; owl:versionIRI <http://example.org/onto/{version}> ."
    return {**ONE, "ontology/o.ttl": f"{header} {tree}"}


TREE = 'ex:Tree a owl:Class ; skos:definition "A plant with a trunk."@en ; rdfs:label "%s"@en .'


def test_a_term_does_not_change_its_meaning_without_a_new_version_of_the_ontology(state, versions):
    publish(state(ontology(1, TREE % "tree")), versions, date=DAY)
    better, _ = publish(state(ontology(1, TREE % "Tree")), versions)
    assert 2 == better.number
    other = TREE.replace("trunk", "stem") % "Tree"
    with pytest.raises(NotPublishable, match="changed in meaning"):
        publish(state(ontology(1, other)), versions)
    version, _ = publish(
        state(ontology(2, other)), versions, date=better.date + timedelta(seconds=1)
    )
    assert 3 == version.number


def test_the_last_member_of_a_long_enumeration_is_part_of_the_meaning(state, versions):
    members = " ".join(f"ex:m{number}" for number in range(1_000))
    listed = "ex:Tree a owl:Class ; owl:equivalentClass [ owl:oneOf ( %s ex:%s ) ] ."
    publish(state(ontology(1, listed % (members, "oak"))), versions, date=DAY)
    with pytest.raises(NotPublishable, match="changed in meaning"):
        publish(state(ontology(1, listed % (members, "elm"))), versions)


def test_a_term_leaves_the_ontology_only_after_a_version_in_which_it_was_deprecated(
    state, versions
):
    publish(state(ontology(1, TREE % "tree")), versions, date=DAY)
    stone = "ex:Tree <http://purl.org/dc/terms/isReplacedBy> ex:a ."
    with pytest.raises(NotPublishable, match="left the ontology"):
        publish(state(ontology(2, stone)), versions, date=DAY + timedelta(1))
    deprecated = TREE % "tree" + " ex:Tree owl:deprecated true ."
    publish(state(ontology(1, deprecated)), versions, date=DAY + timedelta(1))
    version, _ = publish(state(ontology(2, stone)), versions, date=DAY + timedelta(2))
    assert 3 == version.number
