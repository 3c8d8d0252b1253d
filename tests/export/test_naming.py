"""Names of files that any file system takes."""

import pytest

from kg.export.naming import LONGEST, digest_of, names_of


@pytest.mark.parametrize(
    "target",
    [
        "/doc/a/../b",
        "/doc/con",
        "/doc/x.",
        "/doc/caf\u00e9",
        "/doc/a?b",
        "/doc/" + "l" * (LONGEST + 1),
    ],
)
def test_an_awkward_address_has_a_digest_for_its_name(target):
    assert names_of([target]) == {target: digest_of(target)}


def test_names_read_like_addresses():
    assert names_of(["/", "/doc/claim/c-1"]) == {"/": "index", "/doc/claim/c-1": "doc/claim/c-1"}


def test_names_that_could_meet_are_kept_apart():
    names = names_of(["/doc/a", "/doc/A", "/doc/b", "/doc/b.ttl", "/doc/c", "/doc/c.ttl/d"])
    kept = [target for target, name in names.items() if not name.startswith("_/")]
    assert kept == ["/doc/b", "/doc/c.ttl/d"]
    assert len({name.casefold() for name in names.values()}) == 6
