"""Servers that lack something; `python scripts/faults.py 50` is the long form."""

import pytest

from tests.faults.wanting import (
    build_damaged,
    clock_jumping,
    disk_full,
    files_changing,
    handles_exhausted,
)

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("faults", "times"),
    [
        (disk_full, 1),
        (files_changing, 2),
        (build_damaged, 10),
        (clock_jumping, 2),
        (handles_exhausted, 1),
    ],
)
def test_the_last_good_snapshot_is_served_whatever_is_wanting(faults, times, tmp_path):
    assert [] == faults(tmp_path, times, seed=1)
