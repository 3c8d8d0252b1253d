"""The reconciliation API 0.2 (storey 4): names in a table are matched, and rows get values.

Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from fastapi import APIRouter, Request, Response
from pyoxigraph import NamedNode

from kg.dataset.extending import known_properties, properties_of, values
from kg.dataset.labels import LABEL, TEXT, LabelIndex, Name, indexed, names_of
from kg.dataset.matching import beginning, find
from kg.dataset.reconciling import candidates, is_iri, name_of, typed
from kg.dataset.snapshot import Snapshot
from kg.errors import NotFound, QueryError
from kg.publication import Publication
from kg.rdf.formats import PLAIN_JSON
from kg.rdf.namespaces import RDFS
from kg.views.html import render
from kg.views.preview_page import preview_page, said_of
from kg.web.readers import Readers
from kg.web.reconcile_manifest import manifest
from kg.web.reconcile_requests import MOST, batch_of, extension_of, only, whole
from kg.web.requests import Parameters, client_of, parameters_in, sent_with
from kg.web.responses import respond
from kg.web.turns import Turns, turns

Json = Mapping[str, Any]

# a preview is shown by other sites, and nothing in it runs
FRAMEABLE = "default-src 'none'; style-src 'self'; frame-ancestors *"
AT_ONCE, SUGGESTED = 2, 20


@dataclass(frozen=True, slots=True)
class Desk:
    """What answers are made from; `properties` and `classes` are those in use, with their names.

    `turns` are for work beside the event loop.
    """

    publication: Publication
    snapshot: Snapshot
    properties: Callable[[], LabelIndex]
    classes: Callable[[], LabelIndex]
    turns: Turns


def router(publication: Publication, readers: Readers) -> APIRouter:
    """Return the routes of the service."""
    routes = APIRouter()
    desk = _desk(publication)

    @routes.api_route("/reconcile", methods=["GET", "HEAD", "POST"])
    async def reconcile(request: Request) -> Response:
        """Answer a batch of `queries`, or `extend` rows; without either, say what there is."""
        address = str(request.base_url)
        known = ("queries", "extend")
        return await _answered(desk, request, known, lambda asked: _service(desk, asked, address))

    @routes.api_route("/reconcile/preview", methods=["GET", "HEAD"])
    async def preview(request: Request) -> Response:
        """Show in a small page what an `id` is; other sites may show it in a frame."""
        asked = parameters_in(request.url.query)
        only(asked, ("id", "lang"))
        reader, iri = readers.of(request), _described(desk, asked.one("id"))
        shown = render(preview_page(reader.snapshot, reader.site, iri))
        return respond(shown, {"Content-Security-Policy": FRAMEABLE})

    @routes.api_route("/reconcile/propose", methods=["GET", "HEAD"])
    async def propose(request: Request) -> Response:
        """Propose properties for the rows of a `type`."""
        return await _answered(
            desk, request, ("type", "limit"), lambda asked: _proposed(desk, asked)
        )

    _add_suggest(routes, desk)
    return routes


def _add_suggest(routes: APIRouter, desk: Desk) -> None:
    @routes.api_route("/reconcile/suggest/{kind}", methods=["GET", "HEAD"])
    async def suggest(request: Request, kind: str) -> Response:
        """Complete a `prefix` to entities, types or properties."""
        index = _index(desk, kind)
        known = ("prefix", "cursor")
        return await _answered(desk, request, known, lambda asked: _suggested(desk, index, asked))

    @routes.api_route("/reconcile/flyout/{kind}", methods=["GET", "HEAD"])
    async def flyout(request: Request, kind: str) -> Response:
        """Say in a few words what an `id` is."""
        _index(desk, kind)
        return await _answered(desk, request, ("id",), lambda asked: _flyout(desk, asked))


async def _answered(
    desk: Desk, request: Request, known: Iterable[str], make: Callable[[Parameters], Json]
) -> Response:
    asked = await sent_with(request, desk.publication.project.limits.body_bytes)
    only(asked, known)
    return _sent(await desk.turns.run(client_of(request), make, asked))


def _desk(publication: Publication) -> Desk:
    snapshot = publication.snapshot

    @cache
    def properties() -> LabelIndex:
        return _names(snapshot, known_properties(snapshot))

    @cache
    def classes() -> LabelIndex:
        return _names(snapshot, sorted(snapshot.uses.classes))

    return Desk(publication, snapshot, properties, classes, turns(AT_ONCE))


def _names(snapshot: Snapshot, iris: Sequence[str]) -> LabelIndex:
    quads = (quad for iri in iris for quad in snapshot.about(NamedNode(iri)))
    own = (name for name in names_of(snapshot, quads) if name.kind != TEXT)
    return indexed((*own, *(Name(iri, name_of(snapshot, iri), "", LABEL) for iri in iris)))


def _index(desk: Desk, kind: str) -> LabelIndex:
    indexes = {
        "entity": lambda: desk.publication.labels,
        "type": desk.classes,
        "property": desk.properties,
    }
    if kind not in indexes:
        raise NotFound(kind[:30])
    return indexes[kind]()


def _service(desk: Desk, asked: Parameters, address: str) -> Json:
    queries, extend = asked.one("queries"), asked.one("extend")
    if queries is not None and extend is not None:
        raise QueryError("Send queries or extend, not both.")
    if queries is not None:
        known = frozenset(one.iri for one in desk.properties().names)
        batch = batch_of(queries, known)
        return {key: {"result": _results(desk, wanted)} for key, wanted in batch.items()}
    return manifest(desk.publication, address) if extend is None else _extended(desk, extend)


def _results(desk: Desk, wanted: Any) -> list[Json]:
    snapshot = desk.snapshot
    return [
        {
            "id": one.iri,
            "name": name_of(snapshot, one.iri),
            "score": one.score,
            "match": one.sure,
            "type": typed(snapshot, one.iri),
        }
        for one in candidates(snapshot, desk.publication.labels, wanted)
    ]


def _extended(desk: Desk, text: str) -> Json:
    ids, limits = extension_of(text)
    known = frozenset(one.iri for one in desk.properties().names)
    for name in limits:
        if name not in known:
            raise QueryError(f"extend.properties: nothing here has the property {name[:200]!r}.")
    iris = [_described(desk, iri) for iri in ids]
    return {
        "meta": [{"id": one, "name": name_of(desk.snapshot, one)} for one in limits],
        "rows": {
            iri: {one: values(desk.snapshot, iri, one, most) for one, most in limits.items()}
            for iri in iris
        },
    }


def _described(desk: Desk, iri: str | None) -> str:
    if iri is None or not is_iri(iri) or not desk.snapshot.describes(iri):
        raise QueryError(f"id: nothing here is {(iri or '')[:200]!r}.")
    return iri


def _suggested(desk: Desk, index: LabelIndex, asked: Parameters) -> Json:
    prefix = asked.one("prefix")
    if prefix is None:
        raise QueryError("Send a prefix.")
    start = whole("cursor", asked.one("cursor") or 0, 0)
    first = [prefix] if is_iri(prefix) and desk.snapshot.describes(prefix) else []
    begun = (one.iri for one in beginning(index, prefix, MOST))
    alike = (one.iri for one in find(index, prefix, MOST))
    found = list(dict.fromkeys((*first, *begun, *alike)))[start : start + SUGGESTED]
    return {
        "result": [
            {"id": iri, "name": name_of(desk.snapshot, iri), "notable": typed(desk.snapshot, iri)}
            for iri in found
        ]
    }


def _proposed(desk: Desk, asked: Parameters) -> Json:
    kind = asked.one("type") or f"{RDFS}Resource"
    limit = whole("limit", asked.one("limit") or MOST, 1)
    every = known_properties(desk.snapshot)
    found = properties_of(desk.snapshot, kind) if asked.one("type") else every
    named = [{"id": one, "name": name_of(desk.snapshot, one)} for one in found[:limit]]
    return {"type": kind, "limit": limit, "properties": named}


def _flyout(desk: Desk, asked: Parameters) -> Json:
    iri = _described(desk, asked.one("id"))
    return {"id": iri, "html": _few(desk, iri)}


def _few(desk: Desk, iri: str) -> str:
    """Return a name, the classes and a text as HTML, all escaped."""
    snapshot = desk.snapshot
    text = said_of(snapshot, NamedNode(iri))
    kinds = ", ".join(one["name"] for one in typed(snapshot, iri))
    said = f"<p>{escape(text.text)}</p>" if text else ""
    name = escape(name_of(snapshot, iri))
    return f'<p><strong dir="auto">{name}</strong></p><p>{escape(kinds)}</p>{said}'


def _sent(answer: Json) -> Response:
    body = json.dumps(answer, ensure_ascii=False)
    return Response(body, headers={"Cache-Control": "no-cache"}, media_type=PLAIN_JSON.media_type)
