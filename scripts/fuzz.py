"""Send changed files and queries of the W3C's suites to a running server: the long form.

Usage: PYTHONPATH=. .venv/bin/python scripts/fuzz.py NUMBER [SEED].
It starts a server of a small project, tells what went wrong, and ends with 1 if anything did.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.conftest import Server, serving
from tests.fuzz.mutants import mutants, w3c, write_target, wrong_about_file, wrong_about_query

# seconds in which an answer must come
PATIENCE = 60


def main(count: int, seed: int) -> int:
    """Return 1 where a mutant got what none may get."""
    wrong = 0
    with (
        TemporaryDirectory() as folder,
        serving(target(folder), "--allow-violations", env={"KG_LOG_REQUESTS": "none"}) as server,
    ):
        for number, (kind, data) in enumerate(requests(count, seed)):
            try:
                found = send(server, kind, data)
            except httpx.HTTPError as error:
                found = repr(error)
            if found:
                wrong += 1
                sys.stdout.write(f"{number} {kind}: {found}\n  {data!r}\n")
        health = server.get("/health").status_code
        sys.stdout.write(f"{count} mutants, {wrong} wrong; health {health}\n")
    return int(wrong > 0)


def target(folder: str) -> str:
    """Return the folder with the project in it."""
    write_target(Path(folder))
    return folder


def requests(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield kinds and mutants: nine queries for each file, which takes a hundred times as long."""
    files = count // 10
    yield from (("query", one) for one in mutants(w3c(".rq"), count - files, seed))
    yield from (("file", one) for one in mutants(w3c(".ttl"), files, seed))


def send(server: Server, kind: str, data: bytes) -> str:
    """Return what is wrong about the answer to a mutant, or ""."""
    if kind == "query":
        headers = {"content-type": "application/sparql-query"}
        asked = server.request(
            "POST", "/sparql?timeout=2", "application/json", content=data, headers=headers,
            timeout=PATIENCE,
        )  # fmt: skip
        return wrong_about_query(asked)
    headers = {"content-type": "text/turtle"}
    asked = server.request(
        "POST", "/validate", "application/json", content=data, headers=headers, timeout=PATIENCE
    )
    return wrong_about_file(asked, data)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
