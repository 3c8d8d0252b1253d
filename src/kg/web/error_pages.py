"""The pages of errors (storey 4), with what only the data knows: what may have been meant."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus

from fastapi import Request
from pyoxigraph import NamedNode

from kg.dataset.addresses import document_path
from kg.dataset.nearby import Spellings, nearby, spellings
from kg.dataset.tombstones import INVALIDATED
from kg.errors import Gone, KgError, NotFound, StoreUnavailable, TooManyRequests
from kg.publication import Publication
from kg.rdf.terms import text_of
from kg.versions.reading import version_path
from kg.views.error_page import error_page, explained, with_near
from kg.views.html import render
from kg.views.representation import Representation
from kg.web.readers import Readers
from kg.web.requests import client_of
from kg.web.turns import turns

# what may have been meant: so many are shown, and so many pages look for them at once
SHOWN, AT_ONCE = 6, 2


class ErrorPages:
    """Makes the pages of errors; what was spelled alike is looked for in threads of their own."""

    def __init__(self, publication: Publication, readers: Readers) -> None:
        self._publication = publication
        self._readers = readers
        self._turns = turns(AT_ONCE)
        self._spellings = cache(self._spelled)

    async def page(
        self,
        request: Request,
        status: HTTPStatus,
        detail: str,
        seconds: int,
        error: KgError | None = None,
    ) -> Representation:
        """Return the page; `seconds` is when to ask again, or 0, `error` what is known of it."""
        reader = self._readers.of(request)
        page = error_page(reader.site, status, detail, seconds)
        if error is None:
            return render(page)
        query = request.scope["query_string"].decode("ascii", errors="replace")
        page = explained(page, reader.snapshot, error, f"{request.url.path}?{query}")
        if isinstance(error, NotFound):
            iris = await self._aside(request, error.iri)
            page = with_near(page, reader.snapshot, iris)
        if isinstance(error, Gone):
            page = replace(page, past=self._past(error.iri))
        return render(page)

    async def _aside(self, request: Request, iri: str) -> tuple[str, ...]:
        """Return what may have been meant, nothing where too many ask that already."""
        try:
            return await self._turns.run(client_of(request), self._near, iri)
        except (TooManyRequests, StoreUnavailable):
            return ()

    def _near(self, iri: str) -> tuple[str, ...]:
        return nearby(self._spellings(), self._publication.labels, iri, SHOWN)

    def _spelled(self) -> Spellings:
        return spellings(self._publication.snapshot)

    def _past(self, iri: str) -> str:
        """Return the URL of what was said last of an IRI before it was withdrawn, or ""."""
        snapshot, archive = self._publication.snapshot, self._publication.archive
        moment = min(self._moments(iri), default=None)
        if moment is None:
            return ""
        before = [one for one in archive.describing(iri) if one.date < moment]
        path = document_path(snapshot, iri)
        return f"{version_path(before[-1].number)}{path}" if before else ""

    def _moments(self, iri: str) -> Iterator[datetime]:
        for predicate in INVALIDATED:
            for term in self._publication.snapshot.objects(NamedNode(iri), predicate):
                with suppress(ValueError):
                    date = datetime.fromisoformat(text_of(term))
                    yield date if date.tzinfo else date.replace(tzinfo=UTC)
