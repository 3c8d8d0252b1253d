"""The folder changes while the server runs: nobody who asks notices more than the new data."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from tests.asking import Asking, until, workers_of, written
from tests.conftest import serving
from tests.faults.killing import builders


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A folder that says 0 twice; what is built of it is kept beside it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "data"
    folder.mkdir()
    written(folder, 0)
    return folder


@pytest.fixture
def asking():
    """A function that starts such a client; it is stopped at the end of the test."""
    clients = []

    def start(url: str) -> Asking:
        clients.append(Asking(url))
        clients[-1].start()
        return clients[-1]

    yield start
    for client in clients:
        client.stop.set()
        client.join()


def pipes(pid: int) -> int:
    """How many pipes to workers a process has open, and sockets of clients."""
    found = 0
    for one in Path(f"/proc/{pid}/fd").iterdir():
        # one that was just closed is none
        with suppress(FileNotFoundError):
            found += str(one.readlink()).startswith("socket:")
    return found


@pytest.mark.parametrize("processes", [1, 2])
def test_a_changed_folder_is_served_and_no_request_fails(folder, asking, capfd, processes):
    env = {"KG_SITE_PROCESSES": str(processes)}
    with serving(str(folder), env=env) as server:
        client = asking(server.url)
        for number in (1, 2):
            written(folder, number)
            until(lambda number=number: {str(number)} == client.numbers())
        (folder / "b.ttl").write_text("this is no Turtle", encoding="utf-8")
        until(lambda: "served before is served on" in capfd.readouterr().err)
        (folder / "b.ttl").unlink()
        written(folder, 3)
        until(lambda: {"3"} == client.numbers())
        client.stop.set()
        client.join()
        assert [] == client.failures
        assert {"0", "1", "2", "3"} == {numbers[0] for _, numbers, _ in client.seen}
        mixed = [numbers for _, numbers, _ in client.seen if 1 != len(set(numbers))]
        assert [] == mixed, "each answer is of one snapshot"
        assert 4 == len({tag for address, _, tag in client.seen if address == "/dump.nq"})
        if processes == 1:
            # those of the snapshots before have ended
            until(lambda: 2 == len(workers_of(server.pid)))


def test_what_was_served_before_is_let_go_with_its_handles(folder, asking):
    with serving(str(folder)) as server:
        client, held = asking(server.url), []
        for number in range(1, 6):
            written(folder, number)
            until(lambda number=number: {str(number)} == client.numbers())
            held.append(pipes(server.pid))
        # at most one edition is still on its way out
        until(lambda: pipes(server.pid) <= min(held))


def test_a_change_is_served_though_the_process_that_builds_it_is_killed(folder, asking):
    with serving(str(folder)) as server:
        client = asking(server.url)
        written(folder, 1)
        until(lambda: builders(server.pid))
        for builder in builders(server.pid):
            with suppress(ProcessLookupError):
                os.kill(builder, signal.SIGKILL)
        until(lambda: {"1"} == client.numbers())
        client.stop.set()
        client.join()
        assert [] == client.failures


@pytest.mark.parametrize("name", ["data", "data/ttl"])
def test_a_folder_that_is_made_anew_is_watched_on(tmp_path, folder, capfd, name):
    project = folder / "project"
    data = project / "data/ttl"
    data.mkdir(parents=True)
    (project / "kg.toml").write_text("", encoding="utf-8")
    written(data, 0)
    with serving(str(project)) as server:
        (project / name).rename(tmp_path / "away")
        until(lambda: "served before is served on" in capfd.readouterr().err)
        data.mkdir(parents=True, exist_ok=True)
        for number in (1, 2):
            written(data, number)
            query = {"query": f"ASK {{ ?s ?p {number} }}"}
            until(lambda query=query: server.get("/sparql", params=query).json()["boolean"])


def test_sighup_has_the_files_looked_at_where_they_are_not_watched(folder, asking):
    with serving(str(folder), "--no-reload") as server:
        client = asking(server.url)
        written(folder, 1)
        os.kill(server.pid, signal.SIGHUP)
        until(lambda: {"1"} == client.numbers())
        client.stop.set()
        client.join()
        assert [] == client.failures


def test_a_second_start_reads_what_the_first_has_built(folder, tmp_path):
    with serving(str(folder)) as server:
        before = server.get("/dump.nq").text
    (build,) = (tmp_path / "cache/kg/builds").glob("*/manifest.json")
    written_at = build.stat().st_mtime_ns
    with serving(str(folder)) as server:
        assert before == server.get("/dump.nq").text
        assert server.get("/sparql", params={"query": "ASK { ?s ?p 0 }"}).json()["boolean"]
    assert written_at == build.stat().st_mtime_ns


def test_a_folder_that_holds_the_cache_is_served_without_what_is_built_there(folder, tmp_path):
    with serving(str(tmp_path)) as server:
        assert (tmp_path / "cache/kg/builds/CACHEDIR.TAG").exists()
        written(folder, 1)
        until(lambda: server.get("/sparql", params={"query": "ASK { ?s ?p 1 }"}).json()["boolean"])
        assert "2 triples" in server.get("/llms.txt").text


@pytest.mark.parametrize(
    "name", ["build.pickle", "build.arrays", "store.nq", "dumps/dump.ttl", "manifest.json"]
)
@pytest.mark.parametrize("harm", ["cut", "gone", "changed"])
def test_a_damaged_build_is_never_served_and_is_made_anew(folder, tmp_path, capfd, name, harm):
    from kg.builds.build import read_build

    with serving(str(folder)) as server:
        before = server.get("/dump.ttl").text
    (build,) = (path.parent for path in (tmp_path / "cache/kg/builds").glob("*/manifest.json"))
    assert read_build(build)
    file = build / name
    content = file.read_bytes()
    if harm == "gone":
        file.unlink()
    else:
        half = len(content) // 2
        file.write_bytes(content[:half] + (b"" if harm == "cut" else b"?" + content[half + 1 :]))
    assert read_build(build) is None
    if (name, harm) == ("build.pickle", "changed"):
        with serving(str(folder)) as server:
            assert before == server.get("/dump.ttl").text
        assert "damaged, and is built anew" in capfd.readouterr().err
        assert read_build(build)


def test_a_large_file_of_a_build_is_looked_at_while_it_is_served(folder, tmp_path, capfd):
    from kg.builds.build import LARGE, read_build
    from kg.builds.manifest import write_manifest

    with serving(str(folder)) as server:
        before = server.get("/dump.ttl").text
    (build,) = (path.parent for path in (tmp_path / "cache/kg/builds").glob("*/manifest.json"))
    large = build / "large"
    large.write_bytes(bytes(LARGE + 1))
    write_manifest(build)
    large.write_bytes(bytes(LARGE) + b"?")
    with serving(str(folder)) as server:
        assert before == server.get("/dump.ttl").text
        until(lambda: "built anew, and is served" in capfd.readouterr().err)
        assert before == server.get("/dump.ttl").text
        assert read_build(build)
        assert not large.exists()
