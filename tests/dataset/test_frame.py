import pytest

from kg.dataset.catalogue import with_description
from kg.dataset.description import describe
from kg.dataset.frame import data_set, description_graph, fragment, frame

EX = "http://example.org/"
DATASET = "ex:mine a <http://rdfs.org/ns/void#Dataset> . "


def test_the_data_set_is_the_one_that_the_data_describes(snapshot_of):
    snapshot = snapshot_of({"a.ttl": DATASET})
    assert f"{EX}mine" == data_set(snapshot).value == frame(snapshot).dataset


def test_a_folder_that_describes_no_data_set_gets_an_iri_for_it(snapshot_of):
    snapshot = snapshot_of({"a.ttl": "ex:a ex:p 1 ."})
    assert data_set(snapshot) is None
    assert f"{EX}dataset" == frame(snapshot).dataset


def test_what_the_data_calls_dataset_or_description_is_not_mixed_with_ours(snapshot_of):
    files = {"description.ttl": "ex:dataset a ex:Magazine .", "a.ttl": "ex:a ex:p 1 ."}
    described = with_description(snapshot_of(files))
    assert f"{EX}graph/description-computed" == description_graph(described)
    assert f"{EX}graph/description-computed#dataset" == frame(described).dataset
    assert 1 == len(describe(described, f"{EX}dataset").quads)
    assert 1 == len(describe(described, f"{EX}graph/description").quads)


@pytest.mark.parametrize("turtle", [DATASET, "ex:a ex:p 1 ."])
def test_a_described_snapshot_has_the_same_data_set_and_graph(snapshot_of, turtle):
    snapshot = snapshot_of({"a.ttl": turtle})
    before, after = frame(snapshot), frame(with_description(snapshot))
    assert (before.dataset, before.graph) == (after.dataset, after.graph)
    assert description_graph(snapshot) is None


@pytest.mark.parametrize("key", ["a b", "é", "x#y", "http://x.example/?q", "", "a%20b"])
def test_a_key_that_no_fragment_holds_gives_its_digest(key):
    name = fragment("http://example.org/doc", "class", key)
    assert name.startswith("http://example.org/doc#class-")
    assert 16 == len(name.rpartition("-")[2])
