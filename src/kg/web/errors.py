"""Errors as HTTP (storey 4): the only place where an exception becomes a status.

Programs get problem details, people a page.
Source: https://www.rfc-editor.org/rfc/rfc9457
"""

import errno
import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from kg.errors import (
    BatchTooLarge,
    BodyTooLarge,
    DataRefused,
    Gone,
    KgError,
    NotAcceptable,
    NotFound,
    NotRepresentable,
    ParametersRefused,
    QueryAbandoned,
    QueryError,
    QuerySyntaxError,
    QueryTimeout,
    RemoteFailed,
    RemoteTimeout,
    ResultTooLarge,
    StoreUnavailable,
    TooManyRequests,
    UnsupportedMediaType,
    Unwritable,
    UpdateRefused,
    ValidationTimeout,
)
from kg.publication import Publication
from kg.rdf.formats import HTML, PROBLEM, with_charset
from kg.rdf.negotiation import choose
from kg.web.error_pages import ErrorPages
from kg.web.links import Link, link_header
from kg.web.readers import Readers
from kg.web.requests import accept_of

# what a machine lacks at times: handles, processes, memory
LACKED = frozenset({errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM})
LACKING = "The server lacks what this takes just now. Try again in a moment."
FAILED = "The server failed on this request; the log says why."

# seconds after which what is too much now may be answered
RETRY = 5
TOO_MUCH_NOW = frozenset({HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS})

STATUS: Mapping[type[KgError], HTTPStatus] = MappingProxyType(
    {
        NotFound: HTTPStatus.NOT_FOUND,
        Gone: HTTPStatus.GONE,
        NotAcceptable: HTTPStatus.NOT_ACCEPTABLE,
        NotRepresentable: HTTPStatus.NOT_ACCEPTABLE,
        Unwritable: HTTPStatus.NOT_ACCEPTABLE,
        UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        BatchTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ResultTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        UpdateRefused: HTTPStatus.FORBIDDEN,
        QueryTimeout: HTTPStatus.SERVICE_UNAVAILABLE,
        ValidationTimeout: HTTPStatus.SERVICE_UNAVAILABLE,
        DataRefused: HTTPStatus.BAD_REQUEST,
        TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
        StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
        QueryAbandoned: HTTPStatus.SERVICE_UNAVAILABLE,
        RemoteFailed: HTTPStatus.BAD_GATEWAY,
        RemoteTimeout: HTTPStatus.GATEWAY_TIMEOUT,
        QueryError: HTTPStatus.BAD_REQUEST,
        KgError: HTTPStatus.INTERNAL_SERVER_ERROR,
    }
)


def status_of(error: KgError) -> HTTPStatus:
    """Return the status of the error's class, or of the nearest one above it."""
    return next(STATUS[class_] for class_ in type(error).__mro__ if class_ in STATUS)


def error_headers(status: HTTPStatus) -> dict[str, str]:
    """Return the headers of an error: it is of this client's wish and of this moment."""
    headers = {"Vary": "Accept", "Cache-Control": "no-store"}
    if status in TOO_MUCH_NOW:
        headers["Retry-After"] = str(RETRY)
    return headers


def add_error_handlers(app: FastAPI, publication: Publication, readers: Readers) -> None:
    """Make every error of the app an answer that says what is wrong and what to do."""
    answer = _answerer(publication, readers)

    @app.exception_handler(KgError)
    async def known(request: Request, error: KgError) -> Response:
        status = status_of(error)
        headers: dict[str, str] = {}
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            # what is wrong on this machine, and where, is for the log alone
            logging.getLogger("uvicorn.error").error("%s", error)
            return await answer(request, status, FAILED, headers)
        if isinstance(error, NotAcceptable) and error.urls:
            links = (Link(url, "alternate", type_) for type_, url in error.urls.items())
            headers["Link"] = link_header(links)
        return await answer(request, status, str(error), headers, error)

    @app.exception_handler(OSError)
    async def lacking(request: Request, error: OSError) -> Response:
        if error.errno not in LACKED:
            raise error
        logging.getLogger("uvicorn.error").error("%s", error)
        return await answer(request, HTTPStatus.SERVICE_UNAVAILABLE, LACKING, {})

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        return await answer(request, HTTPStatus(error.status_code), str(error.detail), headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        wrong = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors())
        return await answer(request, HTTPStatus.BAD_REQUEST, wrong, {})

    @app.exception_handler(Exception)
    async def unknown(request: Request, error: Exception) -> Response:  # noqa: ARG001 - it is logged
        return await answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, FAILED, {})


def members(error: KgError) -> dict[str, Any]:
    """Return what else a problem says: formats that there are, or what is wrong where."""
    if isinstance(error, QuerySyntaxError) and error.line:
        return {"line": error.line, "column": error.column}
    if isinstance(error, Gone):
        return {"replacedBy": list(error.replacements)}
    if isinstance(error, ParametersRefused):
        return {"errors": [{"parameter": name, "detail": why} for name, why in error.wrong.items()]}
    if not isinstance(error, NotAcceptable):
        return {}
    offered = [
        {"type": type_, **({"href": error.urls[type_]} if type_ in error.urls else {})}
        for type_ in error.offered
    ]
    return {"alternatives": offered}


class Answerer(Protocol):
    """Makes a response of what went wrong; `error` is what is known of it besides its words."""

    async def __call__(
        self,
        request: Request,
        status: HTTPStatus,
        detail: str,
        headers: Mapping[str, str],
        error: KgError | None = None,
    ) -> Response:
        """Return the response."""
        ...


def _answerer(publication: Publication, readers: Readers) -> Answerer:
    pages = ErrorPages(publication, readers)

    async def answer(
        request: Request,
        status: HTTPStatus,
        detail: str,
        headers: Mapping[str, str],
        error: KgError | None = None,
    ) -> Response:
        headers = {**headers, **error_headers(status)}
        if _wants_page(request):
            seconds = RETRY if status in TOO_MUCH_NOW else 0
            page = await pages.page(request, status, detail, seconds, error)
            headers |= {"Content-Language": page.language}
            return Response(page.body, status, headers, with_charset(page.media_type))
        problem = {
            "type": "about:blank",
            "title": status.phrase,
            "status": status.value,
            "detail": detail,
            "instance": request.url.path,
            **(members(error) if error else {}),
        }
        return Response(json.dumps(problem), status, headers, PROBLEM.media_type)

    return answer


def _wants_page(request: Request) -> bool:
    try:
        return choose(accept_of(request), (PROBLEM, HTML)) is HTML
    except NotAcceptable:
        return False
