import os

from kg.builds.cache import builds_in, forget, held
from kg.builds.manifest import write_manifest
from kg.source.caches import is_cache


def test_the_folder_of_builds_says_that_it_is_a_cache(tmp_path):
    with builds_in(tmp_path / "builds") as folder:
        assert tmp_path / "builds" == folder
        assert is_cache(folder)


def test_builds_used_longest_ago_are_removed_and_those_in_use_are_not(tmp_path):
    for name in "abcdefg":
        (tmp_path / name).mkdir()
        write_manifest(tmp_path / name)
    first = held(tmp_path / "a")
    for day, name in enumerate("abcdefg"):
        os.utime(tmp_path / name, (day, day))
    forget(tmp_path)
    assert ["a", "d", "e", "f", "g"] == sorted(path.name for path in tmp_path.iterdir())
    first.let_go()
    forget(tmp_path)
    assert ["d", "e", "f", "g"] == sorted(path.name for path in tmp_path.iterdir())
