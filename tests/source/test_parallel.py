"""In however many parts and over whatever executor: the report is the serial one."""

from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context

import pytest

import kg
from kg.errors import ProjectError, ShapesError
from kg.source.parallel import in_parts, run_part
from kg.source.shacl.part import Part
from tests.shacl import generated

EX = "http://example.org/"
ACROSS = """
ex:Unique a sh:NodeShape ; sh:targetClass ex:Thing ; sh:sparql [ sh:prefixes ex:prefixes ;
  sh:message "Another has this name." ;
  sh:select "SELECT $this ?value { $this ex:name ?value . ?other ex:name ?value . FILTER (?other != $this) }" ] .
ex:Named a sh:NodeShape, rdfs:Class ; sh:property [ sh:path [ sh:inversePath ex:next ] ; sh:maxCount 1 ] .
ex:Blank a sh:NodeShape ; sh:targetObjectsOf ex:blank ; sh:nodeKind sh:IRI .
"""  # noqa: E501
BLANK = (
    "ex:x ex:blank [ ex:name 1 ], [ ], 'text', ex:iri . ex:n1 a ex:Named . ex:n2 ex:next ex:n1 ."
)


class Here:
    """An executor that does at once what it is asked, and keeps nothing between two tasks."""

    def submit(self, function):
        future = Future()
        try:
            future.set_result(function())
        except Exception as error:  # noqa: BLE001 - as executors do
            future.set_exception(error)
        return future


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Generated data with faults of every kind, in two files, and shapes that look across them."""
    folder = tmp_path_factory.mktemp("parts")
    lines = generated.data(1_500).splitlines()
    half = next(n for n, line in enumerate(lines) if line.startswith("ex:t30 "))
    for name, text in (
        ("kg.toml", ""),
        ("data/ttl/a.ttl", "\n".join(lines[:half])),
        ("data/ttl/b.ttl", "\n".join([generated.PREFIXES, *lines[half:], BLANK])),
        ("shapes/s.ttl", generated.PREFIXES + generated.SHAPES + ACROSS),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return kg.load(kg.open_project(folder, {}))


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_the_parts_together_find_what_one_run_finds_each_thing_once(source, engine):
    alone = kg.validate(source, engine)
    shapes = {one.source_shape for one in alone.results}
    assert {f"{EX}Unique", f"{EX}Blank"} <= shapes
    found = []

    def run(data, shapes):
        found.extend(results := in_parts(Here(), 3, engine, data, shapes))
        return results

    assert alone == kg.validate(source, engine, run)
    assert len(found) == len(set(found))


def test_every_part_has_work(source):
    done = []

    def run(data, shapes):
        return in_parts(Here(), 3, "reference", data, shapes, lambda: done.append(1))

    assert kg.validate(source).results == kg.validate(source, run=run).results
    assert 3 == len(done)
    names = [f"http://example.org/{n}" for n in range(300)]
    assert all(sum(Part(n, 3).has(name) for name in names) > 60 for n in range(3))


@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_processes_find_what_one_finds(source, engine):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        run = partial(in_parts, executor, 2, engine)
        assert kg.validate(source, engine) == kg.validate(source, engine, run)


def test_where_one_part_gives_up_the_report_is_the_serial_one(write_project):
    shapes = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:maxInclusive 2 ] ."
    data = " ".join(f"ex:a{n} a ex:C ; ex:p {n} ." for n in range(20))
    files = {"kg.toml": "", "shapes/s.ttl": shapes,
             "data/ttl/a.ttl": f"{data} ex:b a ex:C ; ex:p 'x'^^xsd:integer ."}  # fmt: skip
    source = kg.load(kg.open_project(write_project(files), {}))
    assert kg.validate(source) == kg.validate(source, run=partial(in_parts, Here(), 4, "reference"))


def test_what_is_wrong_with_the_shapes_is_raised_by_parts_too(write_project):
    query = "SELECT $this { VALUES $this { <http://example.org/a> } }"
    shapes = f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select '{query}' ] ."
    files = {"kg.toml": "", "shapes/s.ttl": shapes, "data/ttl/a.ttl": "ex:a a ex:C ."}
    source = kg.load(kg.open_project(write_project(files), {}))
    with ThreadPoolExecutor(1) as executor, pytest.raises(ShapesError, match="cannot be used"):
        kg.validate(source, run=partial(in_parts, executor, 2, "reference"))


def die(*_):
    import os

    os._exit(1)


def test_a_process_that_dies_is_said_to_have_died(source, monkeypatch):
    monkeypatch.setattr("kg.source.parallel.run_part", die)
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as executor:
        run = partial(in_parts, executor, 2, "reference")
        with pytest.raises(ProjectError, match=r"was ended, perhaps for want of memory"):
            kg.validate(source, run=run)


@pytest.mark.long
@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_a_dask_cluster_of_two_workers_finds_what_one_process_finds(source, engine):
    # imported here because it is an optional package, and slow
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        workers = []

        def run(data, shapes):
            results = in_parts(client.get_executor(pure=False), 4, engine, data, shapes)
            workers.extend(client.has_what())
            return results

        assert kg.validate(source, engine) == kg.validate(source, engine, run)
        assert 2 == len(workers)


def test_what_a_part_is_asked_for_can_be_sent(source):
    from pickle import dumps, loads

    assert loads(dumps(run_part)) is run_part
    results = kg.validate(source, "fast").results
    assert results == loads(dumps(results))
