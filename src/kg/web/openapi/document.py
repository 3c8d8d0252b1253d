"""The document `/openapi.json` and its route (storey 4)."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response

from kg import __version__
from kg.dataset.snapshot import Snapshot
from kg.publication import Publication
from kg.rdf.formats import PLAIN_JSON
from kg.views.representation import representation
from kg.views.site import site_part
from kg.web.openapi.doors import doors
from kg.web.openapi.parts import SCHEMAS
from kg.web.openapi.stored import stored_paths
from kg.web.responses import respond

OPENAPI = "3.1.0"


def router(publication: Publication) -> APIRouter:
    """Return the route of the document, which names the server under which it was asked."""
    routes = APIRouter()
    paths = {**doors(publication), **dict(map(stored_paths, publication.snapshot.queries))}
    described = document(publication.snapshot, paths)

    @routes.api_route("/openapi.json", methods=["GET", "HEAD"], include_in_schema=False)
    def openapi(request: Request) -> Response:
        """Answer with the description of everything that programs call."""
        servers = [{"url": str(request.base_url).rstrip("/")}]
        body = json.dumps({**described, "servers": servers}, ensure_ascii=False)
        return respond(representation(body.encode(), PLAIN_JSON.media_type))

    return routes


def document(snapshot: Snapshot, paths: dict[str, Any]) -> dict[str, Any]:
    """Return the description of these paths, without the server that answers them."""
    site = site_part(snapshot)
    used = {tag for path in paths.values() for one in path.values() for tag in one["tags"]}
    return {
        "openapi": OPENAPI,
        "info": {
            "title": site.title.text,
            "version": site.version or snapshot.id[:12],
            "summary": f"Linked data under {snapshot.base}, published by kg {__version__}.",
        },
        "tags": [{"name": tag} for tag in sorted(used)],
        "paths": paths,
        "components": {"schemas": dict(SCHEMAS)},
    }
