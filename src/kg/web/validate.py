"""Validation as a service (storey 4): RDF in, the report on it out, and a page with a form.

The posted graph is checked by the shapes that are served, beside the ontology that is served, by
`kg validate` in a process of its own, which is killed at the deadline and fetches nothing.
"""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE

from fastapi import APIRouter, Request, Response
from pyoxigraph import Quad, serialize

from kg.errors import (
    DataRefused,
    KgError,
    QueryError,
    ResultTooLarge,
    StoreUnavailable,
    UnsupportedMediaType,
    ValidationTimeout,
)
from kg.project import Project
from kg.publication import Publication
from kg.rdf.formats import FORM, FORMATS, HTML, N_QUADS, PLAIN_JSON, TURTLE, Format, with_charset
from kg.rdf.negotiation import choose
from kg.source.reports.table import REPORT_FORMATS, ReportFormat, find_report_format
from kg.store.seclusion import NICENESS, limit_memory
from kg.views.html import render
from kg.views.pages import ValidatePage
from kg.views.validate_page import example, validate_form_page, validated_page
from kg.web.errors import error_headers, status_of
from kg.web.readers import Readers
from kg.web.requests import (
    accept_of,
    client_of,
    media_type_of,
    parameters_in,
    parameters_of,
    read_body,
)
from kg.web.responses import NEGOTIATED_BYTES, respond
from kg.web.turns import Turns, turns

# validations at a time: each has a process, and there are queries to answer too
AT_ONCE = 2

# the exit code of `kg validate` for what cannot be read
UNREADABLE = 2

# of one graph sent, and of nothing else
HEADERS = (("Vary", NEGOTIATED_BYTES), ("Cache-Control", "no-store"))


@dataclass(frozen=True, slots=True)
class Posted:
    """What was sent to be validated; `form` says whether by a page's form."""

    body: bytes
    format: Format
    form: bool


@dataclass(frozen=True, slots=True)
class Service:
    """What reports are made from: the publication, readers of pages, and turns to run."""

    publication: Publication
    readers: Readers
    turns: Turns


# usual folders, without checks of what only a whole data set can have
SETTINGS = """
[folders]
data = "data"
queries = ""
[checks]
dangling-iri = "what is posted is a part"
unused-term = "what is posted is a part"
unused-prefix = "all that are served are declared beside what is posted"
"""


def router(publication: Publication, readers: Readers) -> APIRouter:
    """Return the routes of the service."""
    routes = APIRouter()
    snapshot, project = publication.snapshot, publication.project
    service = Service(publication, readers, turns(AT_ONCE))
    text = example(snapshot, project.site.classes)

    @routes.api_route("/validate", methods=["GET", "HEAD", "POST"])
    async def validated(request: Request) -> Response:
        """Answer with the report on the graph in the body, whatever it says; else with a form."""
        if request.method != "POST":
            choose(accept_of(request), (HTML,))
            site = service.readers.of(request).site
            return respond(render(validate_form_page(site, text)))
        row = _wanted(request)
        posted = await _posted(request, project.limits.body_bytes)
        if posted.form and row.format is HTML:
            return await _page(service, request, posted)
        report = await service.turns.run(client_of(request), _report, publication, posted, row)
        return Response(report, 200, dict(HEADERS), with_charset(row.format.media_type))

    return routes


def _wanted(request: Request) -> ReportFormat:
    """Return the format of reports that the parameter `format` names, else the one of Accept."""
    name = parameters_in(request.url.query).one("format")
    if name is None:
        chosen = choose(accept_of(request), [row.format for row in REPORT_FORMATS])
        return next(row for row in REPORT_FORMATS if row.format is chosen)
    if row := find_report_format(name):
        return row
    known = ", ".join(row.name for row in REPORT_FORMATS)
    raise QueryError(f"format: {name[:20]!r} is no format of reports. Known: {known}.")


async def _posted(request: Request, limit: int) -> Posted:
    media_type = media_type_of(request)
    if media_type == FORM.media_type:
        return _filled_in(await read_body(request, limit))
    for format_ in FORMATS:
        if media_type in (format_.media_type, *format_.aliases):
            return Posted(await read_body(request, limit), format_, form=False)
    known = ", ".join(format_.media_type for format_ in FORMATS)
    raise UnsupportedMediaType(f"Send RDF as one of {known}, not {media_type or 'nothing'}.")


def _filled_in(body: bytes) -> Posted:
    """Return what a form has sent: `data`, and its `format` by name; Turtle without one."""
    fields = parameters_of(body)
    data, name = fields.one("data"), fields.one("format") or TURTLE.name
    format_ = next((format_ for format_ in FORMATS if format_.name == name), None)
    if data is None or format_ is None:
        known = ", ".join(format_.name for format_ in FORMATS)
        raise QueryError(
            f"Send RDF with its Content-Type, or a form with data and a format: {known}."
        )
    # browsers send every line end as two characters
    return Posted(data.replace("\r\n", "\n").encode(), format_, form=True)


async def _page(service: Service, request: Request, posted: Posted) -> Response:
    """Answer people with a page that holds the form and the report, or why there is none."""
    reader = service.readers.of(request)
    snapshot, site = reader.snapshot, reader.site
    text, name = posted.body.decode(), posted.format.name
    row = next(row for row in REPORT_FORMATS if row.format is PLAIN_JSON)
    try:
        report = await service.turns.run(
            client_of(request), _report, service.publication, posted, row
        )
        return _sent(validated_page(snapshot, site, text, name, report), 200, dict(HEADERS))
    except KgError as error:
        status = status_of(error)
        page = validate_form_page(site, text, name, str(error))
        return _sent(page, status, error_headers(status))


def _sent(page: ValidatePage, status: int, headers: dict[str, str]) -> Response:
    shown = render(page)
    headers |= {"Content-Language": shown.language}
    return Response(shown.body, status, headers, with_charset(shown.media_type))


def _report(publication: Publication, posted: Posted, row: ReportFormat) -> bytes:
    """Return the report on a graph.

    Raises: DataRefused when it is not in that format, ValidationTimeout at the deadline,
    ResultTooLarge, and StoreUnavailable when it ends without a report.
    """
    snapshot = publication.snapshot
    with tempfile.TemporaryDirectory(prefix="kg-") as name:
        folder = Path(name)
        file = folder / "data" / f"posted.{posted.format.extension}"
        file.parent.mkdir()
        file.write_bytes(posted.body)
        for role in ("ontology", "shapes"):
            _write(snapshot.in_role(role), folder / role)
        # names in reports are short by what the files declare
        lines = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in snapshot.prefixes.pairs]
        (folder / "shapes" / "prefixes.ttl").write_text("".join(lines), encoding="utf-8")
        # a project with the usual folders; settings of this process are not for it
        (folder / "kg.toml").write_text(SETTINGS)
        return _validated(folder, row, publication.project)


def _write(quads: Iterator[Quad], folder: Path) -> None:
    folder.mkdir()
    serialize(quads, str(folder / f"served.{N_QUADS.extension}"), N_QUADS.engine)


def _validated(folder: Path, row: ReportFormat, project: Project) -> bytes:
    seconds, most = project.limits.query_seconds, project.limits.result_bytes
    report = folder / "report"
    command = [sys.executable, "-m", "kg", "validate", str(folder), "--format", row.name]
    env = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    # files are named from the folder, wherever this process runs
    env["GITHUB_WORKSPACE"] = str(folder)
    with (
        report.open("wb") as written,
        subprocess.Popen(  # noqa: S603 - our own module, no user input in the arguments
            command, stdout=written, stderr=PIPE, env=env, process_group=0
        ) as process,
    ):
        os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        limit_memory(project.store.worker_bytes, process.pid)
        try:
            _, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise ValidationTimeout(seconds) from error
    size = report.stat().st_size
    if process.returncode == 0 or (process.returncode == 1 and size):
        if size > most:
            raise ResultTooLarge(most)
        return report.read_bytes()
    raise _refused(process.returncode, errors.decode(errors="replace").strip())


def _refused(code: int, message: str) -> KgError:
    """Return why there is no report; what is wrong on this machine is for the log alone."""
    if code == UNREADABLE and "posted." in message:
        return DataRefused(message.removeprefix("kg: "))
    logging.getLogger("uvicorn.error").error("A validation ended with %s: %s", code, message)
    return StoreUnavailable(
        "The validation ended without a report; the log says why. It may need more memory than it "
        "can have: send less at a time."
    )
