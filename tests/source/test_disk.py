from pathlib import Path

import pytest

from kg.source.disk import to_disk


def test_a_file_and_a_folder_come_to_the_disk(tmp_path):
    (tmp_path / "a").write_bytes(b"a")
    before = opened()
    to_disk(tmp_path / "a")
    to_disk(tmp_path)
    assert before == opened()


@pytest.mark.parametrize("name", ["nowhere", "/dev/null"])
def test_what_cannot_come_to_a_disk_is_an_error(tmp_path, name):
    before = opened()
    with pytest.raises(OSError, match=r"No such file|Invalid argument"):
        to_disk(tmp_path / name)
    assert before == opened()


def opened() -> set[Path]:
    """The files that this process has open."""
    return set(Path("/proc/self/fd").iterdir())
