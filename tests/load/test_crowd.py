"""A small crowd for some seconds; `python scripts/load.py` is the long form."""

import asyncio

import pytest

from tests.conftest import REPO, serving
from tests.load.crowd import held, idle, visited

CLIENTS, SECONDS = 16, 20


@pytest.mark.long
@pytest.mark.alone
def test_a_crowd_sees_no_error_and_leaves_nothing_behind():
    with serving(str(REPO), env={"KG_LOG_REQUESTS": "none"}) as server:
        asyncio.run(idle(server.url, 1, seed=1))
        before = asyncio.run(_after(server, seed=2))
        after = asyncio.run(_after(server, seed=3))
    assert after.files <= before.files + 10
    assert after.threads <= before.threads + 5
    assert after.bytes <= 1.3 * before.bytes


async def _after(server, seed):
    """What the server holds when the crowd has left, which has seen no error."""
    seen = await visited(server.url, CLIENTS, SECONDS / 2, seed)
    wrong = [error for one in seen.values() for error in one.errors]
    # beside the hostile ones two seconds of work may take thirty, and that is told
    assert [] == [error for error in wrong if "The validation was stopped" not in error]
    assert all(one.seconds for one in seen.values())
    return held(server.pid)
