"""The second engine: what it must be like the first in, and what happens where it cannot be."""

import sys
import tempfile

import pytest

from kg.errors import ProjectError, QueryTimeout, ResultTooLarge, StoreUnavailable
from kg.rdf.formats import CSV, JSON, RESULT_FORMATS
from kg.settings import StoreSettings
from kg.store.base import SparqlRequest
from kg.store.opening import open_store
from kg.store.sparq import TwoEngines, chosen_engine, open_engines, write_for_sparq

pytest.importorskip("sparq")

NUMBERS = {"a.ttl": "".join(f"ex:a{n} ex:p {n} ." for n in range(600))}
# a product that fits into memory, and a condition that is looked for anew in each of its rows
ENDLESS = (
    "SELECT (COUNT(*) AS ?x) { ?a ?b ?c . ?d ?e ?f"
    " FILTER EXISTS { ?g ex:p ?h FILTER (?h > ?c + ?f + 5000) } }"
)
GREEDY = "SELECT (COUNT(*) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def open_with(snapshot_of):
    """A function that opens a store of one worker with that engine; all are closed at the end."""
    opened = []
    snapshot = snapshot_of(NUMBERS)

    def make(engine, memory=2_000_000_000):
        opened.append(open_store(StoreSettings("worker", 1, memory, engine), snapshot))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def request_for(query, format_=JSON, seconds=30.0, size=1_000_000):
    return SparqlRequest(query, format_, seconds, size)


def test_a_query_past_its_deadline_is_stopped_and_the_next_is_answered(open_with):
    store = open_with("sparq")
    with pytest.raises(QueryTimeout):
        store.answer(request_for(ENDLESS, seconds=0.5))
    assert b"true" in store.answer(request_for("ASK { ex:a1 ex:p 1 }")).body


def test_a_query_that_needs_too_much_memory_ends_only_itself(open_with):
    store = open_with("sparq", memory=400_000_000)
    with pytest.raises(StoreUnavailable, match="much memory"):
        store.answer(request_for(GREEDY))
    assert b"true" in store.answer(request_for("ASK { ex:a1 ex:p 1 }")).body


@pytest.mark.parametrize("format_", RESULT_FORMATS, ids=lambda f: f.name)
def test_an_answer_over_the_limit_is_refused_in_every_format(open_with, format_):
    store = open_with("sparq")
    query = "SELECT ?s ?o { ?s ex:p ?o }"
    size = len(store.answer(request_for(query, format_)).body)
    assert size == len(store.answer(request_for(query, format_, size=size)).body)
    with pytest.raises(ResultTooLarge):
        store.answer(request_for(query, format_, size=size - 1))


@pytest.mark.parametrize(
    "query",
    ["SELECT (<http://www.opengis.net/def/function/geosparql/distance>(1, 2) AS ?x) {}",
     "SELECT (xsd:date('2014-01-01') AS ?x) {}"],
)  # fmt: skip
def test_a_function_that_only_the_reference_has_is_answered_by_it(open_with, query):
    expected, found = (
        open_with(engine).answer(request_for(query, CSV)).body for engine in ("pyoxigraph", "sparq")
    )
    assert expected == found


@pytest.mark.parametrize("engine", ["sparq", "auto"])
def test_closing_leaves_no_files(open_with, tmp_path_factory, monkeypatch, engine):
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    store = open_with(engine)
    (made,) = folder.iterdir()
    assert {"store", "store.nq", "store.sparq"} == {path.name for path in made.iterdir()}
    store.close()
    assert [] == list(folder.iterdir())


def test_a_folder_of_many_graphs_takes_as_few_files_as_one(snapshot_of, tmp_path):
    snapshot = snapshot_of({f"a{n}.ttl": f"ex:a{n} ex:p {n} ." for n in range(50)})
    write_for_sparq(snapshot, tmp_path / "store", "sparq")
    assert len(list((tmp_path / "store.sparq").rglob("*"))) < 20


def test_without_sparq_auto_is_pyoxigraph_and_asking_for_it_says_what_to_do(
    monkeypatch, snapshot_of, tmp_path
):
    # as Python says of a module that cannot be imported
    monkeypatch.setitem(sys.modules, "sparq", None)
    assert "pyoxigraph" == chosen_engine("auto")
    with pytest.raises(ProjectError, match=r"sparq is not installed. Run `pip install"):
        chosen_engine("sparq")
    write_for_sparq(snapshot_of(NUMBERS), tmp_path / "store", "pyoxigraph")
    assert [] == list(tmp_path.glob("store*"))


def test_an_unknown_engine_is_a_wrong_setting(open_with):
    with pytest.raises(ProjectError, match=r"store.engine: 'jena' is not known"):
        open_with("jena")


def test_without_its_files_the_reference_answers_alone(tmp_path):
    reference = object()
    assert reference is open_engines(reference, tmp_path / "store", "auto")
    assert not isinstance(reference, TwoEngines)
