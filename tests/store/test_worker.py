import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.errors import KgError, QueryTimeout, ResultTooLarge, StoreUnavailable
from kg.rdf.formats import JSON
from kg.settings import StoreSettings
from kg.store.base import SparqlRequest
from kg.store.copies import Copy, temporary
from kg.store.opening import open_store
from kg.store.routing import PYOXIGRAPH
from kg.store.worker import TICK, WorkerStore

# 600 subjects joined five times without a common variable: no machine ends it
ENDLESS = "SELECT (COUNT(*) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"


def nested(depth: int) -> str:
    return f"ASK {'{' * depth}{'}' * depth}"


def children() -> set[int]:
    """The ids of this process's children."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,comm=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=False,
    )
    return {int(line.split()[0]) for line in listed.stdout.splitlines() if line.split()[1] != "ps"}


@pytest.fixture
def open_workers(snapshot_of):
    """A function that opens a store with that many workers; all are closed at the end."""
    opened = []
    snapshot = snapshot_of({"a.ttl": "".join(f"ex:a{n} ex:p {n} ." for n in range(600))})

    def make(workers: int, memory: int = 2_000_000_000):
        opened.append(open_store(StoreSettings("worker", workers, memory), snapshot))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def answer(store, query, seconds=30.0):
    return store.answer(SparqlRequest(query, JSON, seconds, 1_000_000)).body


def test_a_query_past_its_deadline_is_stopped_and_the_next_is_answered(open_workers):
    store = open_workers(1)
    with pytest.raises(QueryTimeout, match=r"stopped after 0\.2 s") as caught:
        answer(store, ENDLESS, seconds=0.2)
    assert 0.2 == caught.value.seconds
    assert b"true" in answer(store, "ASK {}")


def test_a_query_without_end_stops_soon_after_the_last_row_that_it_may_have(open_workers):
    request = SparqlRequest(
        "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON, 30, 10**9, rows=700
    )
    with pytest.raises(ResultTooLarge, match="700 rows"):
        open_workers(1).answer(request)


def test_a_query_may_be_nested_a_hundred_thousand_deep(open_workers):
    assert b"true" in answer(open_workers(1), nested(100_000))


def test_a_query_nested_too_deep_ends_only_itself(open_workers):
    store = open_workers(1)
    with pytest.raises(StoreUnavailable, match="ended the process"):
        answer(store, nested(500_000))
    assert b"true" in answer(store, "ASK {}")


def test_a_stopped_query_leaves_one_process_which_is_there_for_the_next(open_workers):
    before = children()
    store = open_workers(1)
    used = children() - before
    for query in (ENDLESS, nested(500_000)):
        with pytest.raises(KgError):
            answer(store, query, seconds=0.5)
        (successor,) = children() - before
        assert successor not in used
        used.add(successor)
    answer(store, "ASK {}")
    assert {successor} == children() - before


def test_workers_that_cannot_begin_are_said_to_end(tmp_path, capfd):
    store = WorkerStore(
        Copy(tmp_path / "absent", {}, "http://e/", PYOXIGRAPH), 1, 2_000_000_000, temporary()
    )
    try:
        with pytest.raises(StoreUnavailable, match="before they are ready; the log says why"):
            answer(store, "ASK {}")
    finally:
        store.close()
    assert str(tmp_path / "absent") in capfd.readouterr().err


def test_a_worker_that_died_unasked_is_replaced_before_a_query_notices(open_workers):
    before = children()
    store = open_workers(1)
    (process,) = children() - before
    os.kill(process, signal.SIGKILL)
    # until it is dead, but not yet buried: that is the store's to do
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    assert b"true" in answer(store, "ASK {}")


def test_a_query_that_needs_too_much_memory_ends_only_itself(open_workers):
    store = open_workers(1, memory=400_000_000)
    with pytest.raises(StoreUnavailable, match="much memory"):
        answer(store, GREEDY, seconds=20)
    assert b"true" in answer(store, "ASK {}")


def test_a_closed_store_answers_nothing_and_starts_nothing(open_workers):
    before = children()
    store = open_workers(1)
    store.close()
    with pytest.raises(StoreUnavailable, match="being stopped"):
        answer(store, "ASK {}")
    assert set() == children() - before


def test_there_are_as_many_processes_as_workers(open_workers):
    before = children()
    open_workers(3)
    assert 3 == len(children() - before)


def test_closing_leaves_no_process(open_workers):
    before = children()
    open_workers(2).close()
    assert before == children()


def test_closing_leaves_no_files(open_workers, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    store = open_workers(1)
    assert 1 == len(list(folder.iterdir()))
    store.close()
    assert [] == list(folder.iterdir())


def test_a_query_that_runs_while_the_store_closes_leaves_no_process(open_workers):
    before = children()
    store = open_workers(1)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(answer, store, ENDLESS, 1.0)
        store.close()
        assert isinstance(running.exception(), KgError)
    assert before == children()


def test_closing_twice_is_closing(open_workers):
    store = open_workers(1)
    store.close()
    assert store.close() is None


def test_when_every_worker_is_busy_the_store_says_so(open_workers):
    store = open_workers(1)
    # twice as many run as are there when nothing takes long
    running = [store.steps(SparqlRequest(ENDLESS, JSON, 30, 1000)) for _ in range(2)]
    for steps in running:
        while next(steps).seconds != TICK:  # a worker is still waited for
            pass
    with pytest.raises(StoreUnavailable, match="busy"):
        answer(store, "ASK {}", seconds=0.1)
    for steps in running:
        steps.close()


SUICIDE = """if True:
    import os, pathlib, sys, kg, kg.settings
    from kg.rdf.formats import JSON
    source = kg.load(kg.open_project(pathlib.Path(sys.argv[1]), {}))
    settings = kg.settings.StoreSettings("worker", 1)
    store = kg.open_store(settings, kg.build(source, kg.Report((), 0)))
    store.answer(kg.SparqlRequest("ASK {}", JSON, 30, 1000))
    os.kill(os.getpid(), 9)
"""


def test_a_worker_ends_with_a_parent_that_is_killed(write_project, tmp_path_factory):
    folder = write_project({"a.ttl": "ex:a ex:p 1 ."})
    # the worker holds standard output too, so that this returns when both have ended
    ended = subprocess.run(
        [sys.executable, "-c", SUICIDE, str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("temporary"))},
        check=False,
    )
    assert -9 == ended.returncode
