"""Large answers, which go through a file."""

import json
from pathlib import Path

import pytest

from kg.errors import QueryTimeout
from kg.rdf.formats import JSON
from kg.store.base import Answer, SparqlRequest
from kg.store.copies import temporary, write_copy
from kg.store.large import large_answer
from kg.store.worker import WorkerStore
from tests.store.test_worker import children

SELECT = "SELECT ?a ?b { ?a ex:p ?b . ?c ex:p ?d } LIMIT 20000"


@pytest.fixture
def workers(snapshot_of):
    """A store of one worker, the folder of its large answers, and its process id."""
    snapshot = snapshot_of({"a.ttl": "".join(f"ex:a{n} ex:p {n} ." for n in range(300))})
    directory, others = temporary(), children()
    copy = write_copy(snapshot, Path(directory.name) / "store")
    store = WorkerStore(copy, 1, 2_000_000_000, directory)
    yield store, Path(directory.name), children() - others
    store.close()


def large(store, query=SELECT, seconds=30.0) -> Answer:
    """The answer as the web process gets it."""
    steps = store.steps(SparqlRequest(query, JSON, seconds, 100_000_000))
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_a_large_answer_is_that_of_its_file_and_leaves_nothing_behind(workers):
    store, folder, _ = workers
    answer = large(store)
    assert isinstance(answer.body, memoryview)
    assert 20_000 == len(json.loads(answer.whole)["results"]["bindings"])
    assert [] == list(folder.glob("*.answer"))


def test_an_answer_stays_what_it_is_while_others_are_made(workers):
    store, _, _ = workers
    first = large(store)
    second = large(store, SELECT.replace("?a ?b {", "?d {"))
    assert first.whole != second.whole
    assert first.whole == large(store).whole


def test_a_small_answer_needs_no_file(workers):
    assert isinstance(large(workers[0], "ASK {}").body, bytes)


def test_what_a_stopped_worker_had_begun_to_write_is_removed(workers):
    store, folder, (worker,) = workers
    large_answer(str(folder), worker).write_bytes(b"half")
    with pytest.raises(QueryTimeout):
        large(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", 0.3)
    assert [] == list(folder.glob("*.answer"))
