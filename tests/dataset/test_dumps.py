"""Dumps are the snapshot, in every format and packing, and the same every time."""

import gzip
import hashlib
import sys
from collections import Counter

import pytest
import zstandard
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, parse

from kg.dataset.catalogue import with_description
from kg.dataset.dumps import DUMP_FORMATS, DUMP_NAMES, write_dumps
from kg.errors import StoreUnavailable
from kg.rdf.formats import TURTLE

FILES = {
    "kg.toml": "",
    "data/ttl/a.ttl": "ex:a a ex:C ; ex:q [ ex:q _:x ] . _:x rdfs:label 'x_:', 'a\\nb'@en .",
    "data/ttl/b.ttl": "ex:a a ex:C ; rdfs:label 'حلب'@ar .",
    "ontology/o.ttl": "ex:C a owl:Class .",
    "shapes/s.ttl": "ex:S sh:property [ sh:path ex:knows ] .",
    "queries/all.rq": "#+ summary: All\nASK {}",
}  # fmt: skip


def unpacked(dump) -> bytes:
    body = dump.path.read_bytes()
    if dump.coding == "gzip":
        return gzip.decompress(body)
    return zstandard.ZstdDecompressor().decompress(body) if dump.coding == "zstd" else body


def canonical(quads) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.fixture
def small(snapshot_of):
    """A snapshot with blank nodes, a triple in two files, and every kind of graph."""
    return snapshot_of(FILES)


@pytest.fixture
def dumps(small, tmp_path):
    """The dumps of the small snapshot."""
    (tmp_path / "dumps").mkdir()
    return write_dumps(small, tmp_path / "dumps")


def test_each_of_four_formats_is_there_plain_and_packed_in_two_ways(dumps):
    assert 12 == len(dumps)
    assert {dump.name for dump in dumps} == DUMP_NAMES
    assert Counter({"": 4, "gzip": 4, "zstd": 4}) == Counter(dump.coding for dump in dumps)


def test_the_digest_of_the_plain_n_quads_is_the_id_of_the_snapshot(small, dumps):
    (dump,) = (dump for dump in dumps if dump.name == "dump.nq")
    assert small.id == dump.sha256 == hashlib.sha256(dump.path.read_bytes()).hexdigest()


def test_size_and_digest_are_those_of_the_file(dumps):
    for dump in dumps:
        body = dump.path.read_bytes()
        assert (len(body), hashlib.sha256(body).hexdigest()) == (dump.bytes, dump.sha256)


def test_packed_files_hold_the_plain_one(dumps):
    plain = {dump.format: dump.path.read_bytes() for dump in dumps if not dump.packing}
    for dump in dumps:
        assert plain[dump.format] == unpacked(dump), dump.name


@pytest.mark.parametrize("format_", DUMP_FORMATS, ids=lambda f: f.extension)
def test_reading_a_dump_gives_the_quads_back(small, dumps, format_):
    (dump,) = (dump for dump in dumps if dump.format is format_ and not dump.packing)
    read = list(parse(dump.path.read_bytes(), format_.engine))
    expected = [Quad(*triple) for triple in small.union()] if format_ is TURTLE else small.quads
    assert len(expected) == len(read)
    assert canonical(expected) == canonical(read)


def test_turtle_holds_the_default_graph_each_triple_once(small, dumps):
    (dump,) = (dump for dump in dumps if dump.name == "dump.ttl")
    assert small.triples == len(list(parse(dump.path.read_bytes(), TURTLE.engine)))


def test_two_builds_of_the_same_files_give_the_same_bytes(snapshot_of, tmp_path):
    digests = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made = write_dumps(snapshot_of(FILES), tmp_path / name)
        digests.append([(dump.name, dump.sha256) for dump in made])
    assert digests[0] == digests[1]


def test_the_computed_description_is_in_no_dump(small, dumps, tmp_path):
    (tmp_path / "described").mkdir()
    described = write_dumps(with_description(small, dumps), tmp_path / "described")
    assert [dump.sha256 for dump in dumps] == [dump.sha256 for dump in described]


def test_a_folder_that_cannot_be_written_to_is_an_error_with_its_name(small, tmp_path):
    with pytest.raises(StoreUnavailable, match="nowhere"):
        write_dumps(small, tmp_path / "nowhere")


def test_a_dump_is_what_the_id_is_of_or_is_not_written(snapshot_of, tmp_path, monkeypatch):
    tangled = "ex:a ex:p " + "[ ex:p " * 12 + "1" + " ]" * 12 + " ."
    snapshot = snapshot_of({"kg.toml": "", "data/ttl/a.ttl": tangled})
    assert snapshot.canonical
    # as a process that the system ends
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(StoreUnavailable, match="tells blank nodes apart was ended"):
        write_dumps(snapshot, tmp_path)
