import os

from kg.builds.cache import builds_in, disown, forget, held, making
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


def test_a_build_that_is_disowned_is_found_by_nobody_and_one_made_in_its_place_is_another(tmp_path):
    folder = tmp_path / "a"
    with making(folder) as beside:
        write_manifest(beside)
    damaged = held(folder)
    disown(folder)
    assert held(folder) is None
    forget(tmp_path)
    assert folder.exists()
    with making(folder) as beside:
        write_manifest(beside)
    new = held(folder)
    assert not new.is_that(damaged)
    assert new.again().is_that(new)


def test_a_build_that_was_disowned_goes_when_nobody_serves_it(tmp_path):
    with making(tmp_path / "a") as beside:
        write_manifest(beside)
    disown(tmp_path / "a")
    forget(tmp_path)
    assert [] == list(tmp_path.iterdir())
