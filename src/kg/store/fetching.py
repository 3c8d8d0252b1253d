"""Bring the triples of a remote engine here (storey 3), to be validated as a file would be.

Shapes look at everything that they can reach, and an engine's answers to thousands of small queries
may come from different states of its data; one copy is whole, or refused.
"""

from collections.abc import Iterator
from typing import cast

from pyoxigraph import QuerySolutions, parse_query_results

from kg.errors import RemoteFailed, RemoteTimeout, ResultTooLarge
from kg.rdf.formats import JSON, N_TRIPLES
from kg.source.base import NO_BASE
from kg.store.base import SparqlRequest
from kg.store.remote import COUNT, RemoteStore
from kg.store.remote_client import Client, endpoint_at

# seconds for one request, and bytes of all the triples
SECONDS, BYTES = 600.0, 1_000_000_000
# triples of a page, where the engine does not give all at once: fewer than Virtuoso's own limit
PAGE = 5_000

ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
# the order is the engine's own, and the same for each page
ORDERED = f"{ALL} ORDER BY ?s ?p ?o LIMIT"


def fetched(url: str, default_graph: str = "") -> bytes:
    """Return the triples of the default graph of the engine at a URL, as N-Triples.

    `default_graph` is the graph that stands for the default graph, where the engine has none.
    Raises: ProjectError when it is no URL; StoreUnavailable, RemoteFailed or RemoteTimeout
    when the engine does not answer wholly, ResultTooLarge when it is too much, RemoteFailed when
    what came is not what is there.
    """
    store = RemoteStore(Client(endpoint_at(url)), {}, NO_BASE, default_graph)
    try:
        total = _count(store)
        try:
            lines = _lines(store, ALL)
        except (RemoteFailed, RemoteTimeout):
            lines = list(_pages(store, total))
        if not len(lines) == total == _count(store):
            raise RemoteFailed(
                f"{store.client.endpoint.shown} has {total:,} triples, and {len(lines):,} came: "
                "its data changes meanwhile, or its answers are cut. Validate a dump of it instead."
            )
        return b"".join(lines)
    except ResultTooLarge as error:
        raise RemoteFailed(
            f"{store.client.endpoint.shown} has more than {BYTES // 1_000_000:,} MB. "
            "Validate dumps of its parts, each with all that its shapes look at."
        ) from error
    finally:
        store.close()


def _count(store: RemoteStore) -> int:
    answer = store.answer(SparqlRequest(COUNT, JSON, SECONDS, BYTES))
    solutions = cast("QuerySolutions", parse_query_results(bytes(answer.body), JSON.engine))
    (total,) = (int(row[0].value) for row in solutions)
    return total


def _lines(store: RemoteStore, query: str) -> list[bytes]:
    body = store.answer(SparqlRequest(query, N_TRIPLES, SECONDS, BYTES)).body
    return bytes(body).splitlines(keepends=True)


def _pages(store: RemoteStore, total: int) -> Iterator[bytes]:
    """Yield the triples, a page at a time, where nothing in them depends on the page."""
    sent = 0
    for offset in range(0, total, PAGE):
        for line in _lines(store, f"{ORDERED} {PAGE} OFFSET {offset}"):
            if line.startswith(b"_:") or b" _:" in line.partition(b'"')[0]:
                raise RemoteFailed(
                    f"{store.client.endpoint.shown} gives its data in pages only, and it has nodes "
                    "without names, which are others on each page. Validate a dump of it instead."
                )
            sent += len(line)
            if sent > BYTES:
                raise ResultTooLarge(BYTES)
            yield line
