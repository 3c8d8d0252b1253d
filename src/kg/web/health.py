"""`/health` (storey 4): whether requests of every kind are answered here now.

For whoever stands before several servers, and whoever restarts one.
"""

import asyncio
import json
from contextlib import closing

from fastapi import APIRouter, Request, Response

from kg import __version__
from kg.errors import KgError, StoreUnavailable
from kg.publication import Publication
from kg.rdf.formats import JSON, PLAIN_JSON
from kg.store.base import Answer, SparqlRequest, Steps, Until
from kg.store.opening import REMOTE
from kg.web.turns import at_end

# what a worker that works answers in a millisecond; seconds and bytes that it may take
QUESTION = SparqlRequest("ASK {}", JSON, 2.0, 1_000)

BUSY = Answer(b"", "")


def router(publication: Publication) -> APIRouter:
    """Return the route; where the data has such an IRI, there is none."""
    routes = APIRouter()
    snapshot, health = publication.snapshot, Health(publication)

    async def answer(request: Request) -> Response:  # noqa: ARG001 - a route is given it
        """Answer with 200 and words, or 503 and words."""
        words = await health.words()
        said = {"status": "ready", "detail": words, "snapshot": snapshot.id, "kg": __version__}
        headers = {"Cache-Control": "no-store"}
        return Response(json.dumps(said), headers=headers, media_type=PLAIN_JSON.media_type)

    if not snapshot.describes(f"{snapshot.base}health"):
        routes.add_route("/health", answer, ["GET", "HEAD"])
    return routes


class Health:
    """Looks at the store; whoever asks meanwhile is told what that look finds."""

    def __init__(self, publication: Publication) -> None:
        self._store = publication.store
        self._remote = publication.project.store.kind.startswith(REMOTE)
        self._looking: asyncio.Task[str] | None = None

    async def words(self) -> str:
        """Return how it is. Raises: StoreUnavailable when queries cannot be answered."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        return await asyncio.shield(self._looking)

    async def _look(self) -> str:
        try:
            answer = await at_end(_unless_busy(self._store.steps(QUESTION)))
        except KgError as error:
            if self._remote:
                # it would fail the others as well, and IRIs need no engine
                return f"IRIs are answered, queries are not: {error}"
            raise StoreUnavailable(f"Queries are not answered: {error}") from error
        return "All workers are busy." if answer is BUSY else "Queries are answered."


def _unless_busy(steps: Steps) -> Steps:
    """Yield the steps, and end where they wait for a worker: one that works is not broken."""
    with closing(steps):
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            if isinstance(step, Until) and step.file is None:
                return BUSY
            yield step
