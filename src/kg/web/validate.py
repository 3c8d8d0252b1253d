"""Validation as a service (storey 4): RDF in, the report on it out.

The posted graph is checked by the shapes that are served, beside the ontology that is served, by
`kg validate` in a process of its own, which is killed at the deadline.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response
from pyoxigraph import Quad, serialize

from kg.errors import DataRefused, StoreUnavailable, UnsupportedMediaType, ValidationTimeout
from kg.publication import Publication
from kg.rdf.formats import FORMATS, N_QUADS, TEXT, Format, with_charset
from kg.web.requests import client_of, media_type_of, read_body
from kg.web.turns import turns

# validations at a time: each has a process, and there are queries to answer too
AT_ONCE = 2


def router(publication: Publication) -> APIRouter:
    """Return the route of the service."""
    routes = APIRouter()
    at_once = turns(AT_ONCE)

    @routes.api_route("/validate", methods=["POST"])
    async def validated(request: Request) -> Response:
        """Answer with the report on the graph in the body."""
        format_ = _format_of(request)
        body = await read_body(request, publication.project.limits.body_bytes)
        report = await at_once.run(client_of(request), _report, publication, body, format_)
        return Response(report, media_type=with_charset(TEXT.media_type))

    @routes.api_route("/validate", methods=["GET", "HEAD"], include_in_schema=False)
    def explained() -> Response:
        """Refuse in words what would otherwise be an IRI that nobody knows."""
        raise HTTPException(405, "POST the RDF to be validated to this URL.", {"Allow": "POST"})

    return routes


def _format_of(request: Request) -> Format:
    media_type = media_type_of(request)
    for format_ in FORMATS:
        if media_type in (format_.media_type, *format_.aliases):
            return format_
    known = ", ".join(format_.media_type for format_ in FORMATS)
    raise UnsupportedMediaType(f"Send RDF as one of {known}, not {media_type or 'nothing'}.")


def _report(publication: Publication, body: bytes, format_: Format) -> str:
    """Return the text report on a graph.

    Raises: DataRefused when it is not in that format, ValidationTimeout at the deadline.
    """
    with tempfile.TemporaryDirectory(prefix="kg-") as name:
        folder = Path(name)
        posted = folder / "data" / f"posted.{format_.extension}"
        posted.parent.mkdir()
        posted.write_bytes(body)
        for role in ("ontology", "shapes"):
            _write(publication.snapshot.in_role(role), folder / role)
        # a project with the usual folders; settings of this process are not for it
        (folder / "kg.toml").write_text('[folders]\ndata = "data"\nqueries = ""\n')
        return _validated(folder, publication.project.limits.query_seconds)


def _write(quads: Iterator[Quad], folder: Path) -> None:
    folder.mkdir()
    serialize(quads, str(folder / f"all.{N_QUADS.extension}"), N_QUADS.engine)


def _validated(folder: Path, seconds: float) -> str:
    command = [sys.executable, "-m", "kg", "validate", str(folder)]
    env = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no user input in the arguments
            command, capture_output=True, text=True, timeout=seconds, check=False, env=env
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationTimeout(seconds) from error
    if done.returncode in (0, 1):
        return done.stdout
    message = done.stderr.strip().removeprefix("kg: ")
    if "posted." not in message:
        raise StoreUnavailable(f"The validation failed: {message}")
    raise DataRefused(message)
