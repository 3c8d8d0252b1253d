"""What the page of an error says besides its message (storey 3): what was meant, what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from pyoxigraph import Literal, NamedNode

from kg.dataset.addresses import DOCUMENT_FORMATS, format_path
from kg.dataset.description import preferred
from kg.dataset.nearby import words
from kg.dataset.snapshot import Snapshot
from kg.errors import (
    BatchTooLarge,
    BodyTooLarge,
    Gone,
    KgError,
    NotAcceptable,
    NotFound,
    NotRepresentable,
    QueryTimeout,
    RemoteFailed,
    ResultTooLarge,
    StoreUnavailable,
    TooManyRequests,
    Unwritable,
    ValidationTimeout,
)
from kg.rdf.formats import FORMATS, RESULT_FORMATS
from kg.rdf.namespaces import SKOS
from kg.views.pages import ErrorPage, FormatLink, SitePart
from kg.views.values import value_of

# the page has words for each kind: what happened, and what to do
KINDS: Mapping[type[KgError], str] = MappingProxyType(
    {
        NotFound: "unknown",
        Gone: "gone",
        NotAcceptable: "format",
        NotRepresentable: "format",
        Unwritable: "format",
        BodyTooLarge: "body",
        BatchTooLarge: "body",
        ResultTooLarge: "large",
        TooManyRequests: "many",
        QueryTimeout: "slow",
        ValidationTimeout: "body",
        StoreUnavailable: "busy",
        RemoteFailed: "busy",
    }
)
BY_STATUS: Mapping[int, str] = MappingProxyType(
    {
        HTTPStatus.NOT_FOUND: "unknown",
        HTTPStatus.METHOD_NOT_ALLOWED: "method",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "large",
    }
)


def error_page(site: SitePart, status: HTTPStatus, detail: str, seconds: int = 0) -> ErrorPage:
    """Return the page of an error of which no more than its status is known."""
    kind = BY_STATUS.get(status, "")
    return ErrorPage(site, status.value, status.phrase, detail, kind, seconds=seconds)


def explained(page: ErrorPage, snapshot: Snapshot, error: KgError, url: str) -> ErrorPage:
    """Return the page with what is known of the error; `url` is what was asked for."""
    kind = next((KINDS[class_] for class_ in type(error).__mro__ if class_ in KINDS), page.kind)
    page = replace(page, kind=kind)
    if isinstance(error, NotFound):
        return replace(page, asked=words(error.iri))
    if isinstance(error, Gone):
        notes = snapshot.objects(NamedNode(error.iri), f"{SKOS}changeNote")
        why = preferred(snapshot, [note for note in notes if isinstance(note, Literal)])
        instead = tuple(value_of(snapshot, NamedNode(iri)) for iri in error.replacements)
        return replace(page, instead=instead, why=value_of(snapshot, why) if why else None)
    return replace(page, formats=tuple(_formats(snapshot, error, url)))


def with_near(page: ErrorPage, snapshot: Snapshot, iris: Iterable[str]) -> ErrorPage:
    """Return the page of what is not there with what may have been meant."""
    return replace(page, near=tuple(value_of(snapshot, NamedNode(iri)) for iri in iris))


def _formats(snapshot: Snapshot, error: KgError, url: str) -> Iterable[FormatLink]:
    """Yield what can be had in the place of a format that cannot."""
    if isinstance(error, NotAcceptable):
        for type_ in error.offered:
            yield FormatLink(NAMES.get(type_, type_), error.urls.get(type_, ""), type_)
    if isinstance(error, NotRepresentable):
        for kind in DOCUMENT_FORMATS:
            if kind.name != error.name:
                link = format_path(snapshot, error.iri, kind)
                yield FormatLink(kind.name, link, kind.media_type)
    if isinstance(error, Unwritable):
        path, _, query = url.partition("?")
        asked = dict(parse_qsl(query))
        for format_ in RESULT_FORMATS:
            if format_.name != error.name:
                link = f"{path}?{urlencode({**asked, 'format': format_.extension})}"
                yield FormatLink(format_.name, link, format_.media_type)


NAMES: Mapping[str, str] = MappingProxyType(
    {kind.media_type: kind.name for kind in (*RESULT_FORMATS, *DOCUMENT_FORMATS, *FORMATS)}
)
