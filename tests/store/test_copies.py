"""Copies of a snapshot on disk."""

import pytest

from kg.errors import ProjectError, StoreUnavailable
from kg.store.copies import temporary, write_copy
from kg.store.routing import PYOXIGRAPH


def test_a_copy_for_rows_that_never_differ_is_the_same_one_for_the_reference_engine(
    small_snapshot, tmp_path
):
    copy = write_copy(small_snapshot, tmp_path / "store", "auto")
    assert PYOXIGRAPH == copy.of_reference().engine
    assert (copy.path, copy.base) == (copy.of_reference().path, copy.of_reference().base)


def test_a_copy_that_has_no_place_says_so(small_snapshot, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="cannot be written to disk"):
        write_copy(small_snapshot, tmp_path / "file" / "store")
    with pytest.raises(StoreUnavailable, match="cannot be written to disk"):
        temporary(tmp_path / "file")


def test_a_copy_for_an_engine_that_is_unknown_is_refused(small_snapshot, tmp_path):
    with pytest.raises(ProjectError):
        write_copy(small_snapshot, tmp_path / "store", "no engine")


def test_a_temporary_folder_is_gone_with_its_owner(tmp_path):
    with temporary(tmp_path) as name:
        assert [name] == list(map(str, tmp_path.iterdir()))
    assert [] == list(tmp_path.iterdir())
