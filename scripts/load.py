"""Let a crowd come to a server of the claim graph: the long form.

Usage: PYTHONPATH=. .venv/bin/python scripts/load.py [CLIENTS] [SECONDS], by default 64 and 600.
It tells what the visitors saw and what the server held, and ends with 1 where one saw an error.
"""

import asyncio
import sys
from itertools import islice

from tests.conftest import REPO, serving
from tests.load.crowd import Held, held, idle, table, visited

# requests of each kind that come first, so that the server has what it needs, and those measured
FIRST, ALONE = 10, 60


def main(clients: int, seconds: float) -> int:
    """Return 1 where somebody saw an error."""
    with serving(str(REPO), env={"KG_LOG_REQUESTS": "none"}) as server:
        asyncio.run(idle(server.url, FIRST, seed=1))
        alone = asyncio.run(idle(server.url, ALONE, seed=2))
        asyncio.run(visited(server.url, clients, seconds / 10, seed=3))
        before = held(server.pid)
        seen = asyncio.run(visited(server.url, clients, 0.9 * seconds, seed=4))
        after = held(server.pid)
    sys.stdout.write("\n".join(table(seen, alone)) + "\n")
    for when, one in (("After a tenth of the time", before), ("At the end", after)):
        sys.stdout.write(f"{when}: {told(one)}\n")
    errors = [error for one in seen.values() for error in one.errors]
    sys.stdout.write("".join(f"{error}\n" for error in islice(errors, 20)))
    return int(bool(errors))


def told(one: Held) -> str:
    """Return what a server holds in words."""
    return (
        f"{one.bytes / 1e6:.0f} MB, {one.processes} processes, {one.threads} threads, "
        f"{one.files} files"
    )


if __name__ == "__main__":
    given = [float(one) for one in sys.argv[1:]]
    sys.exit(main(int(given[0]) if given else 64, given[1] if len(given) > 1 else 600.0))
