import pwd
from pathlib import Path

import pytest

from kg.builds.cache import builds_in
from kg.source.caches import SIGNATURE, TAG, cache_folder, is_cache


@pytest.fixture
def homeless(monkeypatch):
    """An account without a home, as containers have that run under any number."""

    def unknown(number):
        raise KeyError(number)

    monkeypatch.delenv("HOME")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)


@pytest.mark.parametrize(("given", "expected"), [("/c", "/c/kg/a"), ("", "/home/one/.cache/kg/a")])
def test_the_cache_is_where_the_environment_says(monkeypatch, given, expected):
    monkeypatch.setenv("HOME", "/home/one")
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert Path(expected) == cache_folder("a")


@pytest.mark.usefixtures("homeless")
def test_an_account_without_a_home_has_no_cache_and_keeps_no_builds():
    with pytest.raises(OSError, match="Set XDG_CACHE_HOME"):
        cache_folder("a")
    with builds_in(None) as folder:
        (folder / "a").write_text("", encoding="utf-8")
    assert not folder.exists()


def test_a_folder_is_a_cache_where_it_says_so(tmp_path):
    assert not is_cache(tmp_path)
    (tmp_path / TAG).write_bytes(b"a note")
    assert not is_cache(tmp_path)
    (tmp_path / TAG).write_bytes(SIGNATURE + b"\n# made by a program")
    assert is_cache(tmp_path)
