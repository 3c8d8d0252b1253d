"""Validation as a service (storey 4): RDF in, the report on it out.

The posted graph is checked by the project's shapes, beside its ontology, by `kg validate` in a
process of its own, which is killed at the deadline.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import BoundedSemaphore

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool

from kg.errors import DataRefused, StoreUnavailable, UnsupportedMediaType, ValidationTimeout
from kg.project import Project
from kg.publication import Publication
from kg.rdf.formats import FORMATS, TEXT, Format, with_charset
from kg.web.requests import media_type_of, read_body

# validations at a time: each has a process, and there are queries to answer too
AT_ONCE = 2


def router(publication: Publication) -> APIRouter:
    """Return the route of the service."""
    routes = APIRouter()
    places = BoundedSemaphore(AT_ONCE)

    @routes.post("/validate")
    async def validated(request: Request) -> Response:
        """Answer with the report on the graph in the body."""
        project = publication.project
        format_ = _format_of(request)
        body = await read_body(request, project.limits.body_bytes)
        report = await run_in_threadpool(_report, project, body, format_, places)
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


def _report(project: Project, body: bytes, format_: Format, places: BoundedSemaphore) -> str:
    """Return the text report on a graph.

    Raises: DataRefused when it is not in that format, ValidationTimeout at the deadline,
    StoreUnavailable when too many validations are running.
    """
    if not places.acquire(timeout=project.limits.query_seconds):
        raise StoreUnavailable("Too many validations are running. Try again in a moment.")
    try:
        with tempfile.TemporaryDirectory(prefix="kg-") as folder:
            _write(Path(folder), project, body, format_)
            return _validated(folder, project.limits.query_seconds)
    finally:
        places.release()


def _write(folder: Path, project: Project, body: bytes, format_: Format) -> None:
    """Make a project of the graph, with the shapes and ontology of the one that is served."""
    data = folder / "data"
    data.mkdir()
    (data / f"posted.{format_.extension}").write_bytes(body)
    folders = {"data": "data", "queries": ""}
    for name in ("ontology", "shapes"):
        own = getattr(project.folders, name)
        folders[name] = str((project.root / own).absolute()) if own else ""
    # a JSON string is a TOML string
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in folders.items()]
    (folder / "kg.toml").write_text("[folders]\n" + "".join(lines), encoding="utf-8")


def _validated(folder: str, seconds: float) -> str:
    command = [sys.executable, "-m", "kg", "validate", folder]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no user input in the arguments
            command, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationTimeout(seconds) from error
    if done.returncode not in (0, 1):
        raise DataRefused(done.stderr.strip().removeprefix("kg: "))
    return done.stdout
