"""Errors as HTTP: one status for each, decided in one place."""

import asyncio
import inspect
import resource
from pathlib import Path

import httpx
from fastapi import FastAPI

import kg
from kg import errors
from kg.store.opening import open_in_memory
from kg.web.errors import STATUS, add_error_handlers, status_of
from kg.web.readers import readers
from tests.faults.wanting import limited


def test_every_error_has_a_status_of_its_own_or_its_parents():
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    known = [c for c in classes if issubclass(c, errors.KgError)]
    assert len(known) > 12
    assert all(any(parent in STATUS for parent in c.__mro__) for c in known)


def test_a_failing_engine_is_never_not_found():
    assert 503 == status_of(errors.StoreUnavailable("gone"))
    assert 503 == status_of(errors.QueryTimeout(1))
    assert 404 == status_of(errors.NotFound("http://example.org/"))


def test_what_the_machine_lacks_for_a_moment_may_be_asked_again(snapshot_of, tmp_path):
    snapshot = snapshot_of({"a.ttl": "ex:a ex:p 1 ."})
    project = kg.open_project(tmp_path, environ={})
    publication = kg.Publication(project, snapshot, open_in_memory(snapshot))
    app = FastAPI()
    add_error_handlers(app, publication, readers(publication))

    @app.get("/dump.nq")
    def dump() -> str:
        # each number of a handle is above the limit
        with limited(resource.RLIMIT_NOFILE, 0):
            return Path(__file__).read_text(encoding="utf-8")

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get("/dump.nq")

    answer = asyncio.run(asked())
    assert (503, "5") == (answer.status_code, answer.headers["retry-after"])
    assert str(Path(__file__)) not in answer.text


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes():
    drawn = [
        line.split()[-len(line.split()) :] for line in errors.__doc__.splitlines() if "──" in line
    ]
    names = {word for line in drawn for word in line if word.isidentifier() and word[0].isupper()}
    defined = {
        name
        for name, c in inspect.getmembers(errors, inspect.isclass)
        if issubclass(c, errors.KgError) and name != "KgError"
    }
    assert defined <= names
