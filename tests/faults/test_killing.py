"""Some processes that are killed; `python scripts/faults.py 50` is the long form."""

import pytest

from tests.faults.killing import reload_killed, server_killed, workers_killed
from tests.faults.writing import export_killed, publish_killed

pytestmark = pytest.mark.long


@pytest.mark.parametrize("faults", [workers_killed, server_killed, reload_killed])
def test_nothing_is_lost_when_a_process_is_killed_at_any_moment(faults, tmp_path):
    assert [] == faults(tmp_path, 5, seed=1)


@pytest.mark.parametrize("faults", [publish_killed, export_killed])
def test_what_was_published_or_exported_is_whole_when_the_next_is_killed(faults, tmp_path):
    assert [] == faults(tmp_path, 2, seed=1)
