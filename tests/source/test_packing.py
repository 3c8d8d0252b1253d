import bz2
import gzip
import lzma
import resource

import pytest
import zstandard

from kg.errors import SourceError
from kg.project import open_project
from kg.source.loading import load
from kg.source.packing import CannotUnpack, unpacked, unpacked_bytes

PACK = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}
TURTLE = b"<http://example.org/a> <http://example.org/p> 1 .\n"


@pytest.mark.parametrize("suffix", PACK)
def test_a_packed_file_is_read_as_what_is_in_it(tmp_path, suffix):
    (tmp_path / f"a.ttl.{suffix}").write_bytes(PACK[suffix](TURTLE))
    source = load(open_project(tmp_path, environ={}))
    (quad,) = source.quads("data")
    assert "http://example.org/graph/a" == quad.graph_name.value
    assert f"a.ttl.{suffix}" == source.files[0].path
    alone = load(open_project(tmp_path / f"a.ttl.{suffix}", environ={}))
    assert list(source.quads("data")) == list(alone.quads("data"))


@pytest.mark.parametrize("suffix", PACK)
def test_a_broken_or_truncated_packing_is_named_with_its_file(tmp_path, suffix):
    whole = PACK[suffix](TURTLE * 100)
    for content in (whole[: len(whole) // 2], b"not packed at all"):
        (tmp_path / f"a.ttl.{suffix}").write_bytes(content)
        with pytest.raises(SourceError, match=rf"a\.ttl\.{suffix}: cannot be read: "):
            load(open_project(tmp_path, environ={}))


@pytest.mark.parametrize("suffix", PACK)
def test_what_would_unpack_to_too_much_is_not_unpacked(tmp_path, suffix):
    path = tmp_path / f"a.nt.{suffix}"
    path.write_bytes(PACK[suffix](b"#" * 50_000_000))
    assert path.stat().st_size < 100_000
    refused = pytest.raises(CannotUnpack, match=r"more than 1,000,000 bytes.*unpacked_bytes")
    with refused, unpacked(path, 1_000_000):
        raise AssertionError
    settings = {"KG_LIMITS_UNPACKED_BYTES": "1000000"}
    with pytest.raises(SourceError, match="unpacks to more than 1,000,000 bytes"):
        load(open_project(tmp_path, environ=settings))


@pytest.mark.parametrize("suffix", PACK)
def test_a_disk_that_is_full_is_not_the_fault_of_what_is_packed(tmp_path, suffix):
    (tmp_path / f"a.nt.{suffix}").write_bytes(PACK[suffix](b"#" * 5_000_000))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(SourceError, match=r"cannot be read: File too large$"):
            load(open_project(tmp_path, environ={}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("suffix", [*PACK, ""])
def test_a_document_in_memory_is_unpacked_as_a_file_is(suffix):
    pack = PACK.get(suffix, bytes)
    assert TURTLE == unpacked_bytes(f"a.ttl.{suffix}", pack(TURTLE), 1_000)
    if suffix:
        with pytest.raises(CannotUnpack, match="no whole"):
            unpacked_bytes(f"a.ttl.{suffix}", TURTLE, 1_000)
        with pytest.raises(CannotUnpack, match="more than 10 bytes"):
            unpacked_bytes(f"a.ttl.{suffix}", pack(TURTLE), 10)


def test_a_syntax_error_in_a_packed_file_has_its_place(tmp_path):
    (tmp_path / "a.ttl.gz").write_bytes(
        gzip.compress(TURTLE + b"<http://example.org/a> nonsense .")
    )
    with pytest.raises(SourceError, match=r"a\.ttl\.gz:2:"):
        load(open_project(tmp_path, environ={}))


def test_broken_files_are_left_out_where_that_is_asked_for_and_named(tmp_path):
    (tmp_path / "a.ttl").write_bytes(TURTLE)
    (tmp_path / "b.ttl").write_bytes(b"<http://example.org/b> nonsense .")
    (tmp_path / "c.nt.gz").write_bytes(b"no")
    with pytest.raises(SourceError) as caught:
        load(open_project(tmp_path, environ={}))
    assert {"b.ttl", "c.nt.gz"} == {problem.file for problem in caught.value.problems}
    source = load(open_project(tmp_path, environ={}), skip_broken=True)
    assert ["a.ttl"] == [file.path for file in source.files]
    assert caught.value.problems == source.skipped
    (tmp_path / "a.ttl").unlink()
    with pytest.raises(SourceError):
        load(open_project(tmp_path, environ={}), skip_broken=True)
